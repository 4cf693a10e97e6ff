"""The part of a recording that a question is about.

Words and meaning are matched sentence by sentence, and every match counts for its surroundings too: a discussion goes
on for minutes while its subject is named now and then. What a named speaker says, and what is said around it, counts
more. (The widths and weights are those that did best on QMSum's validation meetings; all of them are on a plateau.)
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from services.evidence.embeddings import Embedder, Vectors
from services.evidence.queries import Query
from services.evidence.sentences import Sentence, sentences
from services.evidence.splitting import word_count
from services.evidence.spreading import Array, scaled, spread
from services.evidence.stopwords import is_stop_word
from services.evidence.terms import stem, terms, tokens
from services.evidence.tidying import tidy
from services.vocabulary.transcript import Transcript

_WORDS_WIDTH, _SURVEY_WIDTH, _MEANING_WIDTH, _SPEAKER_WIDTH = 230.0, 350.0, 150.0, 115.0
"""How far a match reaches, in words: of terms, of terms for a summary, of meaning, of a speaker's presence."""
_MEANING, _SPEAKER = 0.5, 0.45
"""What meaning and a named speaker weigh beside the terms' 1."""
_KIN, _NEAREST = 0.4, 0.4
"""What a word related to the question's counts beside the word itself, and the cosine from which it is related."""
_SATURATION = 1.2
_CHUNK = 150
"""Words of the stretches in which a term's rarity is counted."""


@dataclass(frozen=True)
class Passage:
    """Consecutive segments `first`..`last` (inclusive ids), with their relevance, 0 to 1."""

    first: int
    last: int
    relevance: float


class Retriever:
    """Finds passages of one transcript; what it computes about the transcript is kept for further questions."""

    def __init__(self, transcript: Transcript, embedder: Embedder) -> None:
        self.transcript = transcript
        self.sentences: tuple[Sentence, ...] = sentences(transcript)
        self._embedder = embedder
        self.texts = [tidy(sentence.text, transcript.language) for sentence in self.sentences]
        self.lengths = np.array([max(1, word_count(sentence.text)) for sentence in self.sentences], dtype=np.float32)
        self._positions = (np.cumsum(self.lengths) - self.lengths / 2).astype(np.float32)

    def relevance(self, query: Query) -> Array:
        """How much each sentence belongs to what the question is about, 0 to 1."""
        if not self.sentences:
            return np.zeros(0, dtype=np.float32)
        total = scaled(self.term_scores(query, _SURVEY_WIDTH if query.summary else _WORDS_WIDTH))
        if query.topic:
            total = scaled(total + _MEANING * scaled(self._surroundings @ self.vector(query.topic)))
        if query.speakers:
            total = total + _SPEAKER * scaled(self.presence(query.speakers))
        return scaled(total)

    def passages(self, query: Query) -> list[Passage]:
        """All segments as passages, most relevant first; neighbours of like relevance come together."""
        relevance = self.relevance(query)
        order = np.argsort(-relevance, kind="stable")
        return [Passage(self.sentences[i].first, self.sentences[i].last, float(relevance[i])) for i in order.tolist()]

    def term_scores(self, query: Query, width: float) -> Array:
        """BM25 of the question's words in the surroundings of each sentence, without a length to normalize."""
        found = np.zeros(len(self.sentences), dtype=np.float32)
        if not query.words:
            return found
        kin = self.kin(query)
        counts = np.zeros((len(self.sentences), len(kin)), dtype=np.float32)
        for column, weights in enumerate(kin.values()):
            for term, weight in weights.items():
                for row, count in self._postings[term]:
                    counts[row, column] += weight * count
        near = spread(counts, self._positions, width)
        rarity = np.array([self._shared_rarity(weights) for weights in kin.values()], dtype=np.float32)
        result: Array = (near / (near + _SATURATION)) @ rarity
        return result

    def kin(self, query: Query) -> dict[str, dict[str, float]]:
        """For each term of the question the terms of the recording that stand for it, with their weights."""
        vocabulary = list(self._postings)
        kin = {term: ({term: 1.0} if term in self._postings else {}) for term in query.words}
        if not vocabulary or not self._embedder.knows_meaning:
            return kin
        near = self._embedder.embed(list(query.words.values())) @ self._vocabulary_vectors.T
        for row, term in enumerate(query.words):
            for column in np.flatnonzero(near[row] > _NEAREST).tolist():
                weight = _KIN * (float(near[row, column]) - _NEAREST) / (1 - _NEAREST)
                kin[term].setdefault(vocabulary[column], weight)
        return kin

    def rarity(self, term: str) -> float:
        """The inverse document frequency of a term of the recording; 0 for one that it does not have."""
        stretches = {int(self._positions[row] // _CHUNK) for row, _ in self._postings.get(term, ())}
        count = 1 + self._positions[-1] // _CHUNK
        return math.log(1 + (count - len(stretches) + 0.5) / (len(stretches) + 0.5)) if stretches else 0.0

    def presence(self, speakers: tuple[int, ...]) -> Array:
        """Which part of the talk around each sentence is by one of these speakers."""
        theirs = np.array([sentence.speaker in speakers for sentence in self.sentences], dtype=np.float32)
        both = np.stack([theirs * self.lengths, self.lengths], axis=1)
        near = spread(both, self._positions, _SPEAKER_WIDTH)
        result: Array = near[:, 0] / near[:, 1]
        return result

    def vector(self, text: str) -> Array:
        """The meaning of a text."""
        result: Array = self._embedder.embed([text])[0]
        return result

    @cached_property
    def vectors(self) -> Vectors:
        """The meaning of each sentence by itself."""
        return self._embedder.embed(self.texts)

    @cached_property
    def _surroundings(self) -> Vectors:
        """The meaning of what is said around each sentence, less that of the whole recording."""
        near = _normalized(spread(self.vectors * self.lengths[:, None], self._positions, _MEANING_WIDTH))
        return _normalized(near - near.mean(axis=0))

    @cached_property
    def _postings(self) -> dict[str, list[tuple[int, int]]]:
        postings: dict[str, list[tuple[int, int]]] = {}
        for row, text in enumerate(self.texts):
            for term, count in Counter(terms(text, self.transcript.language)).items():
                postings.setdefault(term, []).append((row, count))
        return postings

    @cached_property
    def _vocabulary_vectors(self) -> Vectors:
        language = self.transcript.language
        written: dict[str, str] = {}
        for text in self.texts:
            for token in tokens(text):
                if not is_stop_word(token, language):
                    written.setdefault(stem(token) if language == "en" else token, token)
        return self._embedder.embed([written[term] for term in self._postings])

    def _shared_rarity(self, weights: dict[str, float]) -> float:
        """A question's term is as rare as the terms that stand for it are, on average; its own rarity if it stands."""
        own = [self.rarity(term) for term, weight in weights.items() if weight == 1]
        if own:
            return own[0]
        total = sum(weights.values())
        return sum(weight * self.rarity(term) for term, weight in weights.items()) / total if total else 0.0


def _normalized(vectors: Vectors) -> Vectors:
    result: Vectors = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), np.float32(1e-9))
    return result
