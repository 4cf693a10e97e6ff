"""Speaking: a text in, a loudness-normalized mp3 out."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from services.vocabulary.base import Value
from services.vocabulary.recap import SpeechMark


class Spoken(Value):
    """A finished mp3: its file, seconds of sound, and the voice that spoke.

    `marks` are all its sentences in order, for reading along; empty where the voice does not tell.
    """

    path: str
    duration: float
    voice: str
    marks: tuple[SpeechMark, ...] = ()


class SpeechSynthesizer(Protocol):
    """A voice.

    `speaks` says whether there is a voice for a language (ISO 639-1). `synthesize` writes an mp3 (mono, about
    -16 LUFS, peaks under -1 dBFS) to `path` and replaces what is there. `text` is plain prose; paragraphs (blank
    lines) become pauses.

    Raises UserError for a language without a voice, RetryableError when the engine died, OperatorError when it is
    missing.
    """

    @property
    def engine(self) -> str:
        """Names the backend, its model and its version: results of an equal engine may stand for one another."""
        ...

    def speaks(self, language: str) -> bool:
        """Whether there is a voice for that language."""
        ...

    async def synthesize(self, text: str, *, language: str, path: Path) -> Spoken:
        """Speak the text into the file."""
        ...
