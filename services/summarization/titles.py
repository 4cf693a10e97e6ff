# ruff: noqa: RUF001 - punctuation of many scripts is the subject
"""What to call a stretch of a recording: its one or two keyphrases, else its own first words."""

from __future__ import annotations

import re

from services.summarization.keyphrases import Keyphrases
from services.summarization.reading import Reading

_WORDS, _LETTERS = 6, 40
_SECOND = 0.35
"""How good the second phrase must be beside the first, to be worth its place."""


def title(reading: Reading, phrases: Keyphrases, first: int, last: int) -> str:
    """The title of the sentences first..last (by index): 'Voice Recognition & Buttons'; never empty."""
    best = phrases.best(2, first=first, last=last, least=_SECOND)
    if best:
        return " & ".join(_cased(phrase.form, reading.transcript.language) for phrase in best)
    return _opening(max(reading.texts[first : last + 1], key=len))


def _cased(form: str, language: str) -> str:
    """English titles have capitals; words that have one already ('XML', 'iPhone') stay as they are."""
    if language != "en":
        return form[0].upper() + form[1:]
    return re.sub(r"(?<![\w'’])[a-z][a-z'’]*(?![\w])", lambda word: word[0][0].upper() + word[0][1:], form)


def _opening(text: str) -> str:
    words = text.split()
    short = " ".join(words[:_WORDS])[:_LETTERS].rstrip(" ,;:.!?。、，")
    return f"{short}…" if len(short) < len(text.rstrip(".!?。")) else short
