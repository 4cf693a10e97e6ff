"""The state of the workspace: records, indexes, and what changed since it was last written down."""

from __future__ import annotations

import copy

from sandbox.slack.errors import SlackError
from sandbox.slack.model import Channel, Message, StoredFile, Team, User, View

Record = Channel | Message | StoredFile | View


def key_of(record: Record) -> tuple[str, str]:
    """Return the kind and the key under which a record is stored."""
    if isinstance(record, Message):
        return "message", f"{record.channel}:{record.ts}"
    return {Channel: "channel", StoredFile: "file", View: "view"}[type(record)], record.id


class Workspace:
    """All records in memory. `save` after each change; `take_changes` hands them to whoever writes them down."""

    def __init__(self, team: Team, users: list[User], bot: User) -> None:
        self.team = team
        self.bot = bot
        self.users = {user.id: user for user in users}
        self.channels: dict[str, Channel] = {}
        self.messages: dict[str, dict[str, Message]] = {}
        self.replies: dict[tuple[str, str], list[Message]] = {}
        self.ephemeral: dict[str, Message] = {}
        self.files: dict[str, StoredFile] = {}
        self.views: dict[str, View] = {}
        self._changes: dict[tuple[str, str], Record | None] = {}

    def seen_by(self, bot: User) -> Workspace:
        """Return the same records as another app sees them: with its bot."""
        other = copy.copy(self)
        other.bot = bot
        return other

    def save(self, record: Record) -> None:
        """Keep a new or changed record."""
        self.load(record)
        if not (isinstance(record, Message) and record.recipient):
            self._changes[key_of(record)] = record

    def load(self, record: Record) -> None:
        """Put a record in place without marking it as changed."""
        if isinstance(record, Message):
            self._load_message(record)
        elif isinstance(record, Channel):
            self.channels[record.id] = record
            self.messages.setdefault(record.id, {})
        elif isinstance(record, StoredFile):
            self.files[record.id] = record
        else:
            self.views[record.id] = record

    def _load_message(self, message: Message) -> None:
        if message.recipient:
            self.ephemeral[message.ts] = message
            return
        known = self.messages[message.channel]
        if message.ts not in known and message.thread_ts and message.thread_ts != message.ts:
            self.replies.setdefault((message.channel, message.thread_ts), []).append(message)
        known[message.ts] = message

    def remove_message(self, message: Message) -> None:
        """Forget a message for good."""
        if message.recipient:
            self.ephemeral.pop(message.ts, None)
            return
        del self.messages[message.channel][message.ts]
        if message.thread_ts and message.thread_ts != message.ts:
            self.replies[message.channel, message.thread_ts].remove(message)
        self._changes[key_of(message)] = None

    def remove_view(self, view: View) -> None:
        """Forget a view that was closed."""
        del self.views[view.id]
        self._changes[key_of(view)] = None

    def take_changes(self) -> dict[tuple[str, str], Record | None]:
        """Return what changed since the last call: records by kind and key, None for what is gone."""
        changes = dict(self._changes)
        self._changes.clear()
        return changes

    def people(self) -> list[User]:
        """Return the users who are people, in their order."""
        return [user for user in self.users.values() if not user.is_bot]

    def user(self, user_id: str) -> User:
        """Return a user; raises `user_not_found`."""
        user = self.users.get(user_id)
        if user is None:
            raise SlackError("user_not_found")
        return user

    def channel(self, channel_id: str) -> Channel:
        """Return a channel; raises `channel_not_found`."""
        channel = self.channels.get(channel_id)
        if channel is None:
            raise SlackError("channel_not_found")
        return channel

    def message(self, channel_id: str, ts: str) -> Message:
        """Return a message that everybody in the channel sees; raises `message_not_found`."""
        message = self.messages.get(channel_id, {}).get(ts)
        if message is None:
            raise SlackError("message_not_found")
        return message

    def file(self, file_id: str) -> StoredFile:
        """Return a file whose upload was completed; raises `file_not_found`, or `file_deleted` for a tombstone."""
        file = self.files.get(file_id)
        if file is None or file.state in {"announced", "uploaded"}:
            raise SlackError("file_not_found")
        if file.state == "deleted":
            raise SlackError("file_deleted")
        return file

    def thread(self, channel_id: str, ts: str) -> list[Message]:
        """Return the replies of a thread, oldest first, without its parent."""
        return self.replies.get((channel_id, ts), [])

    def direct_channel(self, members: set[str]) -> Channel | None:
        """Return the direct message between exactly these users, when it was opened before."""
        direct = (channel for channel in self.channels.values() if channel.kind in {"im", "mpim"})
        return next((channel for channel in direct if set(channel.members) == members), None)

    def can_see(self, user_id: str, channel: Channel) -> bool:
        """Return whether a user may know of the channel: it is public or they are in it."""
        return channel.kind == "channel" or user_id in channel.members

    def audience(self, channel: Channel) -> frozenset[str] | None:
        """Return who may see what happens in the channel; None for everybody."""
        return None if channel.kind == "channel" else frozenset(channel.members)
