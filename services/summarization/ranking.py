"""Which sentences say most about a recording, and which of them to show."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from services.evidence.splitting import is_finished
from services.summarization.readability import roughness
from services.summarization.reading import Reading

Scores = NDArray[np.float64]

_CHAPTER, _WORDING, _ROUGHNESS = 0.25, 0.5, 1.5
_SEVERED = 0.4
_REDUNDANCY, _CROWDING = 1.5, 1.0
_SAME = 0.92


def importance(reading: Reading, starts: Sequence[int]) -> Scores:
    """One score a sentence: near the middle of the whole and of its chapter, rich in what comes back, well said.

    `starts` are the sentences that chapters begin with. Scores of one recording compare, those of two do not.
    """
    weights = np.array([np.log1p(len(line)) for line in reading.terms])
    chapters = np.concatenate(
        [
            _centrality(part, w)
            for part, w in zip(np.split(reading.centered, starts[1:]), np.split(weights, starts[1:]), strict=True)
        ]
    )
    return (
        _standard(_centrality(reading.centered, weights))
        + _CHAPTER * _standard(chapters)
        + _WORDING * _standard(_wording(reading))
        - _ROUGHNESS * roughnesses(reading)
    )


def pick(
    reading: Reading, scores: Scores, limit: int, *, starts: Sequence[int], taken: Sequence[int] = ()
) -> list[int]:
    """Up to `limit` sentences by maximal marginal relevance, the best first.

    Each is unlike those before it and those `taken`, and a chapter that has its share already gives way to others.
    Sentences that score minus infinity are never picked.
    """
    chapter = np.searchsorted(np.array(starts), np.arange(len(scores)), side="right") - 1
    share = np.bincount(chapter, weights=np.sqrt(reading.lengths), minlength=len(starts))
    fair = np.maximum(share / max(float(share.sum()), 1e-6) * max(limit, 1), 0.5)
    chosen: list[int] = []
    left = scores.astype(np.float64).copy()
    for index in taken:
        left -= _REDUNDANCY * np.maximum(0.0, reading.vectors @ reading.vectors[index])
        left[_same(reading, index)] = -np.inf
    while len(chosen) < limit and left.max(initial=-np.inf) > -np.inf:
        index = int(left.argmax())
        chosen.append(index)
        left -= _REDUNDANCY * np.maximum(0.0, reading.vectors @ reading.vectors[index])
        left -= _CROWDING * (chapter == chapter[index]) / fair[chapter[index]]
        left[_same(reading, index)] = -np.inf
    return chosen


def _same(reading: Reading, index: int) -> NDArray[np.bool_]:
    """The sentence itself and those that say the same."""
    same = np.asarray(reading.vectors @ reading.vectors[index] > _SAME)
    same[index] = True
    return same


def roughnesses(reading: Reading) -> Scores:
    """`roughness`, and more for what the splitter had to cut out of a longer sentence."""
    language, said = reading.transcript.language, reading.sentences
    rough = np.array([roughness(s.text, text, language) for s, text in zip(said, reading.texts, strict=True)])
    for i, sentence in enumerate(said):
        severed = i > 0 and said[i - 1].speaker == sentence.speaker and not is_finished(said[i - 1].text)
        rough[i] += _SEVERED * (severed + (not is_finished(sentence.text)))
    return rough


def _centrality(vectors: NDArray[np.float32], weights: Scores) -> Scores:
    middle = (vectors * weights[:, None]).sum(axis=0)
    return np.asarray(vectors @ middle / max(float(np.linalg.norm(middle)), 1e-6), dtype=np.float64)


def _wording(reading: Reading) -> Scores:
    """The weight of a sentence's different terms by how often each comes back, against its length."""
    found = [sum(np.log(reading.spread[term]) for term in dict.fromkeys(line)) for line in reading.terms]
    return np.array(found) / np.sqrt(np.maximum(reading.lengths, 10))


def _standard(values: Scores) -> Scores:
    return np.asarray((values - values.mean()) / max(float(values.std()), 1e-6), dtype=np.float64)
