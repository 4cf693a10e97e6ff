"""The sentences of a recording that answer a question: real ones, few, and in the order in which they were said."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.answering.questions import FACTS, Kind, shows
from services.evidence.queries import Query
from services.evidence.retrieval import Retriever
from services.evidence.spreading import Array, scaled
from services.evidence.splitting import is_finished

Rows = NDArray[np.int64]

_AROUND = 700.0
"""Words of the most relevant talk that are searched for the answer."""
_SHORTEST, _SHORTEST_FACT = 8, 3
"""Words of the shortest sentence that may answer."""
_SENTENCES_OF_A_FACT = 2
_LEFT = 6
"""Words still free at which the answer is full."""
_LENGTH, _SHOWN, _ASKED, _UNFINISHED, _BY_SPEAKER = 0.3, 1.0, 1.5, 0.3, 0.75
"""What these weigh beside one standard deviation of the question's words in a sentence."""
_REPEATED = 0.5


@dataclass(frozen=True)
class Request:
    """What is to be answered, in at most `words` words."""

    query: Query
    kind: Kind
    words: int

    @property
    def is_fact(self) -> bool:
        """Whether one or two sentences are the answer."""
        return self.kind in FACTS


def choose(retriever: Retriever, request: Request) -> list[int]:
    """The sentences that answer, as rows in order of time."""
    rows = _candidates(retriever, request)
    if not len(rows):
        return []
    picked = _picked(retriever, request, rows, _worth(retriever, request, rows))
    return sorted(_with_replies(retriever, request, picked) if request.is_fact else picked)


def _candidates(retriever: Retriever, request: Request) -> Rows:
    """The sentences of the most relevant talk that are long enough to say something."""
    shortest = _SHORTEST_FACT if request.is_fact else _SHORTEST
    order = np.argsort(-retriever.relevance(request.query), kind="stable")
    if not request.query.whole and (request.query.words or request.query.speakers):
        order = order[: int(np.searchsorted(np.cumsum(retriever.lengths[order]), _AROUND)) + 1]
    rows = [row for row in sorted(order.tolist()) if len(retriever.texts[row]) and retriever.lengths[row] >= shortest]
    if request.kind in (Kind.ACTIONS, Kind.DECISIONS):
        rows = [row for row in rows if shows(request.kind, retriever.texts[row])] or rows
    return np.array(rows, dtype=np.int64)


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
    sentences = [retriever.sentences[row] for row in rows]
    worth += _SHOWN * np.array([shows(request.kind, text) for text in texts])
    worth -= _ASKED * np.array([text.endswith(("?", "？")) and not request.is_fact for text in texts])  # noqa: RUF001
    worth -= _UNFINISHED * np.array([not is_finished(sentence.text) for sentence in sentences])
    worth += _BY_SPEAKER * np.array([sentence.speaker in query.speakers for sentence in sentences])
    return worth


def _picked(retriever: Retriever, request: Request, rows: Rows, worth: Array) -> list[int]:
    """The best sentences that fit, each made less by what it repeats of those picked before."""
    vectors = retriever.vectors[rows]
    worth = scaled(worth)
    repeated = np.zeros(len(rows), dtype=np.float32)
    free = np.ones(len(rows), dtype=bool)
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
