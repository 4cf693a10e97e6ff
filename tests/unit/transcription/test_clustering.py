"""Average linkage agrees with scipy's."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.cluster.hierarchy import fcluster
from scipy.cluster.hierarchy import linkage as reference

from services.transcription.clustering import centroids, cut, linkage
from services.transcription.voices import Vectors, normalized


def vectors(count: int, seed: int) -> Vectors:
    random = np.random.default_rng(seed)
    centres = random.standard_normal((4, 24))
    return normalized((centres[random.integers(4, size=count)] + random.standard_normal((count, 24))).astype("f4"))


def partition(labels: np.ndarray) -> set[frozenset[int]]:
    return {frozenset(np.flatnonzero(labels == label).tolist()) for label in np.unique(labels)}


@pytest.mark.parametrize("seed", range(5))
def test_groups_are_those_of_scipy_by_distance_and_by_number(seed: int) -> None:
    given = vectors(80, seed)
    merges, tree = linkage(given), reference(given.astype("f8"), "average", metric="cosine")
    assert np.allclose([apart for *_, apart in merges], tree[:, 2], atol=1e-4)
    for distance in (0.3, 0.65, 0.8):
        assert partition(cut(merges, distance=distance)) == partition(fcluster(tree, distance, "distance"))
    for groups in (1, 2, 5, 20):
        assert partition(cut(merges, groups=groups)) == partition(fcluster(tree, groups, "maxclust"))


def test_one_vector_and_equal_vectors_are_one_group() -> None:
    assert cut(linkage(vectors(1, 0))).tolist() == [0]
    assert cut(linkage(np.repeat(vectors(1, 0), 5, axis=0)), distance=0.1).tolist() == [0] * 5


def test_centroids_have_length_one_and_the_direction_of_their_group() -> None:
    given = np.array([[1, 0], [0, 1], [0, 1]], np.float32)
    assert np.allclose(centroids(given, np.array([0, 1, 1])), [[1, 0], [0, 1]])
    assert np.allclose(centroids(given, np.array([0, 0, 0])), [[1 / 5**0.5, 2 / 5**0.5]])
