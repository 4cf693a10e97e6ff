"""What Earshot says about a recording, each statement with the segments that it rests on."""

from __future__ import annotations

from typing import Literal

from services.vocabulary.base import Value
from services.vocabulary.media import Media
from services.vocabulary.transcript import Transcript
from services.vocabulary.written import Written

Length = Literal["short", "full"]
"""How much people want to read."""
Urgency = Literal["low", "normal", "high"]
"""How soon something is to be done, as far as the words say it."""


class Citation(Value):
    """The words that a statement rests on: consecutive segments `first`..`last` (inclusive ids) of one transcript."""

    first: int
    last: int
    start: float
    end: float
    speaker: int
    text: str


class Point(Value):
    """One statement about the recording."""

    text: str
    citations: tuple[Citation, ...]


class ActionItem(Value):
    """Something that somebody said they or another will do. `owner` is a `Speaker.id`, only when the words say so.

    `due` is in the words that were said; `urgency` is other than normal only when the words say so.
    """

    text: str
    citations: tuple[Citation, ...]
    owner: int | None = None
    due: str | None = None
    urgency: Urgency = "normal"


class Topic(Value):
    """A keyphrase of the recording with the segments that it stands in."""

    name: str
    segments: tuple[int, ...] = ()


class Chapter(Value):
    """A stretch of the recording about one thing: segments `first`..`last`, inclusive. Chapters cover the whole."""

    title: str
    start: float
    end: float
    first: int
    last: int


class Summary(Written):
    """What was said, in short. `language` is the language that it is written in, ISO 639-1.

    `statements` counts gist, points, action items and decisions before checking, and `traced` those that passed.
    `gist` is None only where nothing was said. `engine` names what wrote it, and `notes` are honest sentences about
    what it had to do without.
    """

    language: str
    gist: Point | None = None
    points: tuple[Point, ...] = ()
    topics: tuple[Topic, ...] = ()
    chapters: tuple[Chapter, ...] = ()
    action_items: tuple[ActionItem, ...] = ()
    decisions: tuple[Point, ...] = ()
    statements: int = 0
    traced: int = 0
    engine: str = ""
    notes: tuple[str, ...] = ()


class SpeechMark(Value):
    """A sentence as it was given to be read, and the second of the sound at which it begins."""

    start: float
    text: str


class Narration(Value):
    """The spoken summary. `key` is the blob of the mp3, None where there is none and `reason` then says why.

    `marks` are its sentences in order, for reading along; empty where the voice does not tell when it says them.
    """

    text: str
    language: str
    key: str | None = None
    duration: float = 0.0
    voice: str | None = None
    reason: str | None = None
    marks: tuple[SpeechMark, ...] = ()


class Recap(Value):
    """All that is known about one recording. `start` is the second that the person linked.

    `language` (ISO 639-1) and `length` are what was asked for.
    """

    id: str
    media: Media
    transcript: Transcript
    summary: Summary
    narration: Narration | None = None
    seconds: float = 0.0
    start: float | None = None
    language: str | None = None
    length: Length | None = None
