"""Captions that roll: each shows the line before it once more."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from services.media.captions.shown import Line, Shown

_FILLER = 0.025
"""Seconds; between two captions YouTube shows what stays for a hundredth of a second."""
_LEAST_SHARE = 0.5
_WINDOW = 4
"""Lines that are on show together at most."""


def unrolled(captions: Sequence[Shown]) -> list[Shown]:
    """Every line once, where captions roll; otherwise as they are, so that a line said twice stays twice.

    A caption gives up the longest beginning that the end of the one before it shows already. Only neighbours are
    compared, and a line with times of its own is always new.
    """
    if not _roll(captions):
        return list(captions)
    kept: list[Shown] = []
    before: tuple[Line, ...] = ()
    for caption in captions:
        fresh = _lines(caption)[_repeated(before, caption) :]
        before = _lines(caption)
        if fresh:
            kept.append(caption._replace(lines=fresh))
    return kept


def _roll(captions: Sequence[Shown]) -> bool:
    """Whether at least half of the captions begin with lines of the one before, and show new ones or are fillers."""
    pairs = rolling = 0
    for before, caption in pairwise(captions):
        count = len(_lines(caption))
        repeated = _repeated(_lines(before), caption)
        pairs += 1
        rolling += 0 < repeated < count or (0 < repeated == count and _is_filler(caption))
    return rolling > 0 and rolling >= pairs * _LEAST_SHARE


def _repeated(before: tuple[Line, ...], caption: Shown) -> int:
    """How many of the caption's first lines are the last ones of the caption before."""
    lines = _lines(caption)
    shown, texts = [line.text for line in before], [line.text for line in lines]
    own = next((index for index, line in enumerate(lines) if line.words), len(lines))
    overlaps = [n for n in range(1, min(len(shown), own, _WINDOW) + 1) if shown[-n:] == texts[:n]]
    # 'yes' over 'yes' that rolled on to 'yes' over a new 'yes': a caption that is shown for long has something new.
    if len(overlaps) > 1 and overlaps[-1] == len(lines) and not _is_filler(caption):
        overlaps.pop()
    return overlaps[-1] if overlaps else 0


def _lines(caption: Shown) -> tuple[Line, ...]:
    return tuple(line for line in caption.lines if line.text)


def _is_filler(caption: Shown) -> bool:
    return caption.end is not None and caption.end - caption.start <= _FILLER
