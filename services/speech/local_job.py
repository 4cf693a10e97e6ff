"""The worker that speaks: piper says the sentences, our own code puts them together."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from services.evidence.splitting import split_text
from services.speech.markup import plain
from services.speech.mastering import PARAGRAPH_PAUSE, SENTENCE_PAUSE, Piece, joined, write_spoken
from services.speech.normalize import normalize
from services.speech.piper import speak
from services.vocabulary.errors import UserError

_Report = Callable[[dict[str, Any]], None]
_PARAGRAPHS = re.compile(r"\n\s*\n")
_ANY_LENGTH = 100_000


@dataclass(frozen=True)
class _Sentence:
    """As a person reads it, as it is said, and the silence after it."""

    shown: str
    said: str
    pause: float


def serve() -> Callable[[dict[str, Any], _Report], dict[str, Any]]:
    """The handler of one request: text, voice (path) and path of the mp3.

    The result is its duration and its marks, a [start, sentence] each; in seconds.
    """
    return _speak


def _speak(request: dict[str, Any], _report: _Report) -> dict[str, Any]:
    sentences = [each for paragraph in _PARAGRAPHS.split(request["text"]) for each in _sentences(paragraph)]
    if not sentences:
        raise UserError("There is nothing in that text that can be said aloud.")
    path = Path(request["path"])
    # Piper says each sentence by itself in any case; told apart, each has a length.
    spoken, rate = speak([each.said for each in sentences], Path(request["voice"]), scratch=path.parent)
    pieces = [Piece(samples, each.pause) for samples, each in zip(spoken, sentences, strict=True)]
    sound, starts = joined(pieces, rate)
    marks = [[round(start, 3), each.shown] for start, each in zip(starts, sentences, strict=True)]
    return {"duration": write_spoken(path, sound, rate), "marks": marks}


def _sentences(paragraph: str) -> Iterator[_Sentence]:
    """The sentences of a paragraph that can be said."""
    written = [(shown, normalize(shown)) for shown in split_text(plain(paragraph), longest=_ANY_LENGTH)]
    sayable = [(shown, said) for shown, said in written if _is_sayable(said)]
    for number, (shown, said) in enumerate(sayable, 1):
        yield _Sentence(shown, said, PARAGRAPH_PAUSE if number == len(sayable) else SENTENCE_PAUSE)


def _is_sayable(text: str) -> bool:
    """Whether there is a letter that an English voice can say; piper fails on a line without any."""
    return any(character.isascii() and character.isalpha() for character in text)
