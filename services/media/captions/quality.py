"""Whether captions hold enough of a recording to stand for it."""

from __future__ import annotations

from collections.abc import Sequence

from services.evidence.splitting import word_count
from services.media.captions.cues import Cue

_LEAST_COVERED = 0.5
_SLOWEST, _FASTEST = 0.3, 7.0
"""Words a second on average: fewer are titles in the picture, more belong to a longer recording."""
_BREATH = 5.0
"""Seconds between two captions in which nothing needs to be missing."""
_LATE, _MOST_LATE = 30.0, 0.1


def complaint(cues: Sequence[Cue], *, duration: float | None, automatic: bool) -> str | None:
    """Why the cues are not good enough to do without listening, as words to follow 'the captions'; None: good enough.

    `duration` is that of the recording in seconds; without it, the end of the last cue counts. Automatic captions are
    judged by the same measure, only their silence is trusted more: a machine writes whenever it hears a word.
    """
    words = sum(word_count(cue.text) for cue in cues)
    if not words:
        return "hold no words"
    timed = [cue for cue in cues if cue.timed]
    length = duration or max((cue.end for cue in timed), default=0.0)
    if length <= 0:
        return None
    return _amount(timed, words, length) or _gaps(cues, timed, length, automatic=automatic)


def _amount(timed: Sequence[Cue], words: int, length: float) -> str | None:
    """Too much or too little for the recording."""
    late = sum(word_count(cue.text) for cue in timed if cue.start > length + _LATE)
    if late > _MOST_LATE * words:
        return "go on long after the recording ends"
    if words / length < _SLOWEST:
        return "hold hardly any words"
    if words / length > _FASTEST:
        return "hold more words than can be said in that time"
    return None


def _gaps(cues: Sequence[Cue], timed: Sequence[Cue], length: float, *, automatic: bool) -> str | None:
    """Long stretches without any."""
    covered = min(1.0, _covered(timed, length) / length)
    if len(timed) == len(cues) and covered < _LEAST_COVERED * (0.5 if automatic else 1.0):
        return f"cover only {covered:.0%} of the recording"
    return None


def _covered(cues: Sequence[Cue], length: float) -> float:
    """Seconds under captions; short gaps between them count as covered."""
    total = reached = 0.0
    for index, cue in enumerate(sorted(cues, key=lambda cue: cue.start)):
        start = max(cue.start, reached)
        if index and cue.start - reached <= _BREATH:
            start = reached
        end = min(cue.end, length)
        if end > start:
            total += end - start
            reached = end
    return total
