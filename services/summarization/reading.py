"""A transcript read once, as everything that the extracts are made from: sentences, terms and vectors."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from services.evidence.embeddings import Embedder, Vectors
from services.evidence.folding import strip_invisible
from services.evidence.sentences import Sentence, sentences
from services.evidence.splitting import word_count
from services.evidence.terms import terms
from services.evidence.tidying import tidy
from services.vocabulary.transcript import Transcript

_BLOCK = 80
"""Words of a stretch in which a term counts once: about half a minute of speech."""


@dataclass(frozen=True)
class Reading:
    """The sentences of a transcript in order, and beside each its tidied text, terms, length in words and vector.

    Rows of `vectors` have length 1, or are zeros where nothing but fillers was said.
    """

    transcript: Transcript
    sentences: tuple[Sentence, ...]
    texts: tuple[str, ...]
    terms: tuple[tuple[str, ...], ...]
    lengths: tuple[int, ...]
    vectors: Vectors

    @cached_property
    def counts(self) -> Counter[str]:
        """How often each term was said."""
        return Counter(term for line in self.terms for term in line)

    @cached_property
    def spread(self) -> dict[str, int]:
        """In how many stretches of half a minute each term was said: what comes back is what it is about."""
        found: dict[str, set[int]] = defaultdict(set)
        for block, line in zip(self.blocks, self.terms, strict=True):
            for term in line:
                found[term].add(int(block))
        return {term: len(blocks) for term, blocks in found.items()}

    @cached_property
    def blocks(self) -> np.ndarray:
        """The stretch of half a minute that each sentence begins in."""
        before = np.cumsum(self.lengths) - self.lengths
        return np.asarray(before // _BLOCK, dtype=int)

    @cached_property
    def centered(self) -> Vectors:
        """The vectors without what all sentences of this recording share, at length 1 again."""
        said = np.array([bool(line) for line in self.terms])
        if not said.any():
            return np.zeros_like(self.vectors)
        vectors = (self.vectors - self.vectors[said].mean(axis=0)) * said[:, None]
        return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6), dtype=np.float32)

    @property
    def words(self) -> int:
        """Words that were said, fillers left out."""
        return sum(self.lengths)


def read(transcript: Transcript, embedder: Embedder) -> Reading:
    """Read a transcript; sentences of nothing but fillers are left out."""
    pairs = [(s, tidy(strip_invisible(s.text), transcript.language)) for s in sentences(transcript)]
    kept = [(sentence, text) for sentence, text in pairs if text]
    texts = tuple(text for _, text in kept)
    return Reading(
        transcript=transcript,
        sentences=tuple(sentence for sentence, _ in kept),
        texts=texts,
        terms=tuple(tuple(terms(text, transcript.language)) for text in texts),
        lengths=tuple(word_count(text) for text in texts),
        vectors=embedder.embed(texts),
    )
