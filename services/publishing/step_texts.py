"""What a workflow's step hands on: plain text, because later steps put it where they like."""

from __future__ import annotations

from collections.abc import Sequence

from services.publishing.mrkdwn import label
from services.publishing.naming import media_title
from services.publishing.times import clock, due_of
from services.vocabulary.recap import ActionItem, Point, Recap

SUMMARY, PERMALINK, ACTION_ITEMS = "summary", "permalink", "action_items"
"""The outputs, as manifest.yml names them."""

# The text of a section, into which people will put it.
_LONGEST = 2_900
_LINE = 600
_NOTHING_SAID = "Nobody speaks in this recording."
_NOTHING_TO_DO = "No action items."


def step_outputs(recap: Recap, permalink: str) -> dict[str, str]:
    """All of them; none is empty."""
    return {SUMMARY: _summary(recap), PERMALINK: permalink, ACTION_ITEMS: _action_items(recap)}


def _summary(recap: Recap) -> str:
    gist = recap.summary.gist
    lines = [label(media_title(recap.media), 150), label(gist.text, _LINE) if gist else _NOTHING_SAID]
    return _fitted([*lines, *(f"• {label(point.text, _LINE)}{_at(point)}" for point in recap.summary.points)])


def _action_items(recap: Recap) -> str:
    return _fitted([_action(recap, item) for item in recap.summary.action_items]) or _NOTHING_TO_DO


def _action(recap: Recap, item: ActionItem) -> str:
    owner, due = recap.transcript.label(item.owner), due_of(item)
    named = f"{label(owner, 60)}: " if owner else ""
    return f"• {named}{label(item.text, _LINE)}{f' ({label(due, 100)})' if due else ''}{_at(item)}"


def _at(said: Point | ActionItem) -> str:
    return f" ({clock(said.citations[0].start)})" if said.citations else ""


def _fitted(lines: Sequence[str]) -> str:
    """As many whole lines as there is room for."""
    taken: list[str] = []
    room = _LONGEST
    for line in lines:
        room -= len(line) + 1
        if room < 0:
            break
        taken.append(line)
    return "\n".join(taken)
