"""conversations.*: leaving, naming and archiving channels."""

from __future__ import annotations

import re

from sandbox.slack.access import own_channel, visible_channel
from sandbox.slack.errors import JSON, SlackError
from sandbox.slack.methods.call import Call, Method
from sandbox.slack.model import Channel

_MOST_TOPIC = 250
_NAME = re.compile(r"[\w-]{1,80}")
_TS = re.compile(r"\d+\.\d{6}")


def _public_or_private(call: Call, *, mine: bool = True) -> Channel:
    """Return the channel that is named; raises `method_not_supported_for_channel_type` for a direct message."""
    channel = visible_channel(call.slack, call.caller, call.args.required("channel"))
    if channel.kind in {"im", "mpim"}:
        raise SlackError("method_not_supported_for_channel_type")
    if mine and call.me not in channel.members:
        raise SlackError("not_in_channel")
    return channel


def _changeable(call: Call) -> Channel:
    channel = _public_or_private(call)
    if channel.archived:
        raise SlackError("is_archived")
    return channel


def _saved(call: Call, channel: Channel) -> JSON:
    call.slack.workspace.save(channel)
    call.slack.messaging.show_channel(channel)
    return {"channel": call.slack.rendering.channel(channel, call.me)}


async def leave(call: Call) -> JSON:
    """Leave a channel."""
    channel = _public_or_private(call, mine=False)
    if channel.archived:
        raise SlackError("is_archived")
    if channel.is_general and call.caller.kind == "user":
        raise SlackError("cant_leave_general")
    if call.me not in channel.members:
        return {"not_in_channel": True}
    call.slack.messaging.leave(channel, call.caller.user)
    return {}


async def kick(call: Call) -> JSON:
    """Take somebody out of a channel."""
    channel, user = _public_or_private(call), call.slack.workspace.user(call.args.text("user") or "")
    if user.id == call.me:
        raise SlackError("cant_kick_self")
    if channel.is_general and not user.is_bot:
        raise SlackError("cant_kick_from_general")
    if user.id not in channel.members:
        raise SlackError("not_in_channel")
    call.slack.messaging.leave(channel, user)
    return {"errors": {}}


async def close(call: Call) -> JSON:
    """Put a direct message out of sight. It stays, and opens again with the next message."""
    channel = visible_channel(call.slack, call.caller, call.args.required("channel"))
    if channel.kind not in {"im", "mpim"}:
        raise SlackError("method_not_supported_for_channel_type")
    return {}


async def mark(call: Call) -> JSON:
    """Say up to where one has read. Nothing here depends on it."""
    own_channel(call.slack, call.caller, call.args.required("channel"))
    if not _TS.fullmatch(call.args.required("ts")):
        raise SlackError("invalid_timestamp")
    return {}


def _short(call: Call, name: str) -> str:
    text = call.args.text(name) or ""
    if len(text) > _MOST_TOPIC:
        raise SlackError("too_long")
    return text


async def set_topic(call: Call) -> JSON:
    """Say what a channel is about at the moment."""
    channel = _changeable(call)
    channel.topic = _short(call, "topic")
    return _saved(call, channel)


async def set_purpose(call: Call) -> JSON:
    """Say what a channel is for."""
    channel = _changeable(call)
    channel.purpose = _short(call, "purpose")
    return _saved(call, channel)


async def rename(call: Call) -> JSON:
    """Give a channel another name."""
    channel, name = _changeable(call), call.args.required("name").removeprefix("#")
    if not _NAME.fullmatch(name) or name != name.lower():
        raise SlackError("invalid_name_specials")
    if any(other.name == name and other is not channel for other in call.slack.workspace.channels.values()):
        raise SlackError("name_taken")
    channel.name = name
    event = {"type": "channel_rename" if channel.kind == "channel" else "group_rename"}
    call.slack.events.emit({**event, "channel": {"id": channel.id, "name": name, "created": channel.created}}, channel)
    return _saved(call, channel)


async def archive(call: Call) -> JSON:
    """Close a channel for new messages."""
    channel = _public_or_private(call)
    if channel.archived:
        raise SlackError("already_archived")
    if channel.is_general:
        raise SlackError("cant_archive_general")
    channel.archived = True
    _saved(call, channel)
    return {}


async def unarchive(call: Call) -> JSON:
    """Open an archived channel again."""
    channel = _public_or_private(call, mine=False)
    if not channel.archived:
        raise SlackError("not_archived")
    channel.archived = False
    _saved(call, channel)
    return {}


METHODS: dict[str, Method] = {
    "conversations.leave": leave,
    "conversations.kick": kick,
    "conversations.close": close,
    "conversations.mark": mark,
    "conversations.setTopic": set_topic,
    "conversations.setPurpose": set_purpose,
    "conversations.rename": rename,
    "conversations.archive": archive,
    "conversations.unarchive": unarchive,
}
