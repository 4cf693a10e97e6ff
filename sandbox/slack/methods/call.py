"""A Web API call and the description of a method."""

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


@dataclass(frozen=True)
class Method:
    """What the platform knows of a method: its tier, the scopes of which it needs one, who may call it."""

    run: Callable[[Call], Awaitable[JSON]]
    tier: str
    scopes: frozenset[str] = frozenset()
    callers: frozenset[str] = frozenset({"bot", "user"})


def method(run: Callable[[Call], Awaitable[JSON]], tier: str, *scopes: str) -> Method:
    """Describe a method that the app and people may call."""
    return Method(run, tier, frozenset(scopes))


# One of these is needed per kind of conversation.
READS = {"channel": "channels:read", "private": "groups:read", "im": "im:read", "mpim": "mpim:read"}
HISTORY = {"channel": "channels:history", "private": "groups:history", "im": "im:history", "mpim": "mpim:history"}
