"""A recording in parts that fit a model: cut where nobody speaks, with an overlap, and nothing left out."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from services.evidence.material import Line
from services.summarization import transitions
from services.vocabulary.base import Value
from services.vocabulary.transcript import Segment, Transcript

_WINDOW = 0.3
"""The last part of a chunk, by tokens, in which the best place to cut it is looked for."""
_OVERLAP = 0.04
_PAUSE, _VOICE, _OPENING = 1.0, 0.4, 0.3
"""What a silence, another voice and a word such as 'okay' speak for cutting there."""


class Chunk(Value):
    """Consecutive segments `first`..`last` (inclusive ids) as lines, with the end of the part before as `overlap`."""

    first: int
    last: int
    lines: tuple[Line, ...]
    overlap: tuple[Line, ...] = ()


def chunks(transcript: Transcript, lines: Sequence[Line], room: int, tokens: Callable[[str], int]) -> list[Chunk]:
    """The lines in as few even parts as fit into `room` tokens each, overlap included. Every line is in exactly one.

    A line longer than a part is cut into pieces of the same number. Raises ValueError where the room holds nothing.
    """
    overlap = int(room * _OVERLAP)
    most = room - overlap
    if most < 1:
        raise ValueError(f"{room} tokens hold no part of a transcript")
    pieces = [piece for line in lines for piece in _pieces(line, most, tokens)]
    sizes = [tokens(piece.text) + 1 for piece in pieces]
    parts = max(1, -(-sum(sizes) // most))
    target = min(most, int(sum(sizes) / parts * (1 + _WINDOW / 2)) + 1)
    found: list[Chunk] = []
    start = 0
    while start < len(pieces):
        end = _end(transcript, pieces, sizes, start, target)
        before = _tail(pieces[:start], sizes[:start], overlap)
        found.append(
            Chunk(
                first=pieces[start].segment,
                last=pieces[end - 1].segment,
                lines=tuple(pieces[start:end]),
                overlap=before,
            )
        )
        start = end
    return found


def _end(transcript: Transcript, pieces: Sequence[Line], sizes: Sequence[int], start: int, target: int) -> int:
    """Where the chunk that begins with `start` ends: at the best boundary near its greatest size."""
    size, end = 0, start
    while end < len(pieces) and (end == start or size + sizes[end] <= target):
        size += sizes[end]
        end += 1
    if end == len(pieces):
        return end
    earliest, left = end, size
    while earliest - 1 > start and left - sizes[earliest - 1] >= size * (1 - _WINDOW):
        earliest -= 1
        left -= sizes[earliest]
    return max(range(earliest, end + 1), key=lambda cut: (_boundary(transcript, pieces, cut), cut))


def _boundary(transcript: Transcript, pieces: Sequence[Line], cut: int) -> float:
    """How good it is to cut before that piece."""
    before, after = (transcript.segments[pieces[i].segment] for i in (cut - 1, cut))
    if before.id == after.id:
        return -1.0
    return _worth(before, after, transcript.language)


def _worth(before: Segment, after: Segment, language: str) -> float:
    return (
        _PAUSE * transitions.pause(after.start - before.end)
        + _VOICE * (before.speaker != after.speaker)
        + _OPENING * (transitions.opens(after.text, language) or transitions.announces(after.text, language))
    )


def _tail(pieces: Sequence[Line], sizes: Sequence[int], room: int) -> tuple[Line, ...]:
    start = len(pieces)
    while start and sizes[start - 1] <= room:
        room -= sizes[start - 1]
        start -= 1
    return tuple(pieces[start:])


def _pieces(line: Line, most: int, tokens: Callable[[str], int]) -> list[Line]:
    """The line, halved until every piece fits."""
    if tokens(line.text) + 1 <= most or len(line.text) < 2:  # noqa: PLR2004 - a single letter is not cut
        return [line]
    head, text = f"[{line.segment}] ", line.text.removeprefix(f"[{line.segment}] ")
    middle = len(text) // 2
    at = text.rfind(" ", 1, middle) if " " in text[1:middle] else middle
    halves = (Line(segment=line.segment, text=head + half.strip()) for half in (text[:at], text[at:]))
    return [piece for half in halves for piece in _pieces(half, most, tokens)]
