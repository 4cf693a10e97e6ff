"""What the app is told: which events a change causes, and whether the app subscribed to them."""

from __future__ import annotations

import re

from sandbox.slack.clock import Clock
from sandbox.slack.deliveries import Deliveries
from sandbox.slack.errors import JSON
from sandbox.slack.ids import Ids
from sandbox.slack.manifest import Manifest
from sandbox.slack.model import Channel, Message, StoredFile
from sandbox.slack.rendering import Rendering
from sandbox.slack.unfurls import Unfurls
from sandbox.slack.workspace import Workspace

_SUBSCRIPTION = {"channel": "channels", "private": "groups", "im": "im", "mpim": "mpim"}
_CHANNEL_TYPE = {"channel": "channel", "private": "group", "im": "im", "mpim": "mpim"}
# The scope without which Slack does not let an app subscribe.
_SCOPES = {
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


class Events:
    """Turns changes of the workspace into event callbacks for the app."""

    def __init__(
        self,
        *,
        workspace: Workspace,
        rendering: Rendering,
        manifest: Manifest,
        deliveries: Deliveries,
        clock: Clock,
        ids: Ids,
        unfurls: Unfurls,
    ) -> None:
        self._workspace = workspace
        self._rendering = rendering
        self._manifest = manifest
        self._deliveries = deliveries
        self._clock = clock
        self._ids = ids
        self._unfurls = unfurls

    def emit(self, event: JSON, channel: Channel | None = None, subscription: str | None = None) -> None:
        """Send an event when the app subscribed to it and, if it happened in a channel, is a member there."""
        name = subscription or str(event["type"])
        if channel is not None and self._workspace.bot.id not in channel.members:
            return
        if not self._subscribed(name):
            return
        self._deliveries.event(self._callback({"event_ts": self._ids.ts(), **event}))

    def _subscribed(self, name: str) -> bool:
        manifest = self._manifest
        scope = _SCOPES.get(name)
        granted = scope is None or manifest.scopes is None or scope in manifest.scopes
        return granted and (manifest.events is None or name in manifest.events)

    def _callback(self, event: JSON) -> JSON:
        team, bot = self._workspace.team, self._workspace.bot
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
            "is_ext_shared_channel": False,
            "event_context": f"4-{self._ids.secret()}",
        }

    def message_posted(self, message: Message) -> None:
        """Tell of a new message, and of the mention of the app in it."""
        channel = self._workspace.channels[message.channel]
        shown = self._rendering.message(message)
        event = {**shown, "channel": channel.id, "event_ts": message.ts}
        self._message({**event, "channel_type": _CHANNEL_TYPE[channel.kind]}, channel)
        mentioned = re.search(rf"<@{self._workspace.bot.id}(?:\|[^>]*)?>", message.text)
        if mentioned and channel.kind != "im" and message.user != self._workspace.bot.id:
            mention = {name: value for name, value in event.items() if name != "subtype"}
            self.emit({**mention, "type": "app_mention"}, channel)
        if not message.bot_id:
            self._links(message, channel)

    def _links(self, message: Message, channel: Channel) -> None:
        """Tell of links to the app's domains, also where the app is not a member."""
        event = self._unfurls.offer(message.text, message.user, message)
        if event is not None:
            self.emit({**event, "is_bot_user_member": self._workspace.bot.id in channel.members})

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
        """Tell of a file in `channel`: `file_shared` or `file_deleted`."""
        event = {"type": kind, "file_id": file.id, "user_id": file.user, "channel_id": channel.id}
        self.emit({**event, "file": {"id": file.id}}, channel)

    def member_joined(self, channel: Channel, user: str, inviter: str | None) -> None:
        """Tell that somebody, or the app itself, is now a member of the channel."""
        kind = "C" if channel.kind == "channel" else "G"
        event = {"type": "member_joined_channel", "user": user, "channel": channel.id, "channel_type": kind}
        invited = {"inviter": inviter} if inviter else {}
        self.emit({**event, "team": self._workspace.team.id, **invited}, channel)
