"""reactions.*: the small pictures under a message."""

from __future__ import annotations

import re

from sandbox.slack.access import own_channel, readable_channel
from sandbox.slack.errors import JSON, SlackError
from sandbox.slack.methods.call import Call, Method
from sandbox.slack.model import Message
from sandbox.slack.paging import page

# Which pictures exist is not checked, only that it is a name.
_NAME = re.compile(r"[a-z0-9_+'-]{1,100}(::skin-tone-[2-6])?")
_TS = re.compile(r"\d+\.\d{6}")


def _message(call: Call) -> Message:
    """Return the message that is meant. Files can be named as well, but have no reactions of their own here."""
    file = call.args.text("file")
    if file is not None:
        call.slack.workspace.file(file)
    if call.args.text("channel") is None or call.args.text("timestamp") is None:
        raise SlackError("no_item_specified")
    if not _TS.fullmatch(call.args.required("timestamp")):
        raise SlackError("bad_timestamp")
    finder = readable_channel if call.caller.kind == "user" else own_channel
    channel = finder(call.slack, call.caller, call.args.required("channel"))
    return call.slack.workspace.message(channel.id, call.args.required("timestamp"))


def _name(call: Call) -> str:
    name = call.args.required("name").strip(":")
    if not _NAME.fullmatch(name):
        raise SlackError("invalid_name")
    return name


async def add(call: Call) -> JSON:
    """Add a reaction."""
    call.slack.messaging.react(_message(call), call.me, _name(call))
    return {}


async def remove(call: Call) -> JSON:
    """Take a reaction back."""
    call.slack.messaging.unreact(_message(call), call.me, _name(call))
    return {}


async def get(call: Call) -> JSON:
    """Return a message with its reactions."""
    message = _message(call)
    return {"type": "message", "channel": message.channel, "message": call.slack.rendering.message(message)}


async def list_reacted(call: Call) -> JSON:
    """List the messages to which a person, or the caller, reacted, newest first."""
    user = call.slack.workspace.user(call.args.text("user") or call.me)
    workspace = call.slack.workspace
    items = [
        message
        for channel, messages in workspace.messages.items()
        if workspace.can_see(call.me, workspace.channels[channel])
        for message in messages.values()
        if any(user.id in users for users in message.reactions.values())
    ]
    found, cursor = page(sorted(items, key=lambda item: item.ts, reverse=True), call.args)
    shown = [
        {"type": "message", "channel": item.channel, "message": call.slack.rendering.message(item)} for item in found
    ]
    return {"items": shown, "response_metadata": {"next_cursor": cursor}}


METHODS: dict[str, Method] = {
    "reactions.add": add,
    "reactions.remove": remove,
    "reactions.get": get,
    "reactions.list": list_reacted,
}
