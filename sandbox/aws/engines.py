"""What does the stand-ins' real work, passed in by whoever starts them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from sandbox.aws.replies import Responder


@dataclass(frozen=True)
class HeardWord:
    """A word with its punctuation, its times in seconds, its speaker (from 0 by first appearance), how sure it is."""

    text: str
    start: float
    end: float
    speaker: int = 0
    confidence: float = 1.0


@dataclass(frozen=True)
class Turn:
    """A stretch of one speaker with its words. `start` may lie before the first word."""

    speaker: int
    start: float
    end: float
    words: tuple[HeardWord, ...]


@dataclass(frozen=True)
class Heard:
    """What was said, turn by turn, and in which language (ISO 639-1)."""

    language: str
    turns: tuple[Turn, ...] = ()


class Ear(Protocol):
    """Hears recordings."""

    async def hear(self, path: Path, *, language: str | None, speakers: int | None) -> Heard:
        """What is said in a file. `language` forces one, `speakers` is the most there are (None: not asked for)."""
        ...


class Voice(Protocol):
    """Speaks."""

    async def speak(self, text: str, *, language: str, path: Path) -> None:
        """Say a text into an mp3 file. Raises UserError for a language that it has not."""
        ...


@dataclass(frozen=True)
class Engines:
    """An ear, a voice and a responder."""

    ear: Ear
    voice: Voice
    responder: Responder | None = None


OpenEngines = Callable[[], AbstractAsyncContextManager[Engines]]
