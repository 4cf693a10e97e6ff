"""What WebVTT and SubRip share: blocks of lines under a line 'from --> to'."""

from __future__ import annotations

import re
from typing import NamedTuple

from services.media.captions.shown import clock_seconds

_NEW_LINE = re.compile(r"\r\n|\r|\n")
_TIMES = re.compile(r"\s*([\d:.,]{1,20})\s*-{1,2}>\s*([\d:.,]{1,20})(?:\s.*)?")
_ASIDE = re.compile(r"(?:NOTE|STYLE|REGION)(?:\s|$)")


class Block(NamedTuple):
    """Lines as they stand in the file, with their times in seconds."""

    start: float
    end: float
    lines: tuple[str, ...]


def blocks_of(text: str) -> list[Block]:
    """The blocks, without numbers and names of cues and without notes and styles.

    Empty lines inside a block are forgiven, because converters and people leave them there.
    """
    found: list[Block] = []
    lines: list[str] = []
    aside = blank = False
    for line in _NEW_LINE.split(text):
        if "->" in line and (times := _times(line)):
            if found:
                found[-1] = found[-1]._replace(lines=_without_identifier(lines))
            found.append(Block(*times, ()))
            lines, aside, blank = [], False, False
            continue
        aside = bool(_ASIDE.match(line)) if blank and line else aside and bool(line)
        blank = not line
        if found and not aside:
            lines.append(line)
    if found:
        found[-1] = found[-1]._replace(lines=tuple(lines))
    return found


def _times(line: str) -> tuple[float, float] | None:
    found = _TIMES.fullmatch(line)
    start = clock_seconds(found[1]) if found else None
    end = clock_seconds(found[2]) if found else None
    return None if start is None or end is None else (start, max(start, end))


def _without_identifier(lines: list[str]) -> tuple[str, ...]:
    """The lines before the next cue without its number, or the name that stands alone between an empty line and it."""
    if not lines or not lines[-1].strip():
        return tuple(lines)
    alone = len(lines) > 1 and not lines[-2].strip()
    return tuple(lines[:-1]) if alone or lines[-1].strip().isdigit() else tuple(lines)
