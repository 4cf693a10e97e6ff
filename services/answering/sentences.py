"""A streamed answer as lines, and each line as a sentence with its proof."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, AsyncIterator

from services.evidence.statements import Statements
from services.language import Piece
from services.vocabulary.recap import Point

NOT_SAID = "NOT SAID"
"""What the model writes where the recording does not say."""
_LINE = re.compile(r"^\W{0,3}(?P<text>.*?)\s*(?P<ids>(?:\[\s*\d+(?:\s*[,;\u2013-]\s*\d+)*\s*\]\s*)+)[.!?]?\s*$")
_RANGE = re.compile(r"(\d+)(?:\s*[\u2013-]\s*(\d+))?")
_LONGEST_RANGE, _LONGEST_LINE = 12, 2000


class Sentences:
    """Reads lines of one answer; each sentence is given once."""

    def __init__(self, statements: Statements) -> None:
        self._statements = statements
        self._given: set[str] = set()

    def point(self, line: str) -> Point | None:
        """The sentence of a line, where it is new and proved. Takes time: use a thread."""
        match = _LINE.match(line.strip())
        if not match:
            return None
        point = self._statements.point(match["text"], _numbers(match["ids"]))
        if point is None or point.text in self._given:
            return None
        self._given.add(point.text)
        return point


async def complete_lines(pieces: AsyncIterator[Piece]) -> AsyncGenerator[str, None]:
    """The lines of a stream, each once its end has come; leaving early ends the stream. Endless lines are cut off."""
    waiting = ""
    try:
        async for piece in pieces:
            *done, waiting = (waiting + piece.text).split("\n")
            for line in done:
                yield line
            if len(waiting) > _LONGEST_LINE:
                return
        if waiting.strip():
            yield waiting
    finally:
        if close := getattr(pieces, "aclose", None):
            await close()


def _numbers(brackets: str) -> list[int]:
    found: list[int] = []
    for first, last in _RANGE.findall(brackets):
        end = int(last or first)
        if end - int(first) > _LONGEST_RANGE:
            return []
        found.extend(range(int(first), end + 1))
    return found
