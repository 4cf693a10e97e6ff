"""Installing an app in a workspace, and removing it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sandbox.slack.errors import JSON
from sandbox.slack.tokens import Grant, Tokens

if TYPE_CHECKING:
    from sandbox.slack.local_slack import LocalSlack


@dataclass
class Installation:
    """Whether an app is installed in a workspace, by whom, and with which scopes (None means all)."""

    active: bool = False
    installer: str = ""
    scopes: frozenset[str] | None = None


class Installer:
    """Makes apps present in workspaces, and removes them and their tokens."""

    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens

    def place(self, seat: LocalSlack, scopes: frozenset[str] | None, installer: str) -> None:
        """Make an app present in a workspace: its bot is a user there, and it is told of what happens."""
        bot = seat.workspace.bot
        seat.workspace.users[bot.id] = bot
        seat.installation.active = True
        seat.installation.scopes = scopes
        seat.installation.installer = installer
        seat.live.publish({"type": "reset"})

    def preinstall(self, seat: LocalSlack) -> None:
        """Install an app with its constant bot token, and put its bot into the first two channels."""
        self.place(seat, seat.manifest.scopes, seat.workspace.people()[0].id)
        self.give_constant_token(seat)
        bot = seat.workspace.bot
        for channel in list(seat.workspace.channels.values())[:2]:
            if bot.id not in channel.members:
                channel.members.append(bot.id)
                seat.workspace.save(channel)

    def give_constant_token(self, seat: LocalSlack) -> None:
        """Make the token with which the server was started valid, unless it is known already, dead or alive."""
        bot, scopes = seat.workspace.bot, seat.manifest.scopes
        if self._tokens.peek(bot.token) is None:
            self._tokens.add(Grant(bot.token, "bot", seat.workspace.team.id, bot.id, seat.app.id, scopes))

    def reinstall(self, seat: LocalSlack, installer: str) -> str:
        """Install an app again without OAuth, as its developer does on the app's page; return its new bot token."""
        scopes, token = seat.manifest.scopes, f"xoxb-{secrets.token_hex(20)}"
        self.place(seat, scopes, installer)
        self._tokens.add(Grant(token, "bot", seat.workspace.team.id, seat.workspace.bot.id, seat.app.id, scopes))
        return token

    def restore(self, seat: LocalSlack, scopes: frozenset[str] | None, installer: str, *, active: bool) -> None:
        """Put an app back as it was in an earlier run; its tokens are restored elsewhere."""
        self.place(seat, scopes, installer)
        bot = seat.workspace.bot
        seat.installation.active = active
        if not active:
            seat.workspace.users[bot.id] = replace(bot, deleted=True)

    def uninstall(self, seat: LocalSlack) -> None:
        """Remove an app: tell it, end its tokens, deactivate its bot and take it out of the channels."""
        if not seat.installation.active:
            return
        grants = self._tokens.of(seat.app.id, seat.workspace.team.id)
        seat.events.emit({"type": "app_uninstalled"}, app=seat.app.id)
        _tell_revoked(seat, grants)
        self._tokens.end(grants, "account_inactive")
        seat.installation.active = False
        bot = seat.workspace.bot
        seat.workspace.users[bot.id] = replace(bot, deleted=True)
        for channel in seat.workspace.channels.values():
            if bot.id in channel.members and channel.kind in {"channel", "private"}:
                channel.members.remove(bot.id)
                seat.workspace.save(channel)
        seat.live.publish({"type": "reset"})

    def revoke(self, seat: LocalSlack, grant: Grant) -> None:
        """End a token of an app and those that it was refreshed to; with its last one the app is uninstalled."""
        alive = self._tokens.of(grant.app, grant.team)
        same = [item for item in alive if item.kind == grant.kind and item.user == grant.user]
        if len(same) == len(alive):
            self.uninstall(seat)
        else:
            _tell_revoked(seat, same)
        self._tokens.end(same, "token_revoked")


def _tell_revoked(seat: LocalSlack, grants: list[Grant]) -> None:
    tokens: JSON = {"oauth": [], "bot": []}
    for grant in grants:
        names = tokens["bot" if grant.kind == "bot" else "oauth"]
        if grant.user not in names:
            names.append(grant.user)
    seat.events.emit({"type": "tokens_revoked", "tokens": tokens}, app=seat.app.id)
