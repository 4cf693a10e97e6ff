"""Words into sentences: at full stops, at pauses where there are none, and never too long to read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from services.evidence.splitting import split_text
from services.media.captions.cues import Cue
from services.media.captions.timing import words_of
from services.vocabulary.transcript import Word

_PAUSE = 1.2
"""Seconds of silence that end a segment, as in recognized speech."""
_MOST_WORDS, _MOST_UNFINISHED = 40, 25
"""Words of a sentence that is not cut; captions of machines have no full stops, so their pieces are kept shorter."""
_MOST_SECONDS = 20.0
_EDGE, _WIDE_EDGE, _VERY_MANY = 0.25, 0.45, 400
"""The part at either end of a long sentence in which it is not cut; more of it where there are very many words."""
_LONG_PAUSE, _CLAUSE, _OFF_CENTRE = 1.5, 0.4, 0.6
"""What the best place to cut gains by a pause (in seconds) and by a comma, and loses by lying off the middle."""


class Said(NamedTuple):
    """The words of one sentence, or of a part of a long one, and the name of who says it where captions tell."""

    words: tuple[Word, ...]
    voice: str | None


def sentences_of(cues: Sequence[Cue]) -> list[Said]:
    """The sentences of cues that are in order of time; every word is in exactly one, and times never go back."""
    return [
        Said(tuple(piece), voice)
        for words, voice in _runs(cues)
        for sentence in _finished(words)
        for piece in _cut(sentence)
    ]


def _runs(cues: Sequence[Cue]) -> Iterator[tuple[list[Word], str | None]]:
    """What one voice says without a long pause."""
    run: list[Word] = []
    voice: str | None = None
    for cue in cues:
        begins = cue.turn or cue.speaker != voice
        for word in words_of(cue):
            at = run[-1].end if run else 0.0
            if run and (begins or word.start - at > _PAUSE):
                yield run, voice
                run = []
            run.append(_after(word, at) if word.start < at else word)
            begins, voice = False, cue.speaker
    if run:
        yield run, voice


def _after(word: Word, at: float) -> Word:
    return Word(text=word.text, start=at, end=max(at, word.end))


def _finished(words: Sequence[Word]) -> Iterator[list[Word]]:
    sentence: list[Word] = []
    for index, word in enumerate(words):
        sentence.append(word)
        if index + 1 < len(words) and not word.text[-1:].isalnum() and _ends(word.text, words[index + 1].text):
            yield sentence
            sentence = []
    if sentence:
        yield sentence


def _ends(word: str, following: str) -> bool:
    """Whether a sentence ends between these two, as the rest of the product sees it: not after 'Dr.'."""
    return len(split_text(f"{word} {following}")) > 1


def _cut(words: list[Word]) -> Iterator[list[Word]]:
    """Halve where a breath is taken until every piece is short enough."""
    waiting = [words]
    while waiting:
        piece = waiting.pop()
        if len(piece) < 2 or not _is_long(piece):  # noqa: PLR2004 - one word cannot be cut
            yield piece
            continue
        at = _best_cut(piece)
        waiting += [piece[at:], piece[:at]]


def _is_long(words: Sequence[Word]) -> bool:
    finished = words[-1].text[-1:] in (".", "!", "?", "\u2026", "\u3002")
    most = _MOST_WORDS if finished else _MOST_UNFINISHED
    return len(words) > most or words[-1].end - words[0].start > _MOST_SECONDS


def _best_cut(words: Sequence[Word]) -> int:
    """The index of the word that begins the second part."""
    edge = _EDGE if len(words) <= _VERY_MANY else _WIDE_EDGE
    low = max(1, int(len(words) * edge))
    high = max(low + 1, int(len(words) * (1 - edge)))
    middle = len(words) / 2

    def worth(at: int) -> float:
        pause = min(_LONG_PAUSE, words[at].start - words[at - 1].end)
        clause = _CLAUSE * (words[at - 1].text[-1:] in ",;:\u3001\uff0c\u2014")
        return pause + clause - _OFF_CENTRE * abs(at - middle) / len(words)

    return max(range(low, high), key=worth)
