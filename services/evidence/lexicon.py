"""The terms of a transcript: where each stands, how rare it is, and which are akin to a question's."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from functools import cached_property

import numpy as np

from services.evidence.embeddings import Embedder, Vectors
from services.evidence.queries import Query
from services.evidence.spreading import Array
from services.evidence.stopwords import is_stop_word
from services.evidence.terms import stem, terms, tokens

_CHUNK = 150.0
"""Words of the stretches in which a term's rarity is counted."""
_KIN, _NEAREST = 0.4, 0.4
"""What a word related to the question's counts beside the word itself, and the cosine from which it is related."""


class Lexicon:
    """The terms of sentences. `positions` are the sentences' places in words from the start, ascending."""

    def __init__(self, texts: Sequence[str], positions: Array, language: str, embedder: Embedder) -> None:
        self._texts = texts
        self._positions = positions
        self._language = language
        self._embedder = embedder
        self._stretches = 1 + int(positions[-1] // _CHUNK) if len(positions) else 1

    def match(self, query: Query) -> tuple[Array, Array]:
        """How often each sentence has each of the question's terms, and how rare these are.

        Shapes [sentences, terms] and [terms]. Akin terms count in part; a term that nobody said is as rare as those
        akin to it, or as rare as can be.
        """
        kin = self._kin(query)
        counts = np.zeros((len(self._texts), len(kin)), dtype=np.float32)
        for column, weights in enumerate(kin.values()):
            for term, weight in weights.items():
                for row, count in self._postings[term]:
                    counts[row, column] += weight * count
        return counts, np.array([self._shared_rarity(weights) for weights in kin.values()], dtype=np.float32)

    def _kin(self, query: Query) -> dict[str, dict[str, float]]:
        """For each term of the question the terms of the recording that stand for it, with their weights."""
        found = {term: ({term: 1.0} if term in self._postings else {}) for term in query.words}
        if not query.words or not self._postings or not self._embedder.knows_meaning:
            return found
        vocabulary = list(self._postings)
        near = self._embedder.embed(list(query.words.values())) @ self._vectors.T
        for row, term in enumerate(query.words):
            for column in np.flatnonzero(near[row] > _NEAREST).tolist():
                weight = _KIN * (float(near[row, column]) - _NEAREST) / (1 - _NEAREST)
                found[term].setdefault(vocabulary[column], weight)
        return found

    def rarity(self, term: str) -> float:
        """The inverse document frequency of a term over stretches of a minute; the highest for one that nobody said."""
        said_in = len({int(self._positions[row] // _CHUNK) for row, _ in self._postings.get(term, ())})
        return math.log(1 + (self._stretches - said_in + 0.5) / (said_in + 0.5))

    def _shared_rarity(self, weights: dict[str, float]) -> float:
        own = [self.rarity(term) for term, weight in weights.items() if weight == 1]
        total = sum(weights.values())
        if own or not total:
            return own[0] if own else self.rarity("")
        return sum(weight * self.rarity(term) for term, weight in weights.items()) / total

    @cached_property
    def _postings(self) -> dict[str, list[tuple[int, int]]]:
        postings: dict[str, list[tuple[int, int]]] = {}
        for row, text in enumerate(self._texts):
            for term, count in Counter(terms(text, self._language)).items():
                postings.setdefault(term, []).append((row, count))
        return postings

    @cached_property
    def _vectors(self) -> Vectors:
        """The meaning of each term, taken from a word that it was said as."""
        written: dict[str, str] = {}
        for text in self._texts:
            for token in tokens(text):
                if not is_stop_word(token, self._language):
                    written.setdefault(stem(token) if self._language == "en" else token, token)
        return self._embedder.embed([written[term] for term in self._postings])
