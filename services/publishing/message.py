"""What is written to Slack, as values."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Any

from services.vocabulary.base import Value


class Message(Value):
    """One post. `text` is mrkdwn for notifications and screen readers and says the same in short; it is never empty.

    Within Slack's limits: `text` <= 4,000 characters, at most 50 blocks, 12,000 characters of JSON over all of them.
    """

    text: str
    blocks: tuple[dict[str, Any], ...] = ()


def without_pictures(message: Message) -> Message:
    """The same message without what Slack would have to fetch from elsewhere."""
    bare = tuple(
        {name: value for name, value in block.items() if name != "accessory" or value.get("type") != "image"}
        for block in message.blocks
    )
    return message.model_copy(update={"blocks": bare})


class Upload(Value):
    """A file to attach: from a path (read as a stream) or from memory. Never empty: Slack refuses empty files."""

    name: str
    title: str
    content: Path | bytes


class Priority(StrEnum):
    """Results always go out; progress only when there is room."""

    RESULT = "result"
    PROGRESS = "progress"


class Edit(StrEnum):
    """What became of an edit: `NO_ROOM` for progress only; `GONE` where the message cannot be edited any more."""

    MADE = "made"
    NO_ROOM = "no_room"
    GONE = "gone"


class Mark(StrEnum):
    """Reactions that show how a recording is doing."""

    WORKING = "eyes"
    DONE = "white_check_mark"
    FAILED = "warning"
