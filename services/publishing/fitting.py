"""Fitting a long message into Slack's limits: fair to every part, and honest about what was left out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from services.publishing import mrkdwn
from services.publishing.blocks import SECTION, Block, section

_MOST_LINES = 15
# The last line of a shortened part, and the frame of its section.
_PART_COST = 300


@dataclass(frozen=True)
class Part:
    """One part of a message: a heading and lines of mrkdwn, each at most a section long.

    `noun` names one line and `elsewhere` where all of them stand, for saying how many did not fit.
    """

    heading: str
    lines: Sequence[str]
    noun: str
    elsewhere: str = "in the transcript file"
    most: int = _MOST_LINES

    def rest(self, count: int) -> str:
        """The line that stands for `count` lines."""
        return f"_and {count} more {self.noun}{'s' if count > 1 else ''} {self.elsewhere}_"


def _cost(line: str) -> int:
    return mrkdwn.size(json.dumps(line, ensure_ascii=False))


def _kept(parts: Sequence[Part], room: int) -> list[int]:
    """How many lines of each part fit: first lines of all, then second lines, so that no part starves another."""
    kept = [0] * len(parts)
    growing = list(range(len(parts)))
    while growing:
        for index in list(growing):
            part, taken = parts[index], kept[index]
            cost = _cost(part.lines[taken]) if taken < min(len(part.lines), part.most) else room + 1
            if cost > room:
                growing.remove(index)
            else:
                kept[index] += 1
                room -= cost
    return kept


def _sections(lines: Iterable[str]) -> Iterator[Block]:
    held: list[str] = []
    for line in lines:
        if held and sum(map(mrkdwn.size, held)) + len(held) + mrkdwn.size(line) > SECTION:
            yield section("\n".join(held))
            held = []
        held.append(line)
    if held:
        yield section("\n".join(held))


def fit(parts: Sequence[Part], room: int) -> list[Block]:
    """The parts as sections that weigh at most `room` together. Parts without lines are not shown."""
    shown = [part for part in parts if part.lines]
    room -= sum(_PART_COST + _cost(part.heading) for part in shown)
    blocks: list[Block] = []
    for part, count in zip(shown, _kept(shown, room), strict=True):
        lines = [part.heading, *part.lines[:count]] if part.heading else list(part.lines[:count])
        if count < len(part.lines):
            lines.append(part.rest(len(part.lines) - count))
        blocks.extend(_sections(lines))
    return blocks
