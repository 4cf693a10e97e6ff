"""What the HTML of an ordinary page says about recordings: raw texts and addresses, bounded, nothing judged yet."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from html.parser import HTMLParser

MOST_CHARACTERS = 2_000_000
"""Characters of a page that are read; recordings are named in its head or soon after."""

_MOST_TAGS = 50_000
_MOST_FOUND = 100
_LONGEST_VALUE = 4000
_LONGEST_TITLE = 1000
_LONGEST_SCRIPTS = 1_000_000
_FEEDS = ("application/rss+xml", "application/atom+xml", "application/rdf+xml")

Attributes = dict[str, str]


@dataclass
class Html:
    """The parts of a page that matter here, each in the page's order."""

    language: str | None = None
    base: str | None = None
    title: str = ""
    meta: list[tuple[str, str]] = field(default_factory=list)
    links: list[Attributes] = field(default_factory=list)
    media: list[Attributes] = field(default_factory=list)
    tracks: list[Attributes] = field(default_factory=list)
    frames: list[str] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)

    def first(self, *names: str) -> str | None:
        """The content of the first of these meta elements that has one."""
        return next((content for name in names for key, content in self.meta if key == name and content), None)

    @property
    def feeds(self) -> list[str]:
        """Addresses of feeds, without those of comments."""
        return [
            link["href"]
            for link in self.links
            if link.get("type", "").strip().lower() in _FEEDS
            and "alternate" in link.get("rel", "").lower().split()
            and "href" in link
            and "comment" not in (link["href"] + link.get("title", "")).lower()
        ]


class _Enough(Exception):  # noqa: N818 - an event
    """The page has more elements than are read."""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found = Html()
        self._tags = 0
        self._element: Attributes | None = None
        self._inside = ""
        self._room = _LONGEST_SCRIPTS

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._tags += 1
        if self._tags > _MOST_TAGS:
            raise _Enough
        hear = getattr(self, f"_{tag}", None) if tag in _HEARD else None
        if hear:
            hear({name: (value or "")[:_LONGEST_VALUE] for name, value in reversed(attrs)})

    def handle_endtag(self, tag: str) -> None:
        if tag == self._inside:
            self._inside = ""
        if tag in ("audio", "video"):
            self._element = None

    def handle_data(self, data: str) -> None:
        if self._inside == "title":
            self.found.title = (self.found.title + data)[:_LONGEST_TITLE]
        elif self._inside == "script" and len(data) <= self._room:
            self._room -= len(data)
            self.found.scripts[-1] += data

    def _html(self, attributes: Attributes) -> None:
        self.found.language = self.found.language or attributes.get("lang")

    def _base(self, attributes: Attributes) -> None:
        self.found.base = self.found.base or attributes.get("href")

    def _title(self, _attributes: Attributes) -> None:
        if not self.found.title and self._element is None:
            self._inside = "title"

    def _script(self, attributes: Attributes) -> None:
        if (
            attributes.get("type", "").strip().lower() == "application/ld+json"
            and len(self.found.scripts) < _MOST_FOUND
        ):
            self._inside = "script"
            self.found.scripts.append("")

    def _meta(self, attributes: Attributes) -> None:
        name = (
            (attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or "").strip().lower()
        )
        if name and len(self.found.meta) < 10 * _MOST_FOUND:
            self.found.meta.append((name, attributes.get("content", "").strip()))

    def _link(self, attributes: Attributes) -> None:
        if len(self.found.links) < 10 * _MOST_FOUND:
            self.found.links.append(attributes)

    def _audio(self, attributes: Attributes) -> None:
        self._element = attributes
        self._recording(attributes)

    _video = _audio

    def _source(self, attributes: Attributes) -> None:
        if self._element is not None:
            self._recording({**self._element, **attributes})

    def _recording(self, attributes: Attributes) -> None:
        """A silent loop is decoration, not something that was said."""
        decoration = "muted" in attributes and ("loop" in attributes or "autoplay" in attributes)
        if attributes.get("src") and not decoration and len(self.found.media) < _MOST_FOUND:
            self.found.media.append(attributes)

    def _track(self, attributes: Attributes) -> None:
        if self._element is not None and attributes.get("src") and len(self.found.tracks) < _MOST_FOUND:
            self.found.tracks.append(attributes)

    def _iframe(self, attributes: Attributes) -> None:
        address = attributes.get("src") or attributes.get("data-src")
        if address and len(self.found.frames) < _MOST_FOUND:
            self.found.frames.append(address)


_HEARD = {"html", "base", "title", "script", "meta", "link", "audio", "video", "source", "track", "iframe"}


def read(text: str) -> Html:
    """The parts of the page's first `MOST_CHARACTERS`; what is left open at the end is not read to its end.

    Hostile pages can make the parser slow: it runs in a child that has a limit on its time.
    """
    reader = _Reader()
    with contextlib.suppress(_Enough, AssertionError):  # the latter is the parser's word for markup beyond it
        reader.feed(text[:MOST_CHARACTERS])
    return reader.found
