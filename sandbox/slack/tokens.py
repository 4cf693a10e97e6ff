"""Tokens: whose they are, what they may do, and for how long."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sandbox.slack.clock import Clock
from sandbox.slack.errors import SlackError

# Two tokens of one installation may be alive at a time, so that processes can change over; a third ends the oldest.
_MOST_ALIVE = 2


@dataclass
class Grant:
    """What a token stands for.

    `team` is empty for an app-level token, `app` is None for a person's own token, `scopes` None means all, `expires`
    is Unix time on the server's clock. `ended` is the error that a dead token is answered with.
    """

    token: str
    kind: Literal["bot", "user", "app"]
    team: str
    user: str
    app: str | None = None
    scopes: frozenset[str] | None = None
    expires: float | None = None
    ended: str | None = None


@dataclass
class Refresh:
    """A refresh token: it works once, and stands for a new token like `grant`."""

    grant: Grant
    used: bool = False


class Tokens:
    """All tokens of the server."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._grants: dict[str, Grant] = {}
        self._refreshes: dict[str, Refresh] = {}

    def add(self, grant: Grant) -> None:
        """Make a token valid; of an installation's tokens that expire, only the last two stay so."""
        self._grants[grant.token] = grant
        if grant.expires is not None:
            alive = [item for item in self.of(grant.app, grant.team) if item.kind == grant.kind]
            rotating = [item for item in alive if item.user == grant.user and item.expires is not None]
            for old in rotating[:-_MOST_ALIVE]:
                old.ended = "token_revoked"

    def add_refresh(self, refresh_token: str, grant: Grant, *, used: bool = False) -> None:
        """Make a refresh token valid."""
        self._refreshes[refresh_token] = Refresh(grant, used)

    def of_apps(self) -> list[Grant]:
        """Return the tokens that apps were given by installing them, dead ones too."""
        return [grant for grant in self._grants.values() if grant.app and grant.team]

    def refreshes(self) -> list[tuple[str, Refresh]]:
        """Return all refresh tokens, used ones too."""
        return list(self._refreshes.items())

    def find(self, token: str) -> Grant:
        """Return what a token stands for.

        Raises:
            SlackError: `invalid_auth`, `token_expired`, `token_revoked` or `account_inactive`.
        """
        grant = self._grants.get(token)
        if grant is None:
            raise SlackError("invalid_auth")
        if grant.ended:
            raise SlackError(grant.ended)
        if grant.expires is not None and grant.expires <= self._clock.now():
            raise SlackError("token_expired")
        return grant

    def peek(self, token: str | None) -> Grant | None:
        """Return what a token stands for, or stood for, without complaint."""
        return self._grants.get(token or "")

    def exchange(self, refresh_token: str, app: str) -> Grant:
        """Use up a refresh token of an app; raises `invalid_refresh_token`."""
        refresh = self._refreshes.get(refresh_token)
        if refresh is None or refresh.used or refresh.grant.app != app:
            raise SlackError("invalid_refresh_token")
        refresh.used = True
        return refresh.grant

    def of(self, app: str | None, team: str) -> list[Grant]:
        """Return the living tokens of an app in a workspace, oldest first."""
        return [item for item in self._grants.values() if item.app == app and item.team == team and not item.ended]

    def end(self, grants: list[Grant], error: str) -> None:
        """Make tokens dead, and the refresh tokens that go with them."""
        for grant in grants:
            grant.ended = error
        dead = {(grant.app, grant.team, grant.kind, grant.user) for grant in grants}
        for refresh in self._refreshes.values():
            grant = refresh.grant
            if (grant.app, grant.team, grant.kind, grant.user) in dead:
                refresh.used = True
