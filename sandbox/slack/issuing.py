"""Issuing the tokens of an installation."""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from sandbox.slack.clock import Clock
from sandbox.slack.errors import JSON
from sandbox.slack.tokens import Grant, Tokens

if TYPE_CHECKING:
    from sandbox.slack.local_slack import LocalSlack

# Slack's documentation: an expiring token lives twelve hours.
_TOKEN_SECONDS = 43_200


class Issuer:
    """Makes tokens as the manifest wants them: lasting ones, or ones that expire and are refreshed."""

    def __init__(self, tokens: Tokens, clock: Clock) -> None:
        self._tokens = tokens
        self._clock = clock

    def renew(self, seat: LocalSlack, grant: Grant) -> JSON:
        """Issue a token like `grant`, which stays valid until it expires; return the answer of `oauth.v2.access`."""
        bot = {"bot_user_id": grant.user} if grant.kind == "bot" else {}
        kind: Literal["bot", "user"] = "bot" if grant.kind == "bot" else "user"
        issued = self.issue(seat, kind, grant.user, grant.scopes or frozenset())
        return {**issued, **bot, **place_of(seat)}

    def issue(self, seat: LocalSlack, kind: Literal["bot", "user"], user: str, scopes: frozenset[str]) -> JSON:
        """Issue a token, with rotation one that expires; without it, the one that there is gets the scopes, too."""
        tokens, team, app = self._tokens, seat.workspace.team.id, seat.app
        shown = {"scope": ",".join(sorted(scopes)), "token_type": kind}
        alive = [item for item in tokens.of(app.id, team) if item.kind == kind and item.user == user]
        prefix = "xoxb" if kind == "bot" else "xoxp"
        if not app.manifest.token_rotation:
            kept = next((item for item in alive if item.expires is None), None)
            grant = kept or Grant(f"{prefix}-{secrets.token_hex(20)}", kind, team, user, app.id, scopes)
            if kept is None:
                tokens.add(grant)
            elif grant.scopes is not None:
                grant.scopes |= scopes
            return {"access_token": grant.token, **shown}
        expires = self._clock.now() + _TOKEN_SECONDS
        grant = Grant(f"xoxe.{prefix}-1-{secrets.token_hex(20)}", kind, team, user, app.id, scopes, expires)
        tokens.add(grant)
        refresh_token = f"xoxe-1-{secrets.token_hex(20)}"
        tokens.add_refresh(refresh_token, replace(grant))
        return {"access_token": grant.token, "refresh_token": refresh_token, "expires_in": _TOKEN_SECONDS, **shown}


def place_of(seat: LocalSlack) -> JSON:
    """Return what every answer with tokens says of the app and the workspace."""
    team = seat.workspace.team
    where = {"id": team.id, "name": team.name}
    return {"app_id": seat.app.id, "team": where, "enterprise": None, "is_enterprise_install": False}
