"""What the app is told: which events a change causes, and whether the app subscribed to them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sandbox.slack.clock import Clock
from sandbox.slack.deliveries import Deliveries
from sandbox.slack.errors import JSON
from sandbox.slack.ids import Ids
from sandbox.slack.installations import Installation
from sandbox.slack.manifest import Manifest
from sandbox.slack.model import Channel, Message, StoredFile, User
from sandbox.slack.rendering import Rendering
from sandbox.slack.unfurls import Unfurls
from sandbox.slack.workspace import Workspace

_SUBSCRIPTION = {"channel": "channels", "private": "groups", "im": "im", "mpim": "mpim"}
_CHANNEL_TYPE = {"channel": "channel", "private": "group", "im": "im", "mpim": "mpim"}
# The scope without which Slack does not let an app subscribe.
SCOPES = {
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
    "message.mpim": "mpim:history",
    "app_mention": "app_mentions:read",
    "file_shared": "files:read",
    "file_deleted": "files:read",
    "reaction_added": "reactions:read",
    "reaction_removed": "reactions:read",
    "link_shared": "links:read",
}


@dataclass(frozen=True)
class Listener:
    """An app in this workspace, whether it is installed at the moment or not."""

    bot: User
    manifest: Manifest
    deliveries: Deliveries
    unfurls: Unfurls
    installation: Installation

    def subscribed(self, name: str) -> bool:
        """Return whether the app wants events of that name and has the scope for them."""
        scope, scopes = SCOPES.get(name), self.installation.scopes
        granted = scope is None or scopes is None or scope in scopes
        return granted and (self.manifest.events is None or name in self.manifest.events)


class Events:
    """Turns changes of a workspace into event callbacks for its apps."""

    def __init__(self, *, workspace: Workspace, rendering: Rendering, clock: Clock, ids: Ids) -> None:
        self._workspace = workspace
        self._rendering = rendering
        self._clock = clock
        self._ids = ids
        self._listeners: list[Listener] = []

    def add(self, listener: Listener) -> None:
        """Tell one more app from now on."""
        self._listeners.append(listener)

    def emit(
        self, event: JSON, channel: Channel | None = None, subscription: str | None = None, app: str | None = None
    ) -> None:
        """Send an event to every app, or to `app` alone, that subscribed to it and is a member of the channel."""
        told = {"event_ts": self._ids.ts(), **event}
        for listener in self._listeners:
            if app in {None, listener.bot.app_id}:
                self._tell(listener, told, channel, subscription)

    def _tell(self, listener: Listener, event: JSON, channel: Channel | None, subscription: str | None = None) -> None:
        absent = channel is not None and listener.bot.id not in channel.members
        if listener.installation.active and not absent and listener.subscribed(subscription or str(event["type"])):
            shared = channel is not None and channel.is_ext_shared
            listener.deliveries.event(self._callback(listener.bot, event, shared=shared))

    def _callback(self, bot: User, event: JSON, *, shared: bool) -> JSON:
        team = self._workspace.team
        authorization = {
            "enterprise_id": None,
            "team_id": team.id,
            "user_id": bot.id,
            "is_bot": True,
            "is_enterprise_install": False,
        }
        return {
            "token": "sandbox",
            "team_id": team.id,
            "context_team_id": team.id,
            "context_enterprise_id": None,
            "api_app_id": bot.app_id,
            "event": event,
            "type": "event_callback",
            "event_id": self._ids.new("Ev"),
            "event_time": int(self._clock.now()),
            "authorizations": [authorization],
            "is_ext_shared_channel": shared,
            "event_context": f"4-{self._ids.secret()}",
        }

    def message_posted(self, message: Message) -> None:
        """Tell of a new message, and of the mention of the app in it."""
        channel = self._workspace.channels[message.channel]
        shown = self._rendering.message(message)
        event = {**shown, "channel": channel.id, "event_ts": message.ts}
        self._message({**event, "channel_type": _CHANNEL_TYPE[channel.kind]}, channel)
        mention = {**event, "type": "app_mention"}
        mention.pop("subtype", None)
        for listener in self._listeners:
            mentioned = re.search(rf"<@{listener.bot.id}(?:\|[^>]*)?>", message.text)
            if mentioned and channel.kind != "im" and message.user != listener.bot.id:
                self._tell(listener, mention, channel)
            if not message.bot_id:
                self._links(listener, message, channel)

    def _links(self, listener: Listener, message: Message, channel: Channel) -> None:
        """Tell of links to the app's domains, also where the app is not a member."""
        event = listener.unfurls.offer(message.text, message.user, message)
        if event is not None:
            member = listener.bot.id in channel.members
            self._tell(listener, {"event_ts": self._ids.ts(), **event, "is_bot_user_member": member}, None)

    def message_changed(self, message: Message, previous: JSON) -> None:
        """Tell that a message is not any more what `previous` shows."""
        details = {"message": self._rendering.message(message), "previous_message": previous}
        self._hidden(message, "message_changed", details)

    def message_deleted(self, message: Message, previous: JSON) -> None:
        """Tell that a message is gone."""
        self._hidden(message, "message_deleted", {"deleted_ts": message.ts, "previous_message": previous})

    def _hidden(self, message: Message, subtype: str, details: JSON) -> None:
        channel = self._workspace.channels[message.channel]
        now = self._ids.ts()
        event = {"type": "message", "subtype": subtype, "hidden": True, "channel": channel.id}
        times = {"channel_type": _CHANNEL_TYPE[channel.kind], "ts": now, "event_ts": now}
        self._message({**event, **details, **times}, channel)

    def _message(self, event: JSON, channel: Channel) -> None:
        self.emit(event, channel, f"message.{_SUBSCRIPTION[channel.kind]}")

    def reaction(self, kind: str, message: Message, user: str, name: str) -> None:
        """Tell of a reaction; `kind` is `reaction_added` or `reaction_removed`."""
        item = {"type": "message", "channel": message.channel, "ts": message.ts}
        event = {"type": kind, "user": user, "reaction": name, "item_user": message.user, "item": item}
        self.emit(event, self._workspace.channels[message.channel])

    def file(self, kind: str, file: StoredFile, channel: Channel) -> None:
        """Tell of a file in `channel`: `file_shared` for example."""
        self.emit(_file_event(kind, file, channel), channel)

    def file_deleted(self, file: StoredFile, channels: list[Channel]) -> None:
        """Tell every app that is a member of one of these channels that a file is gone from there."""
        for listener in self._listeners:
            seen = next((channel for channel in channels if listener.bot.id in channel.members), None)
            if seen is not None:
                self._tell(listener, {"event_ts": self._ids.ts(), **_file_event("file_deleted", file, seen)}, seen)

    def member_left(self, channel: Channel, user: User) -> None:
        """Tell those who stay that somebody left the channel, and an app that it is out."""
        kind = "C" if channel.kind == "channel" else "G"
        event = {"type": "member_left_channel", "user": user.id, "channel": channel.id, "channel_type": kind}
        self.emit({**event, "team": self._workspace.team.id}, channel)
        if user.app_id:
            left = "channel_left" if channel.kind == "channel" else "group_left"
            self.emit({"type": left, "channel": channel.id, "actor_id": user.id}, app=user.app_id)

    def member_joined(self, channel: Channel, user: str, inviter: str | None) -> None:
        """Tell that somebody, or the app itself, is now a member of the channel."""
        kind = "C" if channel.kind == "channel" else "G"
        event = {"type": "member_joined_channel", "user": user, "channel": channel.id, "channel_type": kind}
        invited = {"inviter": inviter} if inviter else {}
        self.emit({**event, "team": self._workspace.team.id, **invited}, channel)


def _file_event(kind: str, file: StoredFile, channel: Channel) -> JSON:
    event = {"type": kind, "file_id": file.id, "user_id": file.user, "channel_id": channel.id}
    return {**event, "file": {"id": file.id}}
