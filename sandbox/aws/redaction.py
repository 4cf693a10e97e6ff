"""Personal data in what was heard, found by its form alone: the real service finds far more."""

from __future__ import annotations

import re
from dataclasses import replace

from sandbox.aws.engines import Heard, HeardWord
from sandbox.aws.transcribe_document import PERSONAL

_FORM = re.compile(r"\S+@\S+\.\w+|\+?\d[\d\s().-]{5,}\d")


def redacted(heard: Heard) -> Heard:
    """The same with addresses of mail and numbers of seven digits and more replaced by [PII]."""
    turns = tuple(replace(turn, words=tuple(_hidden(word) for word in turn.words)) for turn in heard.turns)
    return replace(heard, turns=turns)


def _hidden(word: HeardWord) -> HeardWord:
    return replace(word, text=_FORM.sub(PERSONAL, word.text))
