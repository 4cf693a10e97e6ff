"""The best cut of a row of cells into stretches that are each about one thing.

A stretch is as bad as its vectors scatter around their mean (the loss of kernel change-point detection); the cut with
the least sum is found exactly, by dynamic programming over all cuts.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
_UNIT_PARTS = 5


def scatter(sums: Matrix, weights: Matrix) -> Matrix:
    """`[i, j]`: how much the unit vectors of the cells i..j-1 scatter. `sums` holds each cell's weighted sum of them.

    Scaled so that the best cut into five gains 1 over no cut, which makes scatters of different kinds comparable;
    all zeros where there is nothing to gain.
    """
    total = np.concatenate([np.zeros((1, sums.shape[1])), np.cumsum(sums, axis=0)])
    weight = np.concatenate([[0.0], np.cumsum(weights)])
    gram = total @ total.T
    squares = np.diag(gram)[None, :] + np.diag(gram)[:, None] - 2 * gram
    spans = weight[None, :] - weight[:, None]
    loss: Matrix = np.where(spans > 0, spans - squares / np.maximum(spans, 1e-9), 0.0)
    parts = min(_UNIT_PARTS, len(weights))
    gain = loss[0, -1] - _solve(loss, np.zeros(len(loss)), parts)[1]
    return loss / gain if gain > 1e-6 else np.zeros_like(loss)  # noqa: PLR2004 - rounding, not a gain


def cut(loss: Matrix, bonus: Matrix, sizes: Matrix, parts: int, smallest: float) -> list[int]:
    """The cells that begin a new stretch, in order, for at most `parts` stretches of at least `smallest` in size.

    `bonus` is what it is worth to begin a stretch at each cell. Fewer stretches where so many do not fit.
    """
    ends = np.concatenate([[0.0], np.cumsum(sizes)])
    allowed = np.where(ends[None, :] - ends[:, None] >= smallest, loss, np.inf)
    for wanted in range(parts, 1, -1):
        starts, value = _solve(allowed, np.append(bonus, 0.0), wanted)
        if np.isfinite(value):
            return starts
    return []


def _solve(loss: Matrix, bonus: Matrix, parts: int) -> tuple[list[int], float]:
    """The cheapest cut into exactly `parts`, and its price (infinite where there is none)."""
    best, origins = loss[0].copy(), []
    forward = np.where(np.tri(len(loss), dtype=bool), np.inf, loss)
    for _ in range(parts - 1):
        prices = (best - bonus)[:, None] + forward
        origins.append(prices.argmin(axis=0))
        best = prices.min(axis=0)
    starts, at = [], len(loss) - 1
    for origin in reversed(origins):
        at = int(origin[at])
        starts.append(at)
    return starts[::-1], float(best[-1])
