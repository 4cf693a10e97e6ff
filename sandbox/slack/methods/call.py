"""A Web API call, and what a method is."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from sandbox.slack.access import Caller
from sandbox.slack.arguments import Arguments
from sandbox.slack.errors import JSON
from sandbox.slack.local_slack import LocalSlack


@dataclass(frozen=True)
class Call:
    """One call that got past tokens, scopes and limits."""

    slack: LocalSlack
    caller: Caller
    args: Arguments

    @property
    def me(self) -> str:
        """The caller's user id."""
        return self.caller.user.id


# Does what a method does; who may call it, how often and with what is the contract's.
Method = Callable[[Call], Awaitable[JSON]]

# One of these is needed per kind of conversation.
READS = {"channel": "channels:read", "private": "groups:read", "im": "im:read", "mpim": "mpim:read"}
HISTORY = {"channel": "channels:history", "private": "groups:history", "im": "im:history", "mpim": "mpim:history"}
