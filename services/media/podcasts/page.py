"""An ordinary page of the web: the recording that it shows, the feeds that it names, and what it calls itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from services.media.captions import kind_of
from services.media.podcasts import page_html
from services.media.podcasts.addresses import absolute, host, secure
from services.media.podcasts.encodings import encoding_of, pieces
from services.media.podcasts.entries import TIMED, order
from services.media.podcasts.episode import Enclosure, Episode, TranscriptFile, Wanted
from services.media.podcasts.fields import day, duration, language, one_line
from services.media.podcasts.linked_data import Described, recordings
from services.media.podcasts.media_types import bare, is_recording, looks_like_page
from services.media.podcasts.page_html import Html
from services.media.podcasts.players import player
from services.vocabulary.base import Value
from services.vocabulary.source import Publication

_LARGEST = page_html.MOST_CHARACTERS * 4
_MOST_FEEDS = 2


class Page(Value):
    """`episode` is what the page itself shows, `feeds` where it may be said better, `wanted` what to look for there."""

    episode: Episode | None
    feeds: tuple[str, ...]
    wanted: Wanted


@dataclass(frozen=True)
class _Candidate:
    """A recording that the page names; `sure` where the place alone says that it is one."""

    address: str
    type: str | None = None
    sure: bool = True
    about: Described | None = None


def find(body: bytes, *, charset: str | None, url: str) -> Page:
    """What the page at `url` (after redirects) holds."""
    html = page_html.read("".join(pieces(body[:_LARGEST], encoding_of(body, charset))))
    base = absolute(html.base, url) or url
    described = recordings(html.scripts)
    own = (url, *(absolute(address, base) for address in (_canonical(html), html.first("og:url"))))
    titles = (html.first("og:title"), html.first("twitter:title"), html.title, *(one.title for one in described[:1]))
    feeds = dict.fromkeys(address for address in (absolute(feed, base) for feed in html.feeds) if address)
    return Page(
        episode=_recorded(html, described, base, url) or _shown(html, described, base, url),
        feeds=tuple(feeds)[:_MOST_FEEDS],
        wanted=Wanted(
            pages=tuple(dict.fromkeys(filter(None, own))),
            titles=tuple(dict.fromkeys(title for title in map(one_line, titles) if title)),
        ),
    )


def _canonical(html: Html) -> str | None:
    return next((link.get("href") for link in html.links if "canonical" in link.get("rel", "").lower().split()), None)


def _recorded(html: Html, described: list[Described], base: str, url: str) -> Episode | None:
    """The first recording that has an address of its own."""
    for candidate in _candidates(html, described):
        address = absolute(candidate.address, base)
        if address is None or player(address) or looks_like_page(candidate.type, address):
            continue
        if candidate.sure or is_recording(candidate.type, address):
            file = Enclosure(url=address, type=bare(candidate.type) or None)
            about = candidate.about or next(iter(described), None)
            return Episode(
                publication=_publication(html, about, base, url), enclosure=file, transcripts=_tracks(html, base)
            )
    return None


def _candidates(html: Html, described: list[Described]) -> Iterator[_Candidate]:
    for kind in ("video", "audio"):
        yield from _open_graph(html, kind)
    if stream := html.first("twitter:player:stream"):
        yield _Candidate(stream, html.first("twitter:player:stream:content_type"))
    for one in described:
        if one.media:
            yield _Candidate(one.media, one.type, about=one)
    for element in html.media:
        yield _Candidate(element["src"], element.get("type"))


def _open_graph(html: Html, kind: str) -> Iterator[_Candidate]:
    """The secure address first. Pages also name their own players there, so the type or the name has to say more."""
    name = f"og:{kind}"
    addresses = [html.first(f"{name}:secure_url"), html.first(name, f"{name}:url")]
    for address in dict.fromkeys(filter(None, addresses)):
        yield _Candidate(address, html.first(f"{name}:type"), sure=False)


def _shown(html: Html, described: list[Described], base: str, url: str) -> Episode | None:
    """The first player of a known site that is embedded in the page."""
    named = [html.first(name) for name in ("og:video:secure_url", "og:video", "og:video:url", "twitter:player")]
    for address in (*named, *(one.player for one in described), *(one.media for one in described), *html.frames):
        if embedded := player(absolute(address, base)):
            about = next(iter(described), None)
            return Episode(publication=_publication(html, about, base, url), embedded=embedded)
    return None


def _tracks(html: Html, base: str) -> tuple[TranscriptFile, ...]:
    """Caption tracks of the page's player."""
    found: list[TranscriptFile] = []
    for track in html.tracks:
        address = absolute(track["src"], base)
        kind = kind_of(address or "", None) or "vtt"
        if address and kind in TIMED and track.get("kind", "subtitles").lower() in ("captions", "subtitles"):
            found.append(TranscriptFile(url=address, kind=kind, language=language(track.get("srclang")), captions=True))
    return order(found, language(html.language))


def _publication(html: Html, about: Described | None, base: str, url: str) -> Publication:
    about = about or Described()
    titles = (about.title, html.first("og:title", "twitter:title"), html.title)
    lengths = (about.duration, html.first("og:video:duration", "video:duration", "og:audio:duration", "music:duration"))
    pictures = (html.first("og:image:secure_url", "og:image"), about.picture, html.first("twitter:image"))
    dates = (about.published, html.first("article:published_time", "og:video:release_date", "datepublished"))
    return Publication(
        title=next(filter(None, map(one_line, titles)), host(url)),
        author=next(filter(None, map(one_line, (about.author, html.first("og:site_name", "author")))), None),
        duration=next(filter(None, (duration(length) for length in lengths if length)), None),
        language=language(about.language) or language(html.language) or language(html.first("og:locale")),
        thumbnail=next(filter(None, (secure(picture, base) for picture in pictures)), None),
        published=next(filter(None, map(day, dates)), None),
    )
