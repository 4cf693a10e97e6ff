"""Who calls: tokens, and what their holders may see and do."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from typing import Literal

from sandbox.slack.errors import SlackError
from sandbox.slack.local_slack import LocalSlack
from sandbox.slack.model import Channel, User
from sandbox.slack.tokens import Grant

# Tokens that belong to one run of a workflow's custom step begin like this.
EXECUTION_TOKEN = "xwfp-"  # noqa: S105 - a prefix, no secret


@dataclass(frozen=True)
class Caller:
    """The holder of a token. `scopes` None means all; `slack` is the workspace of the token as its app sees it."""

    kind: Literal["bot", "user", "app"]
    user: User
    scopes: frozenset[str] | None
    slack: LocalSlack
    grant: Grant | None = None

    def require(self, scopes: frozenset[str]) -> None:
        """Raise `missing_scope` when the caller has none of these scopes; an empty set asks for nothing."""
        if not scopes or self.scopes is None or self.scopes & scopes:
            return
        raise SlackError("missing_scope", needed=",".join(sorted(scopes)), provided=",".join(sorted(self.scopes)))


def identify(slack: LocalSlack, token: str | None) -> Caller:
    """Return whose token it is and, as `slack`, the workspace and the app that it belongs to.

    Raises:
        SlackError: `not_authed` without a token, `invalid_auth` for an unknown one, `token_expired`,
            `token_revoked`, `account_inactive`.
    """
    if not token:
        raise SlackError("not_authed")
    if token.startswith(EXECUTION_TOKEN):
        running = (seat for seat in slack.directory.seats() if seat.executions.by_token(token))
        for seat in running:
            return Caller("bot", seat.workspace.bot, seat.installation.scopes, seat)
    grant = slack.directory.tokens.find(token)
    seat = slack.directory.seat_of(grant)
    user = seat.workspace.users[grant.user] if grant.kind == "user" else seat.workspace.bot
    return Caller(grant.kind, user, grant.scopes, seat, grant)


def bearer(authorization: str | None) -> str | None:
    """Return the token in an Authorization header."""
    scheme, _, token = (authorization or "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None


def basic(authorization: str | None) -> dict[str, str]:
    """Return the client id and secret in an Authorization header, under their names as arguments."""
    scheme, _, encoded = (authorization or "").partition(" ")
    if scheme.lower() != "basic":
        return {}
    try:
        client, _, secret = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return {}
    return {"client_id": client, "client_secret": secret}


def visible_channel(slack: LocalSlack, caller: Caller, channel_id: str) -> Channel:
    """Return a channel that the caller may know of; raises `channel_not_found`."""
    channel = slack.workspace.channel(channel_id)
    if not slack.workspace.can_see(caller.user.id, channel):
        raise SlackError("channel_not_found")
    return channel


def own_channel(slack: LocalSlack, caller: Caller, channel_id: str) -> Channel:
    """Return a channel that the caller is a member of; raises `channel_not_found` or `not_in_channel`."""
    channel = visible_channel(slack, caller, channel_id)
    if caller.user.id not in channel.members:
        raise SlackError("not_in_channel")
    return channel


def readable_channel(slack: LocalSlack, caller: Caller, channel_id: str) -> Channel:
    """Return a channel whose messages the caller may read: people read every public one, the app only its own."""
    if caller.kind == "bot":
        return own_channel(slack, caller, channel_id)
    return visible_channel(slack, caller, channel_id)


def target_channel(slack: LocalSlack, caller: Caller, target: str) -> Channel:
    """Return the channel to post to: an id, `#name`, or a user's id for their direct message, which is opened."""
    workspace = slack.workspace
    if target in workspace.users:
        members = {caller.user.id, target}
        return slack.messaging.open_direct(members)[0]
    named = target.removeprefix("#")
    by_name = next((item.id for item in workspace.channels.values() if item.name and item.name == named), target)
    channel = own_channel(slack, caller, by_name)
    if channel.archived:
        raise SlackError("is_archived")
    return channel
