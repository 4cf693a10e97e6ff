"""Okapi BM25 over short lists of terms, in memory."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray


class BM25:
    """Scores every document for a weighted bag of terms. k1 and b are the usual 1.2 and 0.75 unless given.

    The inverse document frequency is the one that never turns negative (Lucene's).
    """

    def __init__(self, documents: Sequence[Sequence[str]], *, k1: float = 1.2, b: float = 0.75) -> None:
        self._size = len(documents)
        lengths = np.array([len(document) for document in documents], dtype=np.float64)
        mean = lengths.mean() if self._size and lengths.any() else 1.0
        self._norm = k1 * (1 - b + b * lengths / mean)
        self._gain = k1 + 1
        self._postings: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for index, document in enumerate(documents):
            for term, count in Counter(document).items():
                self._postings[term].append((index, count))

    def idf(self, term: str) -> float:
        """How rare a term is, 0 for one that no document has."""
        count = len(self._postings.get(term, ()))
        return math.log(1 + (self._size - count + 0.5) / (count + 0.5)) if count else 0.0

    def scores(self, query: Mapping[str, float] | Sequence[str]) -> NDArray[np.float64]:
        """One score for each document; 0 where none of the terms stands. A mapping gives each term its weight."""
        weights = query if isinstance(query, Mapping) else Counter(query)
        scores = np.zeros(self._size)
        for term, weight in weights.items():
            idf = self.idf(term)
            for index, count in self._postings.get(term, ()):
                scores[index] += weight * idf * count * self._gain / (count + self._norm[index])
        return scores
