"""From links to episodes, over a site on loopback and through the parsing child."""

from __future__ import annotations

import asyncio
import resource
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from services.media.egress import Page, Web
from services.media.podcasts import Podcasts
from services.processes import Limits
from services.storage.scratch import Scratch
from services.vocabulary.errors import Canceled, RetryableError, UserError
from services.vocabulary.source import Link
from tests.sites.podcast_site import ROPES, RSS, TIDES, Site, feed, page

parsed_here = pytest.mark.usefixtures("parsed_here")


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


@parsed_here
async def test_relative_addresses_are_those_of_where_the_feed_was_in_the_end(site: Site, podcasts: Podcasts) -> None:
    site.put("/new/feed", feed(TIDES.replace('"/audio/', '"audio/')), RSS)
    site.redirects["/old"] = "/new/feed"
    episode = await podcasts.find(_link(site.address + "/old"))
    assert episode is not None
    assert episode.enclosure is not None
    assert episode.enclosure.url.startswith(f"{site.address}/new/audio/tides.mp3")


@parsed_here
async def test_a_page_is_the_entry_of_its_feed(site: Site, podcasts: Podcasts) -> None:
    site.put("/feed", feed(ROPES, TIDES), RSS)
    head = """<link rel="alternate" type="application/rss+xml" href="/comments/feed">
    <link rel="alternate" type="application/rss+xml" href="/feed">
    <link rel="canonical" href="https://www.harbour.example/episodes/ropes">"""
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
@parsed_here
async def test_a_page_with_a_bad_feed_and_nothing_else_has_no_recording(
    site: Site, podcasts: Podcasts, bad: str
) -> None:
    site.put("/feed", bad, RSS)
    head = '<link rel="alternate" type="application/rss+xml" href="/feed">'
    assert await podcasts.find(_link(site.put("/article", page(head, "<p>Only words.")))) is None


@parsed_here
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


class _Detour:
    """The web, but for what one address does."""

    def __init__(self, web: Web, path: str, *, error: Exception | None = None, ends_at: str = "") -> None:
        self._web, self._path, self._error, self._ends_at = web, path, error, ends_at

    async def read(
        self,
        url: str,
        *,
        limit: int,
        seconds: float = 30,
        accept: str = "*/*",
        skip: Callable[[str, str], bool] = lambda _type, _url: False,
    ) -> Page:
        if not url.endswith(self._path):
            return await self._web.read(url, limit=limit, seconds=seconds, accept=accept)
        if self._error:
            raise self._error
        return Page(url=self._ends_at, content_type="text/html", charset=None, body=b"<p>")


@parsed_here
async def test_being_asked_to_stop_is_no_fault_of_a_feed(site: Site, web: Web, tmp_path: Path) -> None:
    finder = Podcasts(_Detour(web, "/feed", error=Canceled("stop")), Scratch(tmp_path))
    head = '<link rel="alternate" type="application/atom+xml" href="/feed">'
    with pytest.raises(Canceled):
        await finder.find(_link(site.put("/p", page(head))))


@parsed_here
async def test_a_redirect_to_a_known_site_is_for_that_site(web: Web, tmp_path: Path) -> None:
    video = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
    finder = Podcasts(_Detour(web, "/short", ends_at=f"{video}&feature=share"), Scratch(tmp_path))
    episode = await finder.find(_link("https://short.example/short"))
    assert episode is not None
    assert episode.embedded == video


@parsed_here
async def test_a_media_file_without_an_extension_is_itself(site: Site, podcasts: Podcasts) -> None:
    episode = await podcasts.find(_link(site.put("/talks/Keynote_2026", b"\xff\xfb" * 8, "audio/mpeg")))
    assert episode is not None
    assert episode.enclosure is not None
    assert episode.enclosure.type == "audio/mpeg"
    assert episode.publication.title == "Keynote 2026"


async def test_a_large_media_file_is_not_read_to_be_recognized(site: Site, podcasts: Podcasts) -> None:
    sound = b"\xff\xfb" * (16 << 20)
    episode = await podcasts.find(_link(site.put("/long-talk", sound, "audio/mpeg")))
    assert episode is not None
    assert episode.enclosure is not None


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


LAUGHS = '<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'
EXTERNAL = '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize("head", [LAUGHS, EXTERNAL])
async def test_declarations_are_refused_with_a_sentence(site: Site, podcasts: Podcasts, head: str) -> None:
    hostile = feed(TIDES.replace("Tides &amp; tables", "&c;"), head=f'<?xml version="1.0"?>{head}')
    with pytest.raises(UserError, match="document type or entities"):
        await podcasts.find(_link(site.put("/feed", hostile, RSS)))


@parsed_here
async def test_a_feed_without_recordings_says_so(site: Site, podcasts: Podcasts) -> None:
    with pytest.raises(UserError, match="no episode with a recording"):
        await podcasts.find(_link(site.put("/feed", feed("<item><title>Words</title></item>"), RSS)))


async def test_what_takes_for_ever_to_parse_ends_in_a_sentence(
    site: Site, podcasts: Podcasts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.media.podcasts.finding._LIMITS", Limits(wall=60, cpu=1))
    many = "".join(f"<a{number}/>" for number in range(400_000))
    with pytest.raises(UserError, match=r"127\.0\.0\.1 sent is too large or too tangled"):
        await podcasts.find(_link(site.put("/feed", feed(f"<item>{many}</item>"), RSS)))


async def test_the_parsing_is_another_process_s_work(site: Site, podcasts: Podcasts) -> None:
    """So that a large feed takes nothing of the event loop's processor time."""
    address = site.put("/feed", feed(TIDES, "<a/>" * 200_000), RSS)
    ours, theirs = time.process_time(), _time_of_children()
    assert await podcasts.find(_link(address)) is not None
    assert time.process_time() - ours < (_time_of_children() - theirs) / 2


def _time_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


async def test_nothing_stays_behind(site: Site, podcasts: Podcasts, tmp_path: Path) -> None:
    await podcasts.find(_link(site.put("/feed", feed(TIDES), RSS)))
    assert await asyncio.to_thread(lambda: list((tmp_path / "scratch").iterdir())) == []
