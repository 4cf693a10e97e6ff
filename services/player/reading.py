"""The words of the spoken summary, for reading along."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from services.vocabulary.recap import Narration

_BREAK = re.compile(r"\n\s*\n")


def spoken_words(narration: Narration) -> list[list[dict[str, Any]]]:
    """The paragraphs, each its stretches of text with the second that they begin at; None where it is not known.

    All of the text is there: what no mark names belongs to the sentence before it.
    """
    paragraphs: list[list[dict[str, Any]]] = [[]]
    for text, start in _stretches(narration):
        first, *more = _BREAK.split(text)
        for index, piece in enumerate((first, *more)):
            if index:
                paragraphs.append([])
            if piece.strip():
                paragraphs[-1].append({"text": piece.strip(), "start": start})
    return [paragraph for paragraph in paragraphs if paragraph]


def _stretches(narration: Narration) -> Iterator[tuple[str, float | None]]:
    """The text cut where its marks begin."""
    begins: list[tuple[int, float | None]] = []
    at = 0
    for mark in narration.marks:
        words = r"\s+".join(map(re.escape, mark.text.split()))
        if found := re.compile(words).search(narration.text, at):
            begins.append((found.start() if begins else 0, mark.start))
            at = found.end()
    for (begin, start), (end, _) in pairwise([*(begins or [(0, None)]), (len(narration.text), None)]):
        yield narration.text[begin:end], start
