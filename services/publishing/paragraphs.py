"""A transcript in paragraphs that can be read."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from services.vocabulary.transcript import Segment

# About a hundred words: a paragraph of a book. One that finds no end of a sentence is cut at twice that.
_LONG = 40.0
_PAUSE = 4.0
# The last three are the full stop, the exclamation and the question mark of Chinese and Japanese.
_ENDS = (".", "!", "?", "…", '."', '?"', '!"', "”", "\u3002", "\uff01", "\uff1f")


def paragraphs(segments: Sequence[Segment], starts: Collection[int] = ()) -> Iterator[list[Segment]]:
    """The segments in order: a paragraph ends where the speaker does, at a long pause, and before it is too long.

    `starts` are ids of segments that begin one in any case, such as the first ones of chapters.
    """
    held: list[Segment] = []
    for segment in segments:
        if held and (segment.id in starts or _over(held, segment)):
            yield held
            held = []
        held.append(segment)
    if held:
        yield held


def _over(held: list[Segment], coming: Segment) -> bool:
    last, length = held[-1], held[-1].end - held[0].start
    finished = length >= _LONG and (last.text.rstrip().endswith(_ENDS) or length >= 2 * _LONG)
    return last.speaker != coming.speaker or coming.start - last.end >= _PAUSE or finished
