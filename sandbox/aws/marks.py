"""Speech marks: when which sentence and word is said.

Their times are ESTIMATED from the length of the sound, in proportion to the letters; the real service knows them.
"""

from __future__ import annotations

import json
import re
from typing import Any

from sandbox.aws.polly_rules import Wish

_SENTENCE = re.compile(r"[^.!?…]+[.!?…]*")
_WORD = re.compile(r"\w+(?:['’-]\w+)*")  # noqa: RUF001 - both apostrophes
_LEAD = 0.05
"""The part of the sound before the first word, about."""


def speech_marks(wish: Wish, seconds: float, kinds: list[str]) -> bytes:
    """One JSON object a line, in order of time; `start` and `end` count bytes of the text that was sent."""
    letters = max(1, sum(len(word.group()) for word in _WORD.finditer(wish.said)))
    found: list[tuple[float, int, dict[str, Any]]] = []
    place, before = 0, 0
    for sentence in _SENTENCE.finditer(wish.said):
        words = list(_WORD.finditer(sentence.group()))
        if not words:
            continue
        first = wish.sent.find(words[0].group(), place)
        last, began = place, before
        for word in words:
            at = wish.sent.find(word.group(), last)
            at = last if at < 0 else at
            last = at + len(word.group())
            found.append((before / letters, 1, _mark("word", wish.sent, at, last, word.group())))
            before += len(word.group())
        end = last + len(sentence.group().rstrip()) - words[-1].end()
        found.append(
            (began / letters, 0, _mark("sentence", wish.sent, max(first, place), end, sentence.group().strip()))
        )
        place = last
    lines = []
    for share, _, mark in sorted(found, key=lambda item: item[:2]):
        if mark["type"] in kinds:
            time = round(1000 * seconds * (_LEAD + share * (1 - _LEAD)))
            lines.append(json.dumps({"time": time, **mark}, ensure_ascii=False))
    return ("\n".join(lines) + "\n").encode()


def _mark(kind: str, text: str, start: int, end: int, value: str) -> dict[str, Any]:
    return {"type": kind, "start": len(text[:start].encode()), "end": len(text[:end].encode()), "value": value}
