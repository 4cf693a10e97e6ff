"""How much of a model's context is left for a recording."""

from __future__ import annotations

from collections.abc import Callable

_USED = 0.88
"""Part of a context that is filled: estimates of tokens may be a tenth too few."""
_REPLY_SHARE = 4
"""A reply takes a fourth of the context at most."""


class Room:
    """The context of one model, in its own tokens."""

    def __init__(self, context: int, tokens: Callable[[str], int]) -> None:
        self._context = context
        self._tokens = tokens

    def reply(self, wanted: int) -> int:
        """Tokens that a reply may have, of those wanted."""
        return max(1, min(wanted, self._context // _REPLY_SHARE))

    def left(self, *texts: str, reply: int) -> int:
        """Tokens left beside these texts and a reply of so many; negative where they are too long already."""
        return int(self._context * _USED) - sum(map(self._tokens, texts)) - self.reply(reply)
