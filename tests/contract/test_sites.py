"""Recordings on a replayed video site, by the real yt-dlp in its child, through the real gate."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from sandbox.web import Video
from services.media.sites import Reason, Refused, Sites, Unavailable
from services.storage.scratch import Scratch
from services.vocabulary.errors import OperatorError
from tests.replay import (
    CAPTIONED,
    ENDED,
    POOR,
    PREMIERE,
    THROTTLED,
    UNCAPTIONED,
    WATCH,
    outside,
    recordings,
)


async def test_one_look_brings_the_card_and_the_captions_and_a_second_the_sound(tmp_path: Path) -> None:
    cards: list[str] = []
    fractions: list[float | None] = []
    async with outside(tmp_path, CAPTIONED) as out:
        found = await out.sites.probe(
            WATCH + CAPTIONED.id, language=None, on_publication=lambda card: cards.append(card.title)
        )
        looked = list(out.web.requests)
        sound = await out.sites.audio(found, tmp_path, limit=1 << 20, on_progress=fractions.append)
    publication = found.publication
    assert cards == [publication.title] == ["Offline mode"]
    assert (publication.author, publication.duration, publication.language) == ("Ada's channel", 30, "en")
    assert publication.published == "2026-03-14"
    assert publication.thumbnail is not None
    assert publication.thumbnail.startswith("https://i.ytimg.com/")
    assert [(mark.title, mark.start) for mark in publication.chapters] == [("Start", 0), ("Release", 12), ("End", 20)]
    (captions,) = found.captions
    assert (captions.kind, captions.language, captions.automatic) == ("json3", "en", False)
    assert "ninth of May" in captions.body
    assert sum("timedtext" in request for request in looked) == 1, "one caption is fetched, not all"
    assert not any("videoplayback" in request for request in looked)
    assert all("videoplayback" in request for request in out.web.requests[len(looked) :]), "no second look"
    assert sound.name == "sound.webm", "the smaller of the two streams"
    assert sound.read_bytes() == out.web.youtube.sounds["251"][0]
    assert fractions[-1] == 1
    assert not list((tmp_path / "scratch").iterdir())


async def test_captions_that_are_missing_or_withheld_leave_a_reason_or_the_next_best(tmp_path: Path) -> None:
    async with outside(tmp_path) as out:
        found = await out.outcomes({"none": UNCAPTIONED, "throttled": THROTTLED, "poor": POOR})
        assert (found["none"].captions, found["none"].why_no_captions) == ((), "it has no captions")
        assert [captions.automatic for captions in found["throttled"].captions] == [True]
        assert [captions.automatic for captions in found["poor"].captions] == [False, True]
        assert all(each.has_sound for each in found.values())
        assert not any("tlang" in request for request in out.web.requests), "never a translation"


async def test_every_obstacle_ends_in_its_own_clear_sentence(tmp_path: Path) -> None:
    ends = ("blocked", "private", "live", "upcoming", "busy", "no_sound")
    async with outside(tmp_path) as out:
        errors = await out.outcomes({name: ENDED[name] for name in ends})
    assert {name: getattr(error, "reason", error) for name, error in errors.items()} == {
        name: Reason(name) for name in ends
    }
    sentences = {str(error) for error in errors.values()}
    assert len(sentences) == len(ends)
    assert str(errors["blocked"]) == "YouTube is refusing this server: attach the file or the .vtt and I'll finish."
    assert "04 May 2031 at 17:30 UTC" in str(errors["upcoming"])
    assert errors["upcoming"].starts == PREMIERE.timestamp()
    assert isinstance(errors["busy"], Unavailable)
    assert all(isinstance(error, Refused) for name, error in errors.items() if name != "busy")


async def test_the_recorded_answers_of_the_real_player_end_the_same_way(tmp_path: Path, shared: Path) -> None:
    videos, page = await asyncio.to_thread(recordings, shared)
    async with outside(tmp_path, watch_page=page) as out:
        found = await out.outcomes(videos)
    ok = found.pop("")
    assert ok.publication.title == "Surface Go Review - It’s Awesome"
    assert ok.publication.duration == 316
    assert "ninth of May" in ok.captions[0].body
    assert found.pop("disabled").why_no_captions == "it has no captions"
    token = found.pop("token")
    assert not token.captions
    assert token.has_sound
    assert {name: error.reason for name, error in found.items()} == {name: Reason(name) for name in found}


async def test_streams_that_have_expired_are_looked_for_again(tmp_path: Path) -> None:
    old, new = Video("expired0001"), Video("expired0001", title="Again")
    async with outside(tmp_path, old) as out:
        found = await out.sites.probe(WATCH + old.id, language=None)
        stale = found.model_copy(update={"fetch": found.fetch.replace("id=expired0001", "id=forgotten01")})
        out.web.add(new)
        sound = await out.sites.audio(stale, tmp_path, limit=1 << 20)
        assert sound.stat().st_size
        assert sum("/watch" in request for request in out.web.requests) == 2


async def test_the_operator_is_told_which_release_is_used(tmp_path: Path) -> None:
    async with outside(tmp_path) as out:
        release = await out.sites.version()
    assert release.yt_dlp[:2] == "20"
    assert release.age_days is not None
    assert release.solver
    assert (release.runtime or "").startswith("deno ")


async def test_the_operator_s_own_yt_dlp_goes_before_the_installed_one(tmp_path: Path) -> None:
    package = tmp_path / "newer" / "yt_dlp"
    await asyncio.to_thread(package.mkdir, parents=True)
    await asyncio.to_thread((package / "__init__.py").write_text, "raise ImportError('this one')")
    async with outside(tmp_path) as out:
        sites = Sites(out.gate, Scratch(tmp_path / "scratch"), extra_path=package.parent)
        with pytest.raises(OperatorError, match="this one"):
            await sites.version()


async def test_cookies_are_sent_from_a_copy(tmp_path: Path) -> None:
    jar = tmp_path / "cookies.txt"
    line = "127.0.0.1\tFALSE\t/\tFALSE\t0\tsession\tours"
    await asyncio.to_thread(jar.write_text, f"# Netscape HTTP Cookie File\n{line}\n")
    async with outside(tmp_path) as out:
        sites = Sites(out.gate, Scratch(tmp_path / "scratch"), cookies=jar, ca_bundle=out.web.ca_bundle)
        await sites.probe(f"{out.web.pages}/sound.mp3", language=None)
        assert any("session=ours" in request for request in out.web.requests)
    assert (await asyncio.to_thread(jar.read_text)).endswith(f"{line}\n")


async def test_only_web_addresses_are_looked_at(tmp_path: Path) -> None:
    async with outside(tmp_path) as out:
        for url in ("ytsearch:offline", "file:///etc/hostname", "-foo", ""):
            assert (await out.outcome(url)).reason is Reason.FORBIDDEN
    assert not out.web.asked
