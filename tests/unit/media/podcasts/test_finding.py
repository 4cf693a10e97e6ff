"""From links to episodes, over a site on loopback and through the parsing child."""

from __future__ import annotations

import asyncio
import json
import time
from pathlib import Path

import pytest

from services.media.podcasts import Podcasts
from services.storage.scratch import Scratch
from services.vocabulary.errors import Canceled, RetryableError, UserError
from services.vocabulary.source import Link
from tests.sites.podcast_site import RSS, ROPES, TIDES, LoopbackReader, Site, feed, page


def _link(url: str) -> Link:
    return Link(identity=f"web:{url}", url=url)


async def test_a_feed_is_its_newest_episode_with_all_that_belongs_to_it(site: Site, podcasts: Podcasts) -> None:
    episode = await podcasts.find(_link(site.put("/feed", feed(ROPES, TIDES), RSS)))
    assert episode is not None
    assert episode.publication.title == "Tides & tables"
    assert episode.publication.author == "The Harbour Hour"
    assert episode.publication.duration == 3723
    assert episode.publication.language == "en"
    assert episode.publication.thumbnail == "https://harbour.example/tides.jpg"
    assert episode.publication.published == "2026-11-10"
    assert [(mark.start, mark.title) for mark in episode.publication.chapters] == [(0, "Tides"), (600.5, "Tables")]
    assert episode.enclosure is not None
    assert episode.enclosure.model_dump() == {
        "url": f"{site.address}/audio/tides.mp3?sig=a%2Fb",
        "type": "audio/mpeg",
        "size": 1048576,
    }
    assert [(file.kind, file.language, file.captions) for file in episode.transcripts] == [
        ("podcast-json", "en", False),
        ("srt", "en", True),
        ("txt", "en", False),
        ("podcast-json", "de", False),
    ]
    assert episode.chapters_url == f"{site.address}/t/tides.chapters.json"


async def test_relative_addresses_are_those_of_where_the_feed_was_in_the_end(site: Site, podcasts: Podcasts) -> None:
    site.put("/new/feed", feed(TIDES.replace('"/audio/', '"audio/')), RSS)
    site.redirects["/old"] = "/new/feed"
    episode = await podcasts.find(_link(site.address + "/old"))
    assert episode is not None
    assert episode.enclosure is not None
    assert episode.enclosure.url.startswith(f"{site.address}/new/audio/tides.mp3")


async def test_a_page_is_the_entry_of_its_feed(site: Site, podcasts: Podcasts) -> None:
    site.put("/feed", feed(ROPES, TIDES), RSS)
    head = '<link rel="alternate" type="application/rss+xml" href="/comments/feed">' + (
        '<link rel="alternate" type="application/rss+xml" href="/feed">'
        '<link rel="canonical" href="https://www.harbour.example/episodes/ropes">'
    )
    episode = await podcasts.find(_link(site.put("/p/17", page(head, "<p>Ropes!"))))
    assert episode is not None
    assert episode.publication.title == "Ropes"
    assert episode.enclosure is not None
    assert episode.enclosure.url == "https://cdn.example/ropes.m4a"
    assert episode.enclosure.size is None
    assert "/comments/feed" not in site.read


async def test_a_page_that_is_not_in_its_feed_shows_what_it_names_itself(site: Site, podcasts: Podcasts) -> None:
    site.put("/feed", feed(ROPES, TIDES), RSS)
    head = """<link rel="alternate" type="application/rss+xml" href="/feed"><title>A film</title>
    <meta property="og:video" content="/film.mp4"><meta property="og:video:type" content="video/mp4">"""
    episode = await podcasts.find(_link(site.put("/film", page(head))))
    assert episode is not None
    assert episode.enclosure is not None
    assert episode.enclosure.url == f"{site.address}/film.mp4"
    assert episode.publication.title == "A film"


@pytest.mark.parametrize("bad", ["<rss><channel><item>", "no feed", '<!DOCTYPE rss [<!ENTITY a "b">]><rss/>'])
async def test_a_page_with_a_bad_feed_and_nothing_else_has_no_recording(
    site: Site, podcasts: Podcasts, bad: str
) -> None:
    site.put("/feed", bad, RSS)
    head = '<link rel="alternate" type="application/rss+xml" href="/feed">'
    assert await podcasts.find(_link(site.put("/article", page(head, "<p>Only words.")))) is None


async def test_a_page_whose_feed_is_busy_is_tried_again_unless_it_has_a_recording(
    site: Site, podcasts: Podcasts
) -> None:
    site.broken.add("/feed")
    head = '<link rel="alternate" type="application/atom+xml" href="/feed">'
    with pytest.raises(RetryableError):
        await podcasts.find(_link(site.put("/words", page(head))))
    episode = await podcasts.find(_link(site.put("/sound", page(head, '<audio src="a.mp3"></audio>'))))
    assert episode is not None
    assert episode.enclosure is not None


async def test_being_asked_to_stop_is_no_fault_of_a_feed(tmp_path: Path) -> None:
    class Stopped(LoopbackReader):
        async def read(self, url: str, *, limit: int, seconds: float = 30, accept: str = "*/*") -> object:  # type: ignore[override]
            if url.endswith("/feed"):
                raise Canceled("stop")
            return await super().read(url, limit=limit, seconds=seconds, accept=accept)

    head = '<link rel="alternate" type="application/atom+xml" href="/feed">'
    from tests.sites.podcast_site import podcast_site

    async with podcast_site() as site:
        finder = Podcasts(Stopped(), Scratch(tmp_path))  # type: ignore[arg-type]
        with pytest.raises(Canceled):
            await finder.find(_link(site.put("/p", page(head))))


async def test_a_redirect_to_a_known_site_is_for_that_site(site: Site, tmp_path: Path) -> None:
    class Redirected(LoopbackReader):
        async def read(self, url: str, *, limit: int, seconds: float = 30, accept: str = "*/*") -> object:  # type: ignore[override]
            found = await super().read(url, limit=limit, seconds=seconds, accept=accept)
            found.url = "https://www.youtube.com/watch?v=dQw4w9WgXcQ&feature=share"
            return found

    finder = Podcasts(Redirected(), Scratch(tmp_path))  # type: ignore[arg-type]
    episode = await finder.find(_link(site.put("/short", "")))
    assert episode is not None
    assert episode.embedded == "https://www.youtube.com/watch?v=dQw4w9WgXcQ"


async def test_a_media_file_without_an_extension_is_itself(site: Site, podcasts: Podcasts) -> None:
    episode = await podcasts.find(_link(site.put("/talks/Keynote_2026", b"\xff\xfb" * 8, "audio/mpeg")))
    assert episode is not None
    assert episode.enclosure is not None
    assert episode.enclosure.type == "audio/mpeg"
    assert episode.publication.title == "Keynote 2026"


async def test_another_kind_of_file_has_no_recording(site: Site, podcasts: Podcasts) -> None:
    assert await podcasts.find(_link(site.put("/paper", b"%PDF-1.7", "application/pdf"))) is None


async def test_the_first_5000_entries_of_a_feed_are_read(site: Site, podcasts: Podcasts) -> None:
    def item(number: int) -> str:
        return (
            f"<item><guid>g{number}</guid><link>https://harbour.example/e/{number}</link><title>Number {number}</title>"
            f'<enclosure url="https://cdn.example/{number}.mp3" type="audio/mpeg" length="9"/></item>'
        )

    site.put("/feed", feed(*map(item, range(20_000))), RSS)
    link = '<link rel="alternate" type="application/rss+xml" href="/feed"><link rel="canonical" href="%s">'
    last = await podcasts.find(_link(site.put("/a", page(link % "https://harbour.example/e/4999"))))
    assert last is not None
    assert last.publication.title == "Number 4999"
    assert await podcasts.find(_link(site.put("/b", page(link % "https://harbour.example/e/5000")))) is None


LAUGHS = '<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'
EXTERNAL = '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
REMOTE = '<!DOCTYPE rss SYSTEM "http://127.0.0.1:1/x.dtd">'


@pytest.mark.parametrize("head", [LAUGHS, EXTERNAL, REMOTE])
async def test_declarations_are_refused_with_a_sentence(site: Site, podcasts: Podcasts, head: str) -> None:
    hostile = feed(TIDES.replace("Tides &amp; tables", "&c;"), head=f'<?xml version="1.0"?>{head}')
    with pytest.raises(UserError, match="document type or entities"):
        await podcasts.find(_link(site.put("/feed", hostile, RSS)))


async def test_a_feed_without_recordings_says_so(site: Site, podcasts: Podcasts) -> None:
    with pytest.raises(UserError, match="no episode with a recording"):
        await podcasts.find(_link(site.put("/feed", feed("<item><title>Words</title></item>"), RSS)))


async def test_what_takes_for_ever_to_parse_ends_in_a_sentence(
    site: Site, podcasts: Podcasts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "services.media.podcasts.finding._LIMITS",
        __import__("services.processes", fromlist=["Limits"]).Limits(wall=30, cpu=1),
    )
    slow = page("", "<a" + " x=''y" * 400_000)
    started = time.monotonic()
    with pytest.raises(UserError, match=r"127\.0\.0\.1 sent is too large or too tangled"):
        await podcasts.find(_link(site.put("/slow", slow)))
    assert time.monotonic() - started < 20


async def test_nothing_stays_behind(site: Site, podcasts: Podcasts, tmp_path: Path) -> None:
    await podcasts.find(_link(site.put("/feed", feed(TIDES), RSS)))
    assert await asyncio.to_thread(lambda: list((tmp_path / "scratch").iterdir())) == []
