"""Slack's limits, and the few kinds of blocks that our messages are built of."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from services.publishing import mrkdwn
from services.publishing.message import Message

Block = dict[str, Any]

# Slack answers msg_blocks_too_long from about 13,000 characters on; whether it counts the text or the JSON is not
# published, so the JSON is counted, which is the longer.
MESSAGE = 12_000
BLOCKS = 50
SECTION = 3_000
HEADER = 150
CONTEXT_ELEMENTS = 10
FALLBACK = 4_000
BUTTON = 75
ALT = 300


def weight(*blocks: Block) -> int:
    """How much of `MESSAGE` the blocks take."""
    return sum(mrkdwn.size(json.dumps(block, ensure_ascii=False)) for block in blocks)


def text(words: str) -> Block:
    """A mrkdwn object. Slack makes no links, channels or mentions out of its bare words (`verbatim`)."""
    return {"type": "mrkdwn", "text": words.strip() or "…", "verbatim": True}


def plain(words: str, limit: int = BUTTON) -> Block:
    """A plain_text object in which even `:tada:` stays as it is."""
    return {"type": "plain_text", "text": mrkdwn.label(words, limit) or "…", "emoji": False}


def section(words: str) -> Block:
    """A paragraph of mrkdwn."""
    return {"type": "section", "text": text(words)}


def picture(url: str | None, words: str) -> Block | None:
    """An image element that Slack fetches; `words` stand in for it. None where the address is not https."""
    tame = mrkdwn.address(url)
    if tame is None or not tame.startswith("https://"):
        return None
    return {"type": "image", "image_url": tame, "alt_text": mrkdwn.label(words, ALT) or "…"}


def header(words: str) -> Block:
    """A title."""
    return {"type": "header", "text": plain(words, HEADER)}


def context(*lines: str) -> Block:
    """Small grey mrkdwn."""
    return {"type": "context", "elements": [text(line) for line in filter(None, lines)][:CONTEXT_ELEMENTS]}


def divider() -> Block:
    """A thin line."""
    return {"type": "divider"}


def button(words: str, action_id: str, **extras: Any) -> Block:  # noqa: ANN401 - Block Kit's own fields
    """A button; `extras` are its other fields, such as `value`, `url`, `style` and `confirm`."""
    return {"type": "button", "text": plain(words), "action_id": action_id, **extras}


def actions(buttons: Sequence[Block]) -> Block:
    """A row of buttons."""
    return {"type": "actions", "elements": list(buttons)}


def confirm(title: str, words: str, *, yes: str, no: str) -> Block:
    """A question before something that cannot be undone."""
    return {
        "title": plain(title, 100),
        "text": plain(words, 300),
        "confirm": plain(yes, 30),
        "deny": plain(no, 30),
        "style": "danger",
    }


def message(spoken: str, blocks: Sequence[Block]) -> Message:
    """A message of these blocks. `spoken` is what a notification or a screen reader says; any text will do."""
    return Message(text=mrkdwn.literal(spoken, FALLBACK) or "Earshot", blocks=tuple(blocks))
