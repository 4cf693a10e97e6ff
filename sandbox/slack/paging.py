"""Slack's cursors."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from typing import TypeVar

from sandbox.slack.arguments import Arguments
from sandbox.slack.errors import SlackError

Item = TypeVar("Item")
_MOST = 1000


def page(items: Sequence[Item], args: Arguments, default: int = 100, most: int = _MOST) -> tuple[Sequence[Item], str]:
    """Return the page of `items` that `cursor` and `limit` ask for, `most` at most, and the next cursor.

    The cursor is empty at the end.

    Raises:
        SlackError: `invalid_cursor` or `invalid_limit`.
    """
    limit = args.number("limit", default)
    if not 0 <= limit <= _MOST:
        raise SlackError("invalid_limit")
    limit = min(limit or default, most)
    start = _position(args.text("cursor"))
    end = start + limit
    return items[start:end], _cursor(end) if end < len(items) else ""


def _cursor(position: int) -> str:
    return base64.b64encode(f"position:{position}".encode()).decode()


def _position(cursor: str | None) -> int:
    if cursor is None:
        return 0
    try:
        kind, _, number = base64.b64decode(cursor, validate=True).decode().partition(":")
        if kind == "position":
            return max(int(number), 0)
    except (binascii.Error, UnicodeDecodeError, ValueError):
        pass
    raise SlackError("invalid_cursor")
