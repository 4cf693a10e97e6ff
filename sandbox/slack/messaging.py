"""Everything that happens to messages: posting, editing, deleting, reacting, joining."""

from __future__ import annotations

import uuid

from sandbox.slack.clock import Clock
from sandbox.slack.errors import JSON, SlackError
from sandbox.slack.events import Events
from sandbox.slack.ids import Ids
from sandbox.slack.live import Live
from sandbox.slack.model import Channel, Message, User
from sandbox.slack.rendering import Rendering
from sandbox.slack.seed import SLACKBOT_ID
from sandbox.slack.workspace import Workspace


class Messaging:
    """Changes messages and channels, and tells the app and the page about it."""

    def __init__(
        self, *, workspace: Workspace, rendering: Rendering, events: Events, live: Live, ids: Ids, clock: Clock
    ) -> None:
        self._workspace = workspace
        self._rendering = rendering
        self._events = events
        self._live = live
        self._ids = ids
        self._clock = clock

    def new_message(self, channel: Channel, author: User, text: str = "") -> Message:
        """Return a message that is not posted yet, with its author's marks and a fresh timestamp."""
        message = Message(channel=channel.id, ts=self._ids.ts(), user=author.id, text=text)
        if author.bot_id:
            message.bot_id, message.app_id = author.bot_id, author.app_id
        elif author.id != SLACKBOT_ID:
            message.client_msg_id = str(uuid.uuid4())
        return message

    def post(self, message: Message) -> None:
        """Post a message to its channel, or into the thread of `thread_ts`."""
        self._workspace.save(message)
        self._events.message_posted(message)
        self.show(message)
        self._show_parent(message)
        self._warn_of_absent_app(message)

    def post_ephemeral(self, message: Message) -> None:
        """Show a message to its `recipient` only. It is in no history and does not survive a restart."""
        self._workspace.save(message)
        self.show(message)

    def shown(self, message: Message) -> JSON:
        """Return how a message looks now, to be given to `changed` later."""
        return self._rendering.message(message)

    def changed(self, message: Message, previous: JSON) -> None:
        """Keep an edited message; `previous` is how it was shown before."""
        self._workspace.save(message)
        if not message.recipient:
            self._events.message_changed(message, previous)
        self.show(message)

    def keep(self, message: Message) -> None:
        """Keep a change of which Slack tells no event: reactions and the text of a running stream."""
        self._workspace.save(message)
        self.show(message)

    def delete(self, message: Message) -> None:
        """Delete a message. A parent that has replies stays as a tombstone."""
        previous = self._rendering.message(message)
        if self._workspace.thread(message.channel, message.ts) and not message.recipient:
            self._bury(message, previous)
            return
        channel = self._workspace.channels[message.channel]
        self._workspace.remove_message(message)
        kind = "ephemeral_deleted" if message.recipient else "message_deleted"
        self._live.publish({"type": kind, "channel": channel.id, "ts": message.ts}, self._audience(message))
        if not message.recipient:
            self._events.message_deleted(message, previous)
            self._show_parent(message)

    def _bury(self, message: Message, previous: JSON) -> None:
        grave = Message(
            channel=message.channel,
            ts=message.ts,
            user=SLACKBOT_ID,
            text="This message was deleted.",
            subtype="tombstone",
            thread_ts=message.ts,
        )
        self.changed(grave, previous)

    def react(self, message: Message, user: str, name: str) -> None:
        """Add a reaction; raises `already_reacted`."""
        users = message.reactions.setdefault(name, [])
        if user in users:
            raise SlackError("already_reacted")
        users.append(user)
        self.keep(message)
        self._events.reaction("reaction_added", message, user, name)

    def unreact(self, message: Message, user: str, name: str) -> None:
        """Take a reaction back; raises `no_reaction`."""
        users = message.reactions.get(name, [])
        if user not in users:
            raise SlackError("no_reaction")
        users.remove(user)
        if not users:
            del message.reactions[name]
        self.keep(message)
        self._events.reaction("reaction_removed", message, user, name)

    def join(self, channel: Channel, user: User, inviter: str | None = None) -> None:
        """Make a user a member of a channel, with the message and the event that go with it."""
        channel.members.append(user.id)
        self._workspace.save(channel)
        self.show_channel(channel)
        if channel.kind == "private":
            messages = [self._rendering.message(item) for item in self._workspace.messages[channel.id].values()]
            event = {"type": "messages", "channel": channel.id, "messages": messages}
            self._live.publish(event, frozenset({user.id}))
        self._events.member_joined(channel, user.id, inviter)
        notice = self.new_message(channel, user, f"<@{user.id}> has joined the channel")
        notice.subtype, notice.client_msg_id, notice.inviter = "channel_join", None, inviter
        self.post(notice)

    def leave(self, channel: Channel, user: User) -> None:
        """Take a user out of a channel."""
        channel.members.remove(user.id)
        self._workspace.save(channel)
        self.show_channel(channel)
        self._events.member_left(channel, user)

    def open_direct(self, members: set[str]) -> tuple[Channel, bool]:
        """Return the direct message between these users, and whether it was open already."""
        known = self._workspace.direct_channel(members)
        if known is not None:
            return known, True
        pair = 2
        kind: tuple[str, str] = ("D", "im") if len(members) <= pair else ("C", "mpim")
        ordered = sorted(members)
        names = "--".join(self._workspace.users[member].name for member in ordered)
        channel = Channel(
            id=self._ids.new(kind[0]),
            name="" if kind[1] == "im" else f"mpdm-{names}-1",
            kind="im" if kind[1] == "im" else "mpim",
            members=ordered,
            created=int(self._clock.now()),
        )
        self._workspace.save(channel)
        self.show_channel(channel)
        return channel, False

    def show(self, message: Message) -> None:
        """Tell the page how a message looks now."""
        kind = "ephemeral" if message.recipient else "message"
        event = {"type": kind, "channel": message.channel, "message": self._rendering.message(message)}
        self._live.publish(event, self._audience(message))

    def show_channel(self, channel: Channel) -> None:
        """Tell the page how a channel looks now, to each of its viewers as they see it."""
        viewers = [user.id for user in self._workspace.people() if self._workspace.can_see(user.id, channel)]
        for viewer in viewers:
            shown = {**self._rendering.channel(channel, viewer), "members": channel.members}
            self._live.publish({"type": "channel", "channel": shown}, frozenset({viewer}))

    def _show_parent(self, message: Message) -> None:
        if message.thread_ts and message.thread_ts != message.ts:
            parent = self._workspace.messages[message.channel].get(message.thread_ts)
            if parent is not None:
                self.show(parent)

    def _audience(self, message: Message) -> frozenset[str] | None:
        if message.recipient:
            return frozenset({message.recipient})
        return self._workspace.audience(self._workspace.channels[message.channel])

    def _warn_of_absent_app(self, message: Message) -> None:
        """Say to a person who mentions an app where it is not a member what Slackbot would say."""
        channel = self._workspace.channels[message.channel]
        if channel.kind not in {"channel", "private"} or message.user not in self._workspace.users:
            return
        apps = [user for user in self._workspace.users.values() if user.bot_id and not user.deleted]
        for bot in apps:
            if bot.id not in channel.members and f"<@{bot.id}>" in message.text:
                self._warn(message, channel, bot)

    def _warn(self, message: Message, channel: Channel, bot: User) -> None:
        slackbot = self._workspace.users[SLACKBOT_ID]
        text = f"<@{bot.id}> is not in this channel, so it does not see what you write. Invite it with `/invite`."
        notice = self.new_message(channel, slackbot, text)
        notice.recipient, notice.thread_ts = message.user, message.thread_ts
        self.post_ephemeral(notice)
