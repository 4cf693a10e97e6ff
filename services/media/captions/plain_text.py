"""Plain text: lines that may begin with a time and a name, in the ways that people and programs write them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from services.media.captions.markup import plain
from services.media.captions.shown import UNTIMED, Line, Shown, clock_seconds, gathered
from services.media.captions.speakers import is_name

_NEW_LINE = re.compile(r"\r\n|\r|\n")
_TIME = r"\d{1,3}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?"
_DASH = "[-\u2013\u2014]"
_AT = rf"(?P<at>{_TIME})(?:\s?(?:-->|{_DASH})\s?(?P<end>{_TIME}))?"
_NAME = r"(?P<name>[^\W\d_][^\[\]():]{0,59}?)\s?:?\s?"
_STAMPED = (
    # [00:12:34] words, 00:12 - words, (0:12) words, [00:12.000 --> 00:15.000] words
    re.compile(rf"[\[(]?{_AT}[\])]?(?:\s?(?:{_DASH}|\||:)\s|\s|$)(?P<words>.*)"),
    # Name (00:12): words, Name [00:12:34] words
    re.compile(rf"{_NAME}[\[(]{_AT}[\])]\s?(?:{_DASH}|:)?\s?(?P<words>.*)"),
    # Name 00:12, with the words in the lines below
    re.compile(rf"{_NAME}(?<=[\s:]){_AT}(?P<words>)$"),
)
_LEAST_ORDERED = 0.9


class _Read(NamedTuple):
    at: float
    end: float | None
    voice: str | None
    words: str


def read(text: str) -> list[Shown]:
    """The lines. Those without a time go on with the line above; where hardly any time is given, none has one."""
    lines = [plain(line) for line in _NEW_LINE.split(text)]
    read = [_stamped(line) for line in lines]
    if not _is_timed([each.at for each in read if each], opens=any(read[:1])):
        return [UNTIMED._replace(lines=(Line(line),)) for line in lines if line]
    return gathered(_parts(lines, read))


def _parts(lines: Sequence[str], read: Sequence[_Read | None]) -> Iterator[tuple[Shown | None, tuple[Line, ...]]]:
    voice: str | None = None
    for line, each in zip(lines, read, strict=True):
        if each:
            voice = each.voice
            yield Shown(each.at, each.end, ()), (Line(each.words, voice=voice),)
        elif line:
            yield None, (Line(line, voice=voice),)


def _stamped(line: str) -> _Read | None:
    for pattern in _STAMPED:
        found = pattern.match(line)
        groups = found.groupdict() if found else {}
        name = groups.get("name")
        at = clock_seconds(groups["at"]) if found and (name is None or is_name(name)) else None
        if at is not None:
            return _Read(at, clock_seconds(groups["end"] or ""), name, groups["words"])
    return None


def _is_timed(times: Sequence[float], *, opens: bool) -> bool:
    """Whether the times are those of a recording: more than one, or one at the very top, and ascending."""
    if len(times) < 2:  # noqa: PLR2004 - a pair
        return bool(times) and opens
    ordered = sum(before <= after for before, after in pairwise(times))
    return ordered >= _LEAST_ORDERED * (len(times) - 1)
