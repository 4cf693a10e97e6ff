"""Evidence spread over its surroundings: what is said at a place counts for the places near it, less with distance."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]


def spread(values: Array, positions: Array, width: float) -> Array:
    """Each row's sum over all rows, weighted by exp(-distance / width); positions ascend.

    The exponential is the one kernel that one pass each way computes exactly, so hours cost what minutes do.
    """
    decay = np.exp(-np.diff(positions) / width).astype(np.float32)
    before = values.astype(np.float32)
    after = before.copy()
    for row in range(1, len(values)):
        before[row] += decay[row - 1] * before[row - 1]
    for row in range(len(values) - 2, -1, -1):
        after[row] += decay[row] * after[row + 1]
    return before + after - values


def scaled(values: Array) -> Array:
    """The values moved and stretched to 0..1; zeros where all are equal."""
    if not len(values) or not (extent := values.max() - values.min()):
        return np.zeros(len(values), dtype=np.float32)
    result: Array = ((values - values.min()) / extent).astype(np.float32)
    return result
