"""pins.* and bookmarks.*: what a channel keeps at hand."""

from __future__ import annotations

import re

from sandbox.slack.access import own_channel, readable_channel, visible_channel
from sandbox.slack.errors import JSON, SlackError, missing
from sandbox.slack.methods.call import Call, Method
from sandbox.slack.model import Channel, Message

_TS = re.compile(r"\d+\.\d{6}")
_MOST_BOOKMARKS = 100
_CHANGEABLE = ("title", "link", "emoji")


def _pinned(call: Call) -> tuple[Channel, Message]:
    channel = own_channel(call.slack, call.caller, call.args.required("channel"))
    ts = call.args.text("timestamp")
    if ts is None:
        raise SlackError("no_item_specified")
    if not _TS.fullmatch(ts):
        raise SlackError("bad_timestamp")
    return channel, call.slack.workspace.message(channel.id, ts)


def _tell(call: Call, kind: str, channel: Channel, message: Message) -> None:
    shown = call.slack.rendering.message(message)
    item = {"type": "message", "channel": channel.id, "message": shown, "created_by": call.me}
    event = {"type": kind, "user": call.me, "channel_id": channel.id, "item": item}
    call.slack.events.emit({**event, "pin_count": len(channel.pins)}, channel)


async def pin(call: Call) -> JSON:
    """Pin a message to its channel."""
    channel, message = _pinned(call)
    if any(item["ts"] == message.ts for item in channel.pins):
        raise SlackError("already_pinned")
    channel.pins.append({"ts": message.ts, "user": call.me, "created": int(call.slack.clock.now())})
    call.slack.workspace.save(channel)
    _tell(call, "pin_added", channel, message)
    return {}


async def unpin(call: Call) -> JSON:
    """Take a pin away."""
    channel, message = _pinned(call)
    kept = [item for item in channel.pins if item["ts"] != message.ts]
    if len(kept) == len(channel.pins):
        raise SlackError("no_pin")
    channel.pins = kept
    call.slack.workspace.save(channel)
    _tell(call, "pin_removed", channel, message)
    return {}


async def list_pins(call: Call) -> JSON:
    """List the pinned messages, the latest first."""
    channel = readable_channel(call.slack, call.caller, call.args.required("channel"))
    messages = call.slack.workspace.messages[channel.id]
    shown = [
        {
            "type": "message",
            "created": item["created"],
            "created_by": item["user"],
            "channel": channel.id,
            "message": call.slack.rendering.message(messages[item["ts"]]),
        }
        for item in reversed(channel.pins)
        if item["ts"] in messages
    ]
    return {"items": shown}


def _channel(call: Call) -> Channel:
    wanted = call.args.text("channel_id")
    if wanted is None:
        raise missing("channel_id")
    return visible_channel(call.slack, call.caller, wanted)


def _bookmark(call: Call) -> tuple[Channel, JSON]:
    channel, wanted = _channel(call), call.args.text("bookmark_id")
    found = next((item for item in channel.bookmarks if item["id"] == wanted), None)
    if found is None:
        raise SlackError("not_found")
    return channel, found


async def add_bookmark(call: Call) -> JSON:
    """Put a link at the top of a channel."""
    channel, link = _channel(call), call.args.text("link")
    if call.args.required("type") != "link":
        raise SlackError("invalid_bookmark_type")
    if link is None or not link.startswith(("http://", "https://")):
        raise SlackError("invalid_link")
    if len(channel.bookmarks) >= _MOST_BOOKMARKS:
        raise SlackError("too_many_bookmarks")
    now = int(call.slack.clock.now())
    bookmark: JSON = {
        "id": call.slack.ids.new("Bk"),
        "channel_id": channel.id,
        "title": call.args.required("title"),
        "link": link,
        "emoji": call.args.text("emoji"),
        "icon_url": None,
        "type": "link",
        "entity_id": None,
        "date_created": now,
        "date_updated": 0,
        "rank": str(len(channel.bookmarks)),
        "last_updated_by_user_id": call.me,
        "last_updated_by_team_id": call.slack.workspace.team.id,
        "shortcut_id": None,
        "app_id": call.caller.user.app_id,
    }
    channel.bookmarks.append(bookmark)
    call.slack.workspace.save(channel)
    return {"bookmark": bookmark}


async def edit_bookmark(call: Call) -> JSON:
    """Change a bookmark."""
    channel, bookmark = _bookmark(call)
    link = call.args.text("link")
    if link is not None and not link.startswith(("http://", "https://")):
        raise SlackError("invalid_link")
    bookmark |= {name: call.args.text(name) for name in _CHANGEABLE if call.args.text(name) is not None}
    bookmark["date_updated"] = int(call.slack.clock.now())
    call.slack.workspace.save(channel)
    return {"bookmark": bookmark}


async def remove_bookmark(call: Call) -> JSON:
    """Take a bookmark away."""
    channel, bookmark = _bookmark(call)
    channel.bookmarks.remove(bookmark)
    call.slack.workspace.save(channel)
    return {}


async def list_bookmarks(call: Call) -> JSON:
    """List a channel's bookmarks."""
    return {"bookmarks": list(_channel(call).bookmarks)}


METHODS: dict[str, Method] = {
    "pins.add": pin,
    "pins.remove": unpin,
    "pins.list": list_pins,
    "bookmarks.add": add_bookmark,
    "bookmarks.edit": edit_bookmark,
    "bookmarks.remove": remove_bookmark,
    "bookmarks.list": list_bookmarks,
}
