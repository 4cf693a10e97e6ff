"""Talks for the tests: lines with a speaker each, as transcripts and readings."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from services.evidence.embeddings import Embedder, embedder_for
from services.summarization.reading import Reading, read
from services.vocabulary.transcript import Segment, Speaker, Transcript

GRACE, BOB, NAMELESS = 0, 1, 2
NAMES = ("Grace", "Bob", None)

Line = tuple[int, str]


def talk(*lines: Line, language: str = "en", names: Iterable[str | None] = NAMES, pause: float = 0.3) -> Transcript:
    """The lines one after another, at a pace of speech."""
    segments: list[Segment] = []
    at = 0.0
    for speaker, text in lines:
        end = at + max(0.8, len(text) / 14)
        segments.append(Segment(id=len(segments), speaker=speaker, start=at, end=end, text=text))
        at = end + pause
    return Transcript(
        language=language,
        duration=at,
        segments=tuple(segments),
        speakers=tuple(Speaker(id=i, name=name) for i, name in enumerate(names)),
    )


def monologue(*texts: str, language: str = "en") -> Transcript:
    """One speaker, one segment a text."""
    return talk(*((0, text) for text in texts), language=language, names=(None,))


@lru_cache(maxsize=8)
def embedder(language: str = "en") -> Embedder:
    """The real one."""
    return embedder_for(language)


def reading(*lines: Line, language: str = "en", names: Iterable[str | None] = NAMES) -> Reading:
    """The lines as the extracts see them."""
    return read(talk(*lines, language=language, names=names), embedder(language))
