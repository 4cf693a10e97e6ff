"""Who calls: tokens, and what their holders may see and do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sandbox.slack.errors import SlackError
from sandbox.slack.local_slack import LocalSlack
from sandbox.slack.model import Channel, User


@dataclass(frozen=True)
class Caller:
    """The holder of a token. `scopes` None means all."""

    kind: Literal["bot", "user", "app"]
    user: User
    scopes: frozenset[str] | None = None

    def require(self, scopes: frozenset[str]) -> None:
        """Raise `missing_scope` when the caller has none of these scopes; an empty set asks for nothing."""
        if not scopes or self.scopes is None or self.scopes & scopes:
            return
        raise SlackError("missing_scope", needed=",".join(sorted(scopes)), provided=",".join(sorted(self.scopes)))


def identify(slack: LocalSlack, token: str | None) -> Caller:
    """Return whose token it is; raises `not_authed` without one and `invalid_auth` for an unknown one."""
    if not token:
        raise SlackError("not_authed")
    workspace = slack.workspace
    if token == slack.options.app_token:
        return Caller("app", workspace.bot)
    if token == slack.options.bot_token:
        return Caller("bot", workspace.bot, slack.manifest.scopes)
    if slack.executions.by_token(token):
        return Caller("bot", workspace.bot, slack.manifest.scopes)
    person = next((user for user in workspace.people() if user.token == token), None)
    if person is None:
        raise SlackError("invalid_auth")
    return Caller("user", person)


def bearer(authorization: str | None) -> str | None:
    """Return the token in an Authorization header."""
    scheme, _, token = (authorization or "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None


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
    return own_channel(slack, caller, by_name)
