"""The part of a recording that a question is about.

Words and meaning are matched sentence by sentence, and every match counts for its surroundings too: a discussion goes
on for minutes while its subject is named now and then. What a named speaker says, and what is said around it, counts
more. (The widths and weights are those that did best on QMSum's validation meetings; all of them are on a plateau.)
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from services.evidence.embeddings import Embedder, Vectors, normalized
from services.evidence.folding import strip_invisible
from services.evidence.lexicon import Lexicon
from services.evidence.queries import Query
from services.evidence.sentences import Sentence, sentences
from services.evidence.splitting import word_count
from services.evidence.spreading import Array, scaled, spread
from services.evidence.tidying import tidy
from services.vocabulary.transcript import Transcript

_WORDS_WIDTH, _SURVEY_WIDTH, _MEANING_WIDTH, _SPEAKER_WIDTH = 230.0, 350.0, 150.0, 115.0
"""How far a match reaches, in words: of terms, of terms for a summary, of meaning, of a speaker's presence."""
_LONG = 8_000.0
"""Words of a recording from which matches reach that far; in shorter ones discussions are shorter too."""
_MEANING, _SPEAKER = 0.5, 0.6
"""What meaning and a named speaker weigh beside the terms' 1."""
_SATURATION = 1.2


@dataclass(frozen=True)
class Passage:
    """Consecutive segments `first`..`last` (inclusive ids), with their relevance, 0 to 1."""

    first: int
    last: int
    relevance: float


class Retriever:
    """Finds passages of one transcript; what it computes about the transcript is kept for further questions.

    `sentences`, `texts` (the same, tidied; empty where only fillers were said) and `lengths` (in words) run parallel.
    """

    def __init__(self, transcript: Transcript, embedder: Embedder) -> None:
        self.transcript = transcript
        self.sentences: tuple[Sentence, ...] = sentences(transcript)
        self.texts = [tidy(strip_invisible(sentence.text), transcript.language) for sentence in self.sentences]
        self.lengths = np.array([max(1, word_count(sentence.text)) for sentence in self.sentences], dtype=np.float32)
        self._positions = (np.cumsum(self.lengths) - self.lengths / 2).astype(np.float32)
        self._reach = float(min(1.0, (self.lengths.sum() / _LONG) ** 0.5))
        self._embedder = embedder
        self.lexicon = Lexicon(self.texts, self._positions, transcript.language, embedder)

    @property
    def knows_meaning(self) -> bool:
        """Whether different words of like meaning are near; without it only shared words count."""
        return self._embedder.knows_meaning

    def passages(self, query: Query) -> list[Passage]:
        """All that was said, sentence by sentence, most relevant first."""
        relevance = self.relevance(query)
        order = np.argsort(-relevance, kind="stable").tolist()
        return [Passage(self.sentences[i].first, self.sentences[i].last, float(relevance[i])) for i in order]

    def relevance(self, query: Query) -> Array:
        """How much each sentence belongs to what the question is about, 0 to 1."""
        if not self.sentences:
            return np.zeros(0, dtype=np.float32)
        total = scaled(self._term_scores(query))
        if query.topic:
            total = scaled(total + _MEANING * scaled(self._surroundings @ self.vector(query.topic)))
        if query.speakers:
            total = total + _SPEAKER * scaled(self._presence(query.speakers))
        return scaled(total)

    def vector(self, text: str) -> Array:
        """The meaning of a text."""
        result: Array = self._embedder.embed([text])[0]
        return result

    @cached_property
    def vectors(self) -> Vectors:
        """The meaning of each sentence by itself."""
        return self._embedder.embed(self.texts)

    def _term_scores(self, query: Query) -> Array:
        """BM25 of the question's words in the surroundings of each sentence, without a length to normalize."""
        counts, rarity = self.lexicon.match(query)
        near = self._spread(counts, _SURVEY_WIDTH if query.summary else _WORDS_WIDTH)
        result: Array = (near / (near + _SATURATION)) @ rarity
        return result

    def _presence(self, speakers: tuple[int, ...]) -> Array:
        """Which part of the talk around each sentence is by one of these speakers."""
        theirs = np.array([sentence.speaker in speakers for sentence in self.sentences], dtype=np.float32)
        near = self._spread(np.stack([theirs * self.lengths, self.lengths], axis=1), _SPEAKER_WIDTH)
        result: Array = near[:, 0] / near[:, 1]
        return result

    @cached_property
    def _surroundings(self) -> Vectors:
        """The meaning of what is said around each sentence, less that of the whole recording."""
        near = normalized(self._spread(self.vectors * self.lengths[:, None], _MEANING_WIDTH))
        return normalized(near - near.mean(axis=0))

    def _spread(self, values: Array, width: float) -> Array:
        return spread(values, self._positions, width * self._reach)
