"""The publisher's own chapters: they win over ours."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from services.vocabulary.recap import Chapter
from services.vocabulary.source import Marker
from services.vocabulary.transcript import Transcript

_FEWEST = 2


def published_chapters(markers: Sequence[Marker], transcript: Transcript) -> tuple[Chapter, ...]:
    """The markers as chapters that cover the whole transcript; none where fewer than two of them hold any words.

    A segment belongs to the chapter that it begins in; what is said before the first marker belongs to the first. A
    chapter without words is left out, because a chapter is made of segments.
    """
    segments = transcript.segments
    starts = [segment.start for segment in segments]
    ordered = sorted(markers, key=lambda marker: marker.start)
    firsts = [0, *(bisect_left(starts, marker.start) for marker in ordered[1:]), len(segments)]
    spans = list(zip(ordered, pairwise(firsts), strict=False))
    held = [(marker, first, after - 1) for marker, (first, after) in spans if first < after]
    if len(held) < _FEWEST:
        return ()
    ends = [*(marker.start for marker, _, _ in held[1:]), max(transcript.duration, segments[-1].end)]
    return tuple(
        Chapter(title=marker.title, start=marker.start if first else 0.0, end=end, first=first, last=last)
        for (marker, first, last), end in zip(held, ends, strict=True)
    )
