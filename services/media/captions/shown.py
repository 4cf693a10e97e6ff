"""Captions as a format shows them: lines between two times, before anything is read into them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from typing import NamedTuple

from services.vocabulary.transcript import Word

LONGEST = 7 * 24 * 3600.0
"""Seconds; a time beyond a week is no time of a recording."""

_CLOCK = re.compile(r"\s*(?:(?:(\d{1,4}):)?(\d{1,3}):)?(\d{1,6}(?:[.,]\d{1,9})?)\s*")
_LETTER_SECONDS, _LEAST_SECONDS, _MOST_SECONDS = 0.06, 0.25, 1.5
"""How long a word takes to say, about, where only its beginning is known: the rest up to the next one is a pause."""


class Line(NamedTuple):
    """A line of text, with word times where the format has them, and the voice where the format names it."""

    text: str
    words: tuple[Word, ...] = ()
    voice: str | None = None


class Shown(NamedTuple):
    """The lines that are shown together. `end` is None where only the next caption ends it; an untimed one has 0, 0."""

    start: float
    end: float | None
    lines: tuple[Line, ...]
    timed: bool = True


UNTIMED = Shown(0.0, None, (), timed=False)
"""A caption of which nobody knows when it is shown."""


def seconds(value: object, scale: float = 1.0) -> float | None:
    """A number, or a text of one, times `scale`; None where it is no time from 0 to a week."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value) * scale
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) and 0 <= number <= LONGEST else None


def clock_seconds(text: str) -> float | None:
    """The seconds of '1:02:03.5', '02:03,500' or '3.5'; None where it is no time."""
    found = _CLOCK.fullmatch(text)
    if found is None:
        return None
    hours, minutes, rest = found.groups()
    return seconds(int(hours or 0) * 3600 + int(minutes or 0) * 60 + float(rest.replace(",", ".")))


def words_from(starts: list[tuple[float, str]], end: float) -> tuple[Word, ...]:
    """Words of which only the beginnings are known, up to `end`; a text of several words shares its time."""
    single: list[tuple[float, str]] = []
    for index, (start, text) in enumerate(starts):
        until = max(start, starts[index + 1][0] if index + 1 < len(starts) else end)
        parts = text.split()
        single += [(start + (until - start) * i / len(parts), part) for i, part in enumerate(parts)]
    found = []
    for index, (start, text) in enumerate(single):
        until = single[index + 1][0] if index + 1 < len(single) else end
        spoken = start + min(_MOST_SECONDS, _LEAST_SECONDS + _LETTER_SECONDS * len(text))
        found.append(Word(text=text, start=round(start, 3), end=round(max(start, min(until, spoken)), 3)))
    return tuple(found)


def gathered(parts: Iterable[tuple[Shown | None, tuple[Line, ...]]]) -> list[Shown]:
    """Captions from parts in order, each a new caption with its first lines, or None with lines for the one before."""
    begun: list[Shown] = []
    held: list[list[Line]] = []
    for caption, lines in parts:
        if caption is not None or not begun:
            begun.append(caption or UNTIMED)
            held.append([])
        held[-1] += lines
    return [caption._replace(lines=tuple(lines)) for caption, lines in zip(begun, held, strict=True)]


def clipped(captions: list[Shown]) -> list[Shown]:
    """Each caption ended where the next one begins, for formats that leave a line on show under the next."""
    ordered = sorted(captions, key=lambda caption: caption.start)
    for index in range(len(ordered) - 1):
        caption, following = ordered[index], ordered[index + 1].start
        if caption.end is None or caption.start < following < caption.end:
            ordered[index] = caption._replace(end=following)
    return ordered
