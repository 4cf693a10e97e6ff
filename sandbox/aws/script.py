"""Replies that tests write down beforehand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sandbox.aws.conversation import Conversation
from sandbox.aws.replies import Reply

Match = str | Callable[[Conversation], bool] | None
"""A text that stands in the instructions or messages, a question put to the request, or None for any request."""

Told = Reply | str | dict[str, Any] | list[Any] | Callable[[Conversation], Reply]
"""A reply; a text; a JSON value; or what makes a reply from the request."""


@dataclass
class _Line:
    match: Match
    replies: list[Told]
    repeat: bool

    def fits(self, request: Conversation) -> bool:
        if self.match is None:
            return True
        return self.match in request.text if isinstance(self.match, str) else self.match(request)


class Script:
    """Who says what. Of the replies that fit a request the one that was added first is said."""

    def __init__(self) -> None:
        self._lines: list[_Line] = []

    def add(self, match: Match, *replies: Told, repeat: bool = True) -> None:
        """Say these one after the other to requests that match.

        The last one is repeated for ever; with `repeat` False it is not, and what was added later has its turn.
        """
        if not replies:
            raise ValueError("a script's line needs something to say")
        self._lines.append(_Line(match, list(replies), repeat))

    def reply(self, request: Conversation) -> Reply | None:
        """The next reply to the request; None where nobody wrote one."""
        for line in tuple(self._lines):
            if not line.fits(request):
                continue
            told = line.replies[0]
            if len(line.replies) > 1 or not line.repeat:
                line.replies.pop(0)
            if not line.replies:
                self._lines.remove(line)
            return _as_reply(told, request)
        return None

    def reset(self) -> None:
        """Forget all of it."""
        self._lines.clear()


def _as_reply(told: Told, request: Conversation) -> Reply:
    if isinstance(told, Reply):
        return told
    if isinstance(told, str):
        return Reply(text=told)
    if isinstance(told, dict | list):
        return Reply(value=told)
    return told(request)
