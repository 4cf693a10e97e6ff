"""Diarization error as it is usually counted: missed, false and confused speech over all speech, overlap included."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.optimize import linear_sum_assignment

from services.vocabulary.transcript import Turn

_STEPS = 100
"""A second."""


def diarization_error(
    truth: Sequence[Turn], found: Sequence[Turn], duration: float, collar: float = 0.25
) -> dict[str, float]:
    """Percent of the speech of the truth, and both numbers of speakers.

    `collar` seconds around each boundary of the truth are not judged, and speakers are matched as well as they can be.
    """
    steps = round(duration * _STEPS)
    judged = np.ones(steps, bool)
    for edge in (edge for turn in truth for edge in (turn.start, turn.end)):
        judged[max(0, round((edge - collar) * _STEPS)) : round((edge + collar) * _STEPS)] = False
    theirs, ours = _grid(truth, steps)[:, judged], _grid(found, steps)[:, judged]
    together = theirs.astype(np.float32) @ ours.T.astype(np.float32)
    correct = together[linear_sum_assignment(-together)].sum()
    wanted, given = theirs.sum(axis=0), ours.sum(axis=0)
    total = max(1, wanted.sum())
    missed, false = np.maximum(wanted - given, 0).sum(), np.maximum(given - wanted, 0).sum()
    confused = np.minimum(wanted, given).sum() - correct
    return {
        "DER": round(float(100 * (missed + false + confused) / total), 2),
        "miss": round(float(100 * missed / total), 2),
        "fa": round(float(100 * false / total), 2),
        "conf": round(float(100 * confused / total), 2),
        "ref_spk": len(theirs),
        "hyp_spk": len(ours),
    }


def _grid(turns: Sequence[Turn], steps: int) -> npt.NDArray[np.bool_]:
    grid = np.zeros((max((turn.speaker for turn in turns), default=-1) + 1, steps), bool)
    for turn in turns:
        grid[turn.speaker, round(turn.start * _STEPS) : round(turn.end * _STEPS)] = True
    return grid
