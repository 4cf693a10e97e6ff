"""What was said, by whom, and when."""

from __future__ import annotations

from pydantic import Field

from services.vocabulary.base import Value


class Word(Value):
    """One recognized word with its times; `probability` is the recognizer's own, 0 to 1."""

    text: str
    start: float
    end: float
    probability: float = 1.0


class Turn(Value):
    """A stretch in which one voice is heard; `speaker` is the index of the voice by first appearance, from 0."""

    start: float
    end: float
    speaker: int


class Segment(Value):
    """A sentence-sized stretch of one voice. `id` is its index in the transcript.

    `speaker` is a `Speaker.id`, or a number that no speaker has where it is not known who speaks.
    """

    id: int
    speaker: int
    start: float
    end: float
    text: str
    words: tuple[Word, ...] = ()


class Speaker(Value):
    """A voice. `name` is set only on evidence: the ids of the segments that prove it. `share` is of talk, 0..1."""

    id: int
    name: str | None = None
    evidence: tuple[int, ...] = ()
    share: float = 0.0

    @property
    def label(self) -> str:
        """The name where the words gave one, else 'Speaker n' counted from 1."""
        return self.name or f"Speaker {self.id + 1}"


class Transcript(Value):
    """The whole recording in words. `language` is an ISO 639-1 code, or 'und' where nothing was said.

    `speech` is the seconds of speech that were heard and `covered` the part of it that has words: their ratio is the
    coverage that the recap states. Segments are in order of time and may be empty. Where nobody knows who speaks, as in
    captions without marks, `speakers` is empty and every segment's speaker is 0: nobody is counted or called anything.
    """

    language: str
    duration: float
    segments: tuple[Segment, ...] = ()
    speakers: tuple[Speaker, ...] = ()
    speech: float = Field(default=0.0, ge=0)
    covered: float = Field(default=0.0, ge=0)
    engine: str = ""

    @property
    def text(self) -> str:
        """All segments' words as one text."""
        return " ".join(segment.text for segment in self.segments)

    def speaker(self, speaker_id: int) -> Speaker:
        """The speaker with that id; raises KeyError for an id that no speaker has."""
        for speaker in self.speakers:
            if speaker.id == speaker_id:
                return speaker
        raise KeyError(speaker_id)

    def label(self, speaker_id: int | None) -> str | None:
        """What to call that speaker; None where it is not known who speaks."""
        return next((speaker.label for speaker in self.speakers if speaker.id == speaker_id), None)
