"""What a link led to: a recording on the web, with all that its publisher offers beside it."""

from __future__ import annotations

from services.vocabulary.base import Value
from services.vocabulary.source import Publication


class Enclosure(Value):
    """The recording's own address, http(s). `type` is a media type in small letters, `size` bytes as claimed."""

    url: str
    type: str | None = None
    size: int | None = None


class TranscriptFile(Value):
    """A transcript that the publisher offers.

    `kind` is one of 'podcast-json', 'vtt', 'srt', 'ttml', 'html', 'txt', as `captions.parse` takes it. `language` is
    ISO 639-1. `captions` says that the publisher calls it closed captions, so it has times.
    """

    url: str
    kind: str
    language: str | None = None
    captions: bool = False


class Episode(Value):
    """A recording and what belongs to it; everything in it is untrusted text.

    Either `enclosure` is its address, or `embedded` is the address of a site's own player (YouTube, Vimeo, ...) that
    shows it. `transcripts` come with the most useful first: the spoken language before others, marked speakers and
    times before plain text. `chapters_url` is a file for `chapters`; chapters given in place are in `publication`.
    """

    publication: Publication
    enclosure: Enclosure | None = None
    embedded: str | None = None
    transcripts: tuple[TranscriptFile, ...] = ()
    chapters_url: str | None = None


class Wanted(Value):
    """Which entry of a feed is meant; an empty one means the newest."""

    guid: str | None = None
    enclosure: str | None = None
    pages: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
