"""The sentences of a recording that answer a question: real ones, few, and in the order in which they were said."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from services.answering.questions import FACTS, Kind, shows
from services.evidence.queries import Query, is_about_saying
from services.evidence.retrieval import Retriever
from services.evidence.spreading import Array, scaled

Rows = NDArray[np.int64]

_AROUND = 8.0
"""Words of the most relevant talk that are searched for the answer, for each root of a word of the recording."""
_FEW = 4
"""Sentences that are all looked at."""
_RELEVANT = 0.55
"""The relevance from which a sentence may answer."""
_CLOSE = 2.0
"""How much less than the best sentence the second one of a fact may be worth."""
_ACTS = (Kind.ACTIONS, Kind.DECISIONS)
_STRETCH = 16
"""Words of a summary for each stretch of the recording that it is taken from."""
_SHORTEST, _SHORTEST_ACT, _SHORTEST_FACT = 8, 5, 3
"""Words of the shortest sentence that may answer: anything, what was decided or promised, and a fact."""
_SENTENCES_OF_A_FACT = 2
_LEFT = 6
"""Words still free at which the answer is full."""
_LENGTH, _SHOWN, _ASKED, _BY_SPEAKER = 0.3, 1.0, 1.5, 0.75
"""What these weigh beside one standard deviation of the question's words in a sentence."""
_REPEATED = 0.5


@dataclass(frozen=True)
class Request:
    """What is to be answered, in at most `words` words, and the rows that may not answer again."""

    query: Query
    kind: Kind
    words: int
    without: tuple[int, ...] = ()

    @property
    def is_fact(self) -> bool:
        """Whether one or two sentences are the answer."""
        return self.kind in FACTS


def choose(retriever: Retriever, request: Request) -> list[int]:
    """The sentences that answer, as rows in order of time."""
    rows = _candidates(retriever, request)
    if not len(rows):
        return []
    worth = _worth(retriever, request, rows)
    if request.query.whole:
        return _surveyed(retriever, request, rows, worth)
    picked = _picked(retriever, request, rows, worth)
    return sorted(_with_replies(retriever, request, picked) if request.is_fact else picked)


def _candidates(retriever: Retriever, request: Request) -> Rows:
    """The sentences that are about the question and long enough to say something."""
    query, kind = request.query, request.kind
    acts = kind in _ACTS and not query.words
    rows = [row for row, text in enumerate(retriever.texts) if text and row not in request.without]
    if acts:
        rows = [row for row in rows if shows(kind, retriever.texts[row])]
    if query.speakers and (not query.words or is_about_saying(query.text, retriever.transcript.speakers)):
        rows = [row for row in rows if retriever.sentences[row].speaker in query.speakers] or rows
        query = replace(query, speakers=())
    if query.words:
        rows = _relevant(retriever, query, rows)
    shortest = _SHORTEST_FACT if request.is_fact else _SHORTEST_ACT if acts else _SHORTEST
    return np.array([row for row in rows if retriever.lengths[row] >= shortest] or rows, dtype=np.int64)


def _relevant(retriever: Retriever, query: Query, rows: list[int]) -> list[int]:
    """The most relevant of these sentences: more of them in a longer recording, but a smaller part of it."""
    said = float(retriever.lengths.sum())
    if len(rows) <= _FEW:
        return rows
    relevance = retriever.relevance(query)
    best = sorted(rows, key=lambda row: -relevance[row])
    within = int(np.searchsorted(np.cumsum(retriever.lengths[best]), _AROUND * said**0.5)) + 1
    floor = _RELEVANT * relevance[best[0]]
    return sorted(row for row in best[:within] if relevance[row] >= floor)


def _worth(retriever: Retriever, request: Request, rows: Rows) -> Array:
    """How well each sentence answers: it has the question's words and meaning, and says what those around it say."""
    query = request.query
    counts, rarity = retriever.lexicon.match(query)
    vectors = retriever.vectors[rows]
    worth = _standardized(np.minimum(counts[rows], 1) @ rarity)
    worth += _standardized(vectors @ vectors.mean(axis=0))
    worth += _standardized(retriever.relevance(query)[rows])
    worth += _LENGTH * _standardized(np.log(retriever.lengths[rows]))
    if query.topic:
        worth += _standardized(vectors @ retriever.vector(query.topic))
    texts = [retriever.texts[row] for row in rows]
    worth += _SHOWN * np.array([shows(request.kind, text) for text in texts])
    worth -= _ASKED * np.array([text.endswith(("?", "？")) and not request.is_fact for text in texts])  # noqa: RUF001
    worth += _BY_SPEAKER * np.array([retriever.sentences[row].speaker in query.speakers for row in rows])
    return worth


def _picked(retriever: Retriever, request: Request, rows: Rows, worth: Array) -> list[int]:
    """The best sentences that fit, each made less by what it repeats of those picked before."""
    vectors = retriever.vectors[rows]
    free = worth >= worth.max() - (_CLOSE if request.is_fact else np.inf)
    worth = scaled(worth)
    repeated = np.zeros(len(rows), dtype=np.float32)
    picked: list[int] = []
    left = request.words
    most = _SENTENCES_OF_A_FACT if request.is_fact else len(rows)
    while free.any() and len(picked) < most and left > _LEFT:
        best = int(np.argmax(np.where(free, worth - _REPEATED * repeated, -np.inf)))
        free[best] = False
        length = len(retriever.texts[rows[best]].split())
        if length <= left:
            picked.append(int(rows[best]))
            left -= length
            repeated = np.maximum(repeated, vectors @ vectors[best])
    return picked


def _surveyed(retriever: Retriever, request: Request, rows: Rows, worth: Array) -> list[int]:
    """The best sentence of each of a few stretches of equal length, so that all of the recording has its say."""
    ends = np.cumsum(retriever.lengths)[rows]
    stretches = max(1, request.words // _STRETCH)
    stretch = np.minimum((ends * stretches / (ends[-1] + 1)).astype(int), stretches - 1)
    picked: list[int] = []
    left = request.words
    for index in range(stretches):
        within = sorted(np.flatnonzero(stretch == index).tolist(), key=lambda at: -worth[at])
        fitting = [
            int(rows[at]) for at in within if len(retriever.texts[rows[at]].split()) <= left / (stretches - index) * 1.5
        ]
        if fitting:
            picked.append(fitting[0])
            left -= len(retriever.texts[fitting[0]].split())
    return picked


def _with_replies(retriever: Retriever, request: Request, picked: list[int]) -> list[int]:
    """The sentences with what was replied to those that are questions themselves."""
    found = dict.fromkeys(picked)
    left = request.words - sum(len(retriever.texts[row].split()) for row in picked)
    for row in picked:
        replies = [
            r for r in range(row + 1, min(row + 4, len(retriever.texts))) if retriever.texts[r] and r not in found
        ]
        if retriever.texts[row].endswith(("?", "？")) and replies:  # noqa: RUF001 - the full-width one is meant
            reply = next((r for r in replies if shows(request.kind, retriever.texts[r])), replies[0])
            if len(retriever.texts[reply].split()) <= left:
                found[reply] = None
                left -= len(retriever.texts[reply].split())
    return list(found)


def _standardized(values: Array) -> Array:
    """The values as standard deviations from their mean."""
    result: Array = ((values - values.mean()) / (values.std() + 1e-9)).astype(np.float32)
    return result
