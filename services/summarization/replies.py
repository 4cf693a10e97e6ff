"""What a language model is asked to give back. Nothing of it is believed before it was checked."""

from __future__ import annotations

from pydantic import Field

from services.vocabulary.base import Strict
from services.vocabulary.recap import Urgency


class Said(Strict):
    """One statement with the numbers of the segments that prove it."""

    text: str = Field(description="one full sentence")
    segments: tuple[int, ...] = Field(description="numbers of the segments that prove it")


class Todo(Said):
    """What somebody is to do."""

    owner: str | None = Field(
        default=None, description="label of the speaker who does it, only where the words say who"
    )
    due: str | None = Field(default=None, description="the words that say when")
    urgency: Urgency = Field(default="normal", description="other than normal only where the words say so")


class Subject(Strict):
    """What is spoken about."""

    name: str = Field(description="1 to 4 words")
    segments: tuple[int, ...] = Field(description="numbers of segments in which it is spoken about")


class Beginning(Strict):
    """Where a chapter begins."""

    title: str = Field(description="2 to 8 words")
    first: int = Field(description="number of the first segment")


class NotesReply(Strict):
    """Notes on a part of a recording."""

    points: tuple[Said, ...] = ()
    topics: tuple[Subject, ...] = ()
    chapters: tuple[Beginning, ...] = ()
    decisions: tuple[Said, ...] = ()
    action_items: tuple[Todo, ...] = ()


class SummaryReply(NotesReply):
    """The summary of a whole recording."""

    gist: Said | None = Field(default=None, description="one sentence: what it is about and what came of it")


class SpeakerName(Strict):
    """What a voice is called."""

    speaker: str = Field(description="the label in the transcript, such as Speaker 2")
    name: str = Field(description="the name as the transcript writes it, or unknown")
    segments: tuple[int, ...] = Field(default=(), description="numbers of the segments that prove it")
    confidence: float = Field(default=0.0, description="0 to 1")


class NamesReply(Strict):
    """The names of the voices."""

    speakers: tuple[SpeakerName, ...] = ()
