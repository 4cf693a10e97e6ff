"""A feed's XML as a stream of raw entries: nothing is held but the entry at hand, and nothing in it is trusted.

Document types, entities and external references are refused (defusedxml), so that no document grows beyond its bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser, ParseError

MOST_ENTRIES = 5000
"""Entries of a feed that are read; feeds have the newest first."""

_DEEPEST = 200
_MOST_ELEMENTS = 1000
_LONGEST_TEXT = 4000
_MOST_ATTRIBUTES = 20

_PREFIXES = {
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes:",
    "https://podcastindex.org/namespace/1.0": "podcast:",
    "http://podcastindex.org/namespace/1.0": "podcast:",
    "https://github.com/podcastindex-org/podcast-namespace/blob/main/docs/1.0.md": "podcast:",
    "http://podlove.org/simple-chapters": "psc:",
    "http://search.yahoo.com/mrss": "media:",
    "http://purl.org/dc/elements/1.1": "dc:",
    "http://www.w3.org/2005/atom": "",
    "http://purl.org/rss/1.0": "",
    "http://backend.userland.com/rss2": "",
}
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_ENTRIES = ("item", "entry")
_PARENTS = {"item", "entry", "channel", "feed"}
# Texts by the element's name, with its parent's name where it stands deeper than directly in the head or the entry.
_TEXTS = frozenset(("title", "link", "guid", "id", "pubDate", "published", "updated", "language")) | frozenset(
    ("itunes:title", "itunes:author", "itunes:duration", "author/name", "image/url", "dc:date", "dc:language")
)
_ELEMENTS = frozenset(("enclosure", "link", "itunes:image", "media:content", "media:thumbnail")) | frozenset(
    ("podcast:transcript", "podcast:chapters", "psc:chapter")
)


@dataclass
class Raw:
    """A feed's head or one of its entries: the first text by name, and the elements whose attributes matter."""

    texts: dict[str, str] = field(default_factory=dict)
    elements: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def text(self, *names: str) -> str | None:
        """The first of these texts that there is."""
        return next((self.texts[name] for name in names if self.texts.get(name)), None)

    def attributes(self, *names: str) -> list[dict[str, str]]:
        """The attributes of all elements of these names, in their order."""
        return [attributes for name, attributes in self.elements if name in names]


class Forbidden(Exception):  # noqa: N818 - an event: the document is hostile or of another age
    """The document declares types or entities, or is nested beyond all measure."""


class Damaged(Exception):  # noqa: N818 - an event: not well formed from here on
    """The document is not well-formed XML; the entries before the fault have been handed over."""


class _Enough(Exception):  # noqa: N818 - an event
    """Nothing more is wanted of this document."""


class _Target:
    """Hears what the parser reads; `take` gets each entry and says whether that was enough."""

    def __init__(self, take: Callable[[Raw], bool]) -> None:
        self.head = Raw()
        self._take = take
        self._path: list[str] = []
        self._entry: Raw | None = None
        self._entries = 0
        self._capturing: tuple[int, str] | None = None
        self._captured: list[str] = []
        self._room = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = _short(tag)
        parent = self._path[-1] if self._path else ""
        self._path.append(name)
        if len(self._path) > _DEEPEST:
            raise Forbidden("nested too deep")
        if name in _ENTRIES and self._entry is None:
            self._begin()
            return
        raw = self._entry or self.head
        if _LANGUAGE in attributes and raw is self.head:
            raw.texts.setdefault("xml:lang", attributes[_LANGUAGE][:_LONGEST_TEXT])
        if attributes and name in _ELEMENTS and len(raw.elements) < _MOST_ELEMENTS:
            raw.elements.append((name, _bounded(attributes)))
        key = name if parent in _PARENTS else f"{parent}/{name}"
        if key in _TEXTS and self._capturing is None:
            self._capturing, self._captured, self._room = (len(self._path), key), [], _LONGEST_TEXT

    def _begin(self) -> None:
        if self._entries == MOST_ENTRIES:
            raise _Enough
        self._entries += 1
        self._entry = Raw()

    def data(self, text: str) -> None:
        if self._capturing and self._room > 0:
            self._captured.append(text[: self._room])
            self._room -= len(text)

    def end(self, _tag: str) -> None:
        if self._capturing and self._capturing[0] == len(self._path):
            raw, text = self._entry or self.head, "".join(self._captured).strip()
            if text:
                raw.texts.setdefault(self._capturing[1], text)
            self._capturing = None
        name = self._path.pop()
        if name in _ENTRIES and self._entry is not None and not any(outer in _ENTRIES for outer in self._path):
            entry, self._entry = self._entry, None
            if self._take(entry):
                raise _Enough

    def close(self) -> None:
        """The parser asks for it at the end."""


def _short(tag: str) -> str:
    namespace, brace, local = tag.rpartition("}")
    if not brace:
        return local
    address = namespace[1:].rstrip("/").lower()
    return _PREFIXES.get(address, "?:") + local


def _bounded(attributes: dict[str, str]) -> dict[str, str]:
    few = list(attributes.items())[:_MOST_ATTRIBUTES]
    return {name.rpartition("}")[2]: value[:_LONGEST_TEXT] for name, value in few}


def read(text: Iterable[str], take: Callable[[Raw], bool], head: Callable[[Raw], None]) -> None:
    """Hand each entry to `take` until it says True, and the head as far as it is known to `head` at the end.

    Raises Forbidden, and Damaged after the last entry that could be read.
    """
    target = _Target(take)
    parser = DefusedXMLParser(target=target, forbid_dtd=True, forbid_entities=True, forbid_external=True)
    try:
        for piece in text:
            parser.feed(piece)
        parser.close()
    except _Enough:
        pass
    except DefusedXmlException as error:
        raise Forbidden(type(error).__name__) from error
    except (ParseError, ValueError) as error:
        raise Damaged(str(error)) from error
    finally:
        head(target.head)
