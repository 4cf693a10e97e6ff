"""Words and turns into segments: sentence-sized stretches of one speaker."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from services.evidence.splitting import split_text
from services.transcription.sound import Span
from services.vocabulary.transcript import Segment, Speaker, Transcript, Turn, Word

_PAUSE = 1.2
"""Seconds of silence that end a segment."""
_LONGEST = 30
"""Words after which a sentence is cut at a clause."""
_GRID = 100
"""Steps a second in which coverage is counted."""


def merge(
    words: Sequence[Word], turns: Sequence[Turn], speech: Sequence[Span], *, language: str, duration: float
) -> Transcript:
    """The transcript of words (each with the white space before it) that were said in these turns.

    `speech` is where somebody was heard to speak: the transcript says how many of those seconds have words.
    """
    return assemble(words, _speakers(words, turns), speech, language=language, duration=duration)


def assemble(
    words: Sequence[Word], speakers: Sequence[int], speech: Sequence[Span], *, language: str, duration: float
) -> Transcript:
    """The transcript of words whose speakers are known, one for each; they are numbered by first appearance."""
    segments: list[Segment] = []
    numbers: dict[int, int] = {}
    for speaker, said in _runs(words, speakers):
        for sentence in _sentences(said):
            segments.append(_segment(len(segments), numbers.setdefault(speaker, len(numbers)), sentence, duration))
    return Transcript(
        language=language if segments else "und",
        duration=duration,
        segments=tuple(segments),
        speakers=_shares(segments),
        speech=round(sum(end - start for start, end in speech), 3),
        covered=round(_overlap(speech, [(segment.start, segment.end) for segment in segments], duration), 3),
    )


def _speakers(words: Sequence[Word], turns: Sequence[Turn]) -> list[int]:
    """Who says each word: the turn that it overlaps most with, else the nearest."""
    found: list[int] = []
    first = 0
    for word in words:
        # Both are in order of time, so turns that ended long before this word are of no use to later ones either.
        while first + 1 < len(turns) and turns[first + 1].end < word.start:
            first += 1
        near = turns[first : first + 8]
        found.append(max(near, key=lambda turn: _shared(word, turn)).speaker if near else 0)
    return found


def _shared(word: Word, turn: Turn) -> float:
    """Seconds in common; the distance between them, negative, where there are none."""
    return min(word.end, turn.end) - max(word.start, turn.start)


def _runs(words: Sequence[Word], speakers: Sequence[int]) -> Iterator[tuple[int, list[Word]]]:
    """Words that one speaker says without a long pause."""
    run: list[Word] = []
    current = 0
    for word, speaker in zip(words, speakers, strict=True):
        if run and (speaker != current or word.start - run[-1].end > _PAUSE):
            yield current, run
            run = []
        current = speaker
        run.append(word)
    if run:
        yield current, run


def _sentences(words: Sequence[Word]) -> Iterator[list[Word]]:
    """The words of each sentence. Sentences are found in the text and laid over the words by their characters."""
    remaining = list(words)
    for sentence in split_text("".join(word.text for word in words), longest=_LONGEST):
        missing = _characters(sentence)
        taken: list[Word] = []
        while remaining and missing > 0:
            missing -= _characters(remaining[0].text)
            taken.append(remaining.pop(0))
        if taken:
            yield taken


def _characters(text: str) -> int:
    return len("".join(text.split()))


def _segment(number: int, speaker: int, words: Sequence[Word], duration: float) -> Segment:
    kept = tuple(word.model_copy(update={"text": word.text.strip(), "end": min(word.end, duration)}) for word in words)
    text = " ".join("".join(word.text for word in words).split())
    return Segment(id=number, speaker=speaker, start=kept[0].start, end=kept[-1].end, text=text, words=kept)


def _shares(segments: Sequence[Segment]) -> tuple[Speaker, ...]:
    """Each speaker's part of the time in which there are words."""
    talk: dict[int, float] = {}
    for segment in segments:
        talk[segment.speaker] = talk.get(segment.speaker, 0.0) + max(0.01, segment.end - segment.start)
    total = sum(talk.values())
    return tuple(Speaker(id=speaker, share=talk[speaker] / total) for speaker in sorted(talk))


def _overlap(spans: Sequence[Span], others: Sequence[Span], duration: float) -> float:
    """Seconds that lie in both."""
    return float((_grid(spans, duration) & _grid(others, duration)).sum()) / _GRID


def _grid(spans: Sequence[Span], duration: float) -> npt.NDArray[np.bool_]:
    inside = np.zeros(int(duration * _GRID) + 1, bool)
    for start, end in spans:
        inside[round(start * _GRID) : round(end * _GRID)] = True
    return inside
