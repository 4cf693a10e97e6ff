"""Where one subject ends and the next begins.

Meaning, words and voices are each taken as a row of vectors; the cut is the one that leaves the least scatter in all
three, with a little extra for beginnings that sound like one. Measured on meetings of three kinds and on screen
recordings: each view helps, and the weights may be halved or doubled without much harm.
"""

from __future__ import annotations

import math
from collections import defaultdict

import numpy as np
from numpy.typing import NDArray

from services.summarization import transitions
from services.summarization.reading import Reading
from services.summarization.segmentation import cut, scatter

_WORDS, _VOICES = 0.5, 0.5
"""Weights of the views beside that of meaning, which counts 1."""
_OPENING, _ANNOUNCEMENT, _VOICE, _PAUSE = 0.06, 0.06, 0.1, 0.05
"""What it is worth to begin where somebody says 'okay', says what comes, takes the floor, or falls silent before."""
_CELLS = 300
_SPAN = 250
"""A recording of n times that many words has about sqrt(n) chapters: 2 in 6 minutes, 6 in an hour, 12 in four."""
_SLOW = 60.0
"""Words a minute under which a recording is counted by its time: people at work say little."""
_SHORTEST_SHARE, _SHORTEST = 0.06, 25.0


def chapter_starts(reading: Reading) -> list[int]:
    """The sentences (by index) with which chapters begin, the first always 0; empty without sentences."""
    if not reading.sentences:
        return []
    parts = _count(reading)
    beginnings = _beginnings(reading)
    cells = _cells(reading, beginnings)
    if parts < 2 or len(cells) < 2:  # noqa: PLR2004 - one chapter
        return [0]
    sizes = np.add.reduceat(np.array(reading.lengths, dtype=np.float64), cells)
    loss = _meaning(reading, cells) + _WORDS * _wording(reading, cells) + _VOICES * _voices(reading, cells)
    smallest = max(_SHORTEST, _SHORTEST_SHARE * reading.words)
    return [0, *(int(cells[cell]) for cell in cut(loss, beginnings[cells], sizes, parts, smallest))]


def _count(reading: Reading) -> int:
    minutes = (reading.sentences[-1].end - reading.sentences[0].start) / 60
    return round(math.sqrt(max(reading.words, _SLOW * minutes) / _SPAN))


def _beginnings(reading: Reading) -> NDArray[np.float64]:
    """For each sentence how much it sounds like a beginning."""
    language = reading.transcript.language
    said = reading.sentences
    opens = [transitions.opens(sentence.text, language) for sentence in said]
    announces = [transitions.announces(sentence.text, language) for sentence in said] + [False]
    worth = np.zeros(len(said))
    for i in range(1, len(said)):
        worth[i] = (
            _OPENING * opens[i]
            + _ANNOUNCEMENT * (announces[i] or announces[i + 1])
            + _VOICE * (said[i].speaker != said[i - 1].speaker)
            + _PAUSE * transitions.pause(said[i].start - said[i - 1].end)
        )
    return worth


def _cells(reading: Reading, beginnings: NDArray[np.float64]) -> NDArray[np.int64]:
    """The sentences that a chapter may begin with: the best beginning of each three-hundredth of the words."""
    before = np.cumsum(reading.lengths) - reading.lengths
    best: dict[int, int] = {}
    for i in range(1, len(reading.sentences)):
        if reading.sentences[i].first > reading.sentences[i - 1].last:
            cell = int(before[i] * _CELLS // reading.words)
            if cell not in best or beginnings[i] > beginnings[best[cell]]:
                best[cell] = i
    return np.array([0, *best.values()], dtype=np.int64)


def _meaning(reading: Reading, cells: NDArray[np.int64]) -> NDArray[np.float64]:
    weights = np.sqrt([len(line) for line in reading.terms])
    sums = np.add.reduceat(reading.centered * weights[:, None], cells)
    return scatter(sums.astype(np.float64), np.add.reduceat(weights, cells))


def _wording(reading: Reading, cells: NDArray[np.int64]) -> NDArray[np.float64]:
    """Terms said at least twice, the rarer the heavier, each sentence at length 1 as the vectors are."""
    stretches = int(reading.blocks[-1]) + 1
    rarity = {t: math.log((stretches + 1) / reading.spread[t]) for t, count in reading.counts.items() if count > 1}
    column = {term: i for i, term in enumerate(rarity)}
    sums, weights = np.zeros((len(cells), len(column))), np.zeros(len(cells))
    for row, lines in enumerate(np.split(np.arange(len(reading.terms)), cells[1:])):
        for line in (reading.terms[i] for i in lines):
            bag: dict[str, float] = defaultdict(float)
            for term in line:
                if term in column:
                    bag[term] += rarity[term]
            length = math.sqrt(sum(value * value for value in bag.values()))
            weight = math.sqrt(len(line)) if length else 0.0
            weights[row] += weight
            for term, value in bag.items():
                sums[row, column[term]] += weight * value / length
    return scatter(sums, weights)


def _voices(reading: Reading, cells: NDArray[np.int64]) -> NDArray[np.float64]:
    speakers = sorted({sentence.speaker for sentence in reading.sentences})
    column = {speaker: i for i, speaker in enumerate(speakers)}
    shares = np.zeros((len(reading.sentences), len(speakers)))
    for i, sentence in enumerate(reading.sentences):
        shares[i, column[sentence.speaker]] = reading.lengths[i]
    return scatter(np.add.reduceat(shares, cells), np.add.reduceat(np.array(reading.lengths, dtype=np.float64), cells))
