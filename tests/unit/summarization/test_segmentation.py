from __future__ import annotations

import itertools

import numpy as np
import pytest

from services.summarization.segmentation import cut, scatter


def test_the_cut_falls_where_the_vectors_turn() -> None:
    vectors = np.repeat(np.eye(3), [4, 6, 5], axis=0)
    loss = scatter(vectors, np.ones(15))
    assert cut(loss, np.zeros(15), np.ones(15), parts=3, smallest=1) == [4, 10]


def test_the_cut_is_the_best_of_all_cuts() -> None:
    """Against trying every one."""
    random = np.random.default_rng(3)
    vectors = random.standard_normal((12, 4))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    bonus = random.random(12) * 0.1
    loss = scatter(vectors, np.ones(12))

    def price(starts: tuple[int, ...]) -> float:
        edges = [0, *starts, 12]
        return float(sum(loss[a, b] for a, b in itertools.pairwise(edges)) - sum(bonus[s] for s in starts))

    best = min(itertools.combinations(range(1, 12), 3), key=price)
    assert cut(loss, bonus, np.ones(12), parts=4, smallest=1) == list(best)


def test_no_part_is_smaller_than_asked_and_fewer_parts_are_made_where_so_many_do_not_fit() -> None:
    vectors = np.eye(10)
    sizes = np.full(10, 10.0)
    assert len(cut(scatter(vectors, np.ones(10)), np.zeros(10), sizes, parts=9, smallest=30)) == 2
    assert cut(scatter(vectors, np.ones(10)), np.zeros(10), sizes, parts=9, smallest=99) == []


@pytest.mark.parametrize("vectors", [np.zeros((6, 3)), np.ones((6, 1)), np.ones((1, 2))])
def test_where_nothing_changes_there_is_no_scatter(vectors: np.ndarray) -> None:
    lengths = np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    assert not scatter(vectors / lengths, np.ones(len(vectors))).any() or not vectors.any()
