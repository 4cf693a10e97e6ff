"""Vectors into groups, with numpy alone: average linkage on cosine distance."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from services.transcription.voices import Vectors, normalized

Labels = npt.NDArray[np.int64]


def linkage(vectors: Vectors) -> list[tuple[int, int, float]]:
    """Average linkage of unit vectors: merges in order of distance, each the two vectors that stand for the groups.

    After a merge its first vector stands for both groups. Memory is the square of the number of vectors.
    """
    count = len(vectors)
    distance = np.float32(1.0) - vectors @ vectors.T
    np.fill_diagonal(distance, np.inf)
    size = np.ones(count)
    nearest = distance.argmin(axis=1) if count else np.zeros(0, np.int64)
    reach = distance[np.arange(count), nearest]
    merges: list[tuple[int, int, float]] = []
    for _ in range(count - 1):
        first = int(reach.argmin())
        second = int(nearest[first])
        merges.append((first, second, float(reach[first])))
        share = np.float32(size[first] / (size[first] + size[second]))
        joined = share * distance[first] + (1 - share) * distance[second]
        joined[[first, second]] = np.inf
        size[first] += size[second]
        distance[first], distance[:, first] = joined, joined
        distance[second], distance[:, second] = np.inf, np.inf
        reach[second] = np.inf
        stale = np.flatnonzero(((nearest == first) | (nearest == second)) & np.isfinite(reach))
        for row in {first, *stale.tolist()}:
            nearest[row] = distance[row].argmin()
            reach[row] = distance[row, nearest[row]]
        closer = joined < reach
        nearest[closer], reach[closer] = first, joined[closer]
    return merges


def cut(merges: list[tuple[int, int, float]], *, distance: float = np.inf, groups: int = 1) -> Labels:
    """A label from 0 for each vector, after all merges up to `distance` that leave at least `groups` groups."""
    count = len(merges) + 1
    labels = np.arange(count)
    # Distances of average linkage never shrink from one merge to the next, so the first that is too far ends it.
    for first, second, apart in merges[: max(0, count - groups)]:
        if apart > distance:
            break
        labels[labels == labels[second]] = labels[first]
    return np.unique(labels, return_inverse=True)[1]


def centroids(vectors: Vectors, labels: Labels) -> Vectors:
    """The direction of each label's vectors, in order of the labels 0, 1, 2, ..."""
    sums = np.zeros((int(labels.max()) + 1, vectors.shape[1]), np.float32)
    np.add.at(sums, labels, vectors)
    return normalized(sums)
