"""Whether the recording says anything about a question, or only shares words with it.

Two signs are added: how many of the question's terms stand together, each by its rarity, and how near the nearest
sentences are in meaning. The bound was set on QMSum's validation questions, asked of their own meeting and of meetings
about other things; `python -m benchmarks.score --only refusals` shows what it does.
"""

from __future__ import annotations

import numpy as np

from services.answering.questions import FACTS, Kind
from services.evidence.queries import Query
from services.evidence.retrieval import Retriever

ENOUGH = 0.42
"""The support from which a question is answered."""
_COVERAGE, _NAMED = 0.3, 0.15
_FACT_COVERAGE, _WORDS_ALONE, _ALL_WORDS = 0.4, 0.5, 0.9
"""What part of a question must stand near together: for a fact, where meaning is not known, and to be enough alone."""
_SHORTEST, _NEAREST, _TOGETHER = 6, 3, 4
"""Words of a sentence that is compared, how many of the nearest count, and how many in a row are one place."""


def is_said(retriever: Retriever, query: Query, kind: Kind) -> bool:
    """Whether to answer at all."""
    if query.whole:
        return True
    if not query.words:
        return bool(query.speakers) or kind in (Kind.ACTIONS, Kind.DECISIONS)
    covered = coverage(retriever, query)
    if kind in FACTS and covered < _FACT_COVERAGE:
        return False
    if not retriever.knows_meaning:
        return covered >= _WORDS_ALONE
    return covered >= _ALL_WORDS or support(retriever, query, covered) >= ENOUGH


def support(retriever: Retriever, query: Query, covered: float) -> float:
    """How sure it is that the question is spoken about; from about 0 to 1.5."""
    return nearness(retriever, query) + _COVERAGE * covered + _NAMED * bool(query.speakers)


def coverage(retriever: Retriever, query: Query) -> float:
    """The part of the question's terms, by rarity, that stands within a few sentences; akin ones in part. 0 to 1."""
    counts, rarity = retriever.lexicon.match(query)
    if not counts.size or not rarity.sum():
        return 0.0
    said = np.minimum(counts, 1)
    together = np.max([np.roll(said, shift, axis=0) for shift in range(_TOGETHER)], axis=0)
    return float((together @ rarity).max() / rarity.sum())


def nearness(retriever: Retriever, query: Query) -> float:
    """The mean cosine of the question's topic and the sentences nearest to it, short ones left out."""
    near = (retriever.vectors @ retriever.vector(query.topic))[retriever.lengths >= _SHORTEST]
    return float(np.sort(near)[-_NEAREST:].mean()) if len(near) else 0.0
