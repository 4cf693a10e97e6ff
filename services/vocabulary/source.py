"""What a person pointed at on the web, and what its publisher says about it."""

from __future__ import annotations

from services.vocabulary.base import Value


class Link(Value):
    """One recording on the web, however its address was spelled.

    `identity` is the same for all spellings: 'youtube:ID', 'vimeo:ID', 'loom:ID', 'soundcloud:artist/track',
    'apple:SHOW:EPISODE', else 'web:' and the address without what only tracks people. `url` is the address to fetch.
    `moment_url` is a pattern with `{seconds}` where the site can be opened at a second. `start` is the second that the
    person linked. `certain` says that the address alone shows a recording; an ordinary web page has to be asked for.
    """

    identity: str
    url: str
    moment_url: str | None = None
    start: float | None = None
    certain: bool = False


class Playback(Value):
    """Where a browser may play a recording from its publisher's own server.

    `url` is https. `origins` (https://host) are those that its bytes come over: the address's own, and those that it
    leads on to. `mimetype` is what the publisher says that it is.
    """

    url: str
    origins: tuple[str, ...]
    mimetype: str = "audio/mpeg"


class Marker(Value):
    """A chapter as its publisher gives it; `end` is None where only the next one ends it."""

    title: str
    start: float
    end: float | None = None


class Publication(Value):
    """What the publisher says about a recording: untrusted text. Times are seconds, `language` is ISO 639-1.

    `thumbnail` is an https address of a picture. `published` is the day as YYYY-MM-DD.
    """

    title: str
    author: str | None = None
    duration: float | None = None
    language: str | None = None
    thumbnail: str | None = None
    published: str | None = None
    chapters: tuple[Marker, ...] = ()
