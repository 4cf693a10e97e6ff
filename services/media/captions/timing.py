"""Times for cues that have none, and for words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from services.evidence.splitting import word_count
from services.media.captions.cues import Cue
from services.vocabulary.transcript import Word

_UNSPACED = "\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_TOKEN = re.compile(rf"[{_UNSPACED}][\u3000-\u303f\uff00-\uff0f\uff1a-\uff1f]*|[^\s{_UNSPACED}]+")
_PACE = 2.5
"""Words a second where nobody says how long the recording is."""
_LONGEST_TOKEN = 20
"""Letters; what is longer is an address or a noise, and not said letter by letter."""
_LONGEST_WORD = 1.5
"""Seconds; a caption that stays longer than its words need stands over a pause."""


def timed(cues: Sequence[Cue], duration: float | None) -> list[Cue]:
    """The cues in order of time, inside the recording; those without times share the time that is left by their words.

    A text without any time is spread over the whole recording, one between two times over what lies between them.
    """
    found: list[Cue] = []
    known = [cue.start for cue in cues if cue.timed]
    reached = 0.0
    passed = 0
    for is_timed, group in groupby(cues, key=lambda cue: cue.timed):
        run = list(group)
        if is_timed:
            found += run
            passed += len(run)
            reached = max(reached, *(cue.end for cue in run))
        else:
            words = sum(word_count(cue.text) for cue in run)
            until = known[passed] if passed < len(known) else duration or reached + words / _PACE
            found += _spread(run, reached, max(reached, until))
    found.sort(key=lambda cue: cue.start)
    return found if duration is None else [_inside(cue, duration) for cue in found]


def words_of(cue: Cue) -> list[Word]:
    """The cue's words with times: its own where the format has them, else each by its length."""
    if cue.words:
        return list(cue.words)
    tokens = _TOKEN.findall(cue.text)
    length = min(cue.end - cue.start, _LONGEST_WORD * len(tokens))
    weights = [1 + min(len(token), _LONGEST_TOKEN) for token in tokens]
    letters = sum(weights)
    found: list[Word] = []
    before = 0
    for token, weight in zip(tokens, weights, strict=True):
        start = cue.start + length * before / letters
        before += weight
        found.append(Word(text=token, start=round(start, 3), end=round(cue.start + length * before / letters, 3)))
    return found


def _spread(run: Sequence[Cue], start: float, end: float) -> list[Cue]:
    counts = [max(1, word_count(cue.text)) for cue in run]
    pace = (end - start) / sum(counts)
    found = []
    at = start
    for cue, count in zip(run, counts, strict=True):
        found.append(cue.model_copy(update={"start": round(at, 3), "end": round(at + count * pace, 3)}))
        at += count * pace
    return found


def _inside(cue: Cue, duration: float) -> Cue:
    if cue.end <= duration:
        return cue
    words = tuple(
        word.model_copy(update={"start": min(word.start, duration), "end": min(word.end, duration)})
        for word in cue.words
    )
    return cue.model_copy(update={"start": min(cue.start, duration), "end": duration, "words": words})
