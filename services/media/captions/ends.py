"""Ends for cues of which only the beginning is known."""

from __future__ import annotations

from collections.abc import Sequence

from services.evidence.splitting import word_count
from services.media.captions.cues import Cue

_SLOWEST, _USUAL = 1.5, 2.5
"""Words a second: what is said slower than that is followed by a pause; how fast it is where nothing follows."""


def ended(cues: Sequence[Cue]) -> list[Cue]:
    """The cues; one that ends where it begins lasts up to the next, but no longer than its words take to say slowly."""
    found = list(cues)
    following: float | None = None
    for index in range(len(found) - 1, -1, -1):
        cue = found[index]
        if cue.timed and cue.end <= cue.start:
            words = word_count(cue.text)
            end = cue.start + words / _USUAL
            if following is not None and following > cue.start:
                end = min(following, cue.start + words / _SLOWEST + 1)
            found[index] = cue.model_copy(update={"end": round(max(end, _last(cue)), 3)})
        if cue.timed:
            following = cue.start
    return found


def _last(cue: Cue) -> float:
    return cue.words[-1].end if cue.words else cue.start
