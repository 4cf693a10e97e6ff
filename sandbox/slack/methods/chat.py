"""chat.*: posting, editing, deleting."""

from __future__ import annotations

import re

from sandbox.slack.access import own_channel, readable_channel, target_channel
from sandbox.slack.arguments import Arguments
from sandbox.slack.errors import JSON, SlackError
from sandbox.slack.methods.call import Call, Method
from sandbox.slack.model import Channel, Message

_MOST_UPDATED_TEXT = 4_000
_MOST_TEXT = 40_000
_TS = re.compile(r"\d+(\.\d+)?")


async def post_message(call: Call) -> JSON:
    """Post a message to a channel, a thread or a person."""
    channel = target_channel(call.slack, call.caller, call.args.required("channel"))
    if channel.kind == "im" and call.slack.workspace.bot.id in channel.members and not call.slack.manifest.messages_tab:
        raise SlackError("messages_tab_disabled")
    content = call.slack.composer.content(call.args)
    message = call.slack.messaging.new_message(channel, call.caller.user)
    content.fill(message)
    put_in_thread(call, channel, message)
    disguise(call, message)
    call.slack.messaging.post(message)
    if call.caller.kind == "bot":
        call.slack.agents.clear_status(channel, message.thread_ts)
    shown = call.slack.rendering.message(message, with_metadata=True)
    return {"channel": channel.id, "ts": message.ts, "message": shown}


async def me_message(call: Call) -> JSON:
    """Post what one does instead of what one says."""
    channel = target_channel(call.slack, call.caller, call.args.required("channel"))
    message = call.slack.messaging.new_message(channel, call.caller.user)
    call.slack.composer.content(Arguments({"text": call.args.text("text")}), most_text=_MOST_TEXT).fill(message)
    message.subtype = "me_message"
    call.slack.messaging.post(message)
    return {"channel": channel.id, "ts": message.ts}


def put_in_thread(call: Call, channel: Channel, message: Message) -> None:
    """Make a message a reply when `thread_ts` is given; a reply's own ts leads to its parent.

    Raises:
        SlackError: `thread_not_found` when there is no such message, `invalid_thread_ts` for what is no timestamp.
    """
    thread_ts = call.args.text("thread_ts")
    if thread_ts is None:
        return
    if not _TS.fullmatch(thread_ts):
        messages = [f"[ERROR] {thread_ts} is not a valid thread_ts"]
        raise SlackError("invalid_thread_ts", response_metadata={"messages": messages})
    parent = call.slack.workspace.messages[channel.id].get(thread_ts)
    if parent is None:
        raise SlackError("thread_not_found")
    message.thread_ts = parent.thread_ts or parent.ts
    parent.thread_ts = parent.thread_ts or parent.ts
    call.slack.workspace.save(parent)
    if call.args.flag("reply_broadcast"):
        message.subtype = "thread_broadcast"


def disguise(call: Call, message: Message) -> None:
    """Let the app post under another name or icon, for which it needs a scope."""
    args = call.args
    icons = {"emoji": args.text("icon_emoji"), "image_48": args.text("icon_url")}
    given = {name: value for name, value in icons.items() if value}
    if args.text("username") or given:
        call.caller.require(frozenset({"chat:write.customize"}))
        message.username, message.icons = args.text("username"), given or None


async def post_ephemeral(call: Call) -> JSON:
    """Show a message to one member of a channel."""
    channel = own_channel(call.slack, call.caller, call.args.required("channel"))
    user = call.args.required("user")
    if user not in channel.members:
        raise SlackError("user_not_in_channel")
    message = call.slack.messaging.new_message(channel, call.caller.user)
    call.slack.composer.content(call.args).fill(message)
    message.thread_ts, message.recipient = call.args.text("thread_ts"), user
    call.slack.messaging.post_ephemeral(message)
    return {"message_ts": message.ts}


def own_message(call: Call, refusal: str) -> Message:
    """Return the message that `channel` and `ts` name; raises `refusal` when it is somebody else's."""
    channel = own_channel(call.slack, call.caller, call.args.required("channel"))
    message = call.slack.workspace.message(channel.id, call.args.required("ts"))
    if message.user != call.me or message.subtype in {"channel_join", "tombstone"}:
        raise SlackError(refusal)
    return message


async def update(call: Call) -> JSON:
    """Edit a message of one's own."""
    message = own_message(call, "cant_update_message")
    if call.slack.streams.is_running(message):
        raise SlackError("streaming_state_conflict")
    previous = call.slack.rendering.message(message)
    attachments = message.attachments
    content = call.slack.composer.content(call.args, most_text=_MOST_UPDATED_TEXT, may_be_empty=bool(message.files))
    content.fill(message)
    if call.args.values.get("attachments") is None:
        message.attachments = attachments
    message.edited = {"user": call.me, "ts": call.slack.ids.ts()}
    call.slack.messaging.changed(message, previous)
    shown = call.slack.rendering.message(message, with_metadata=True)
    return {"channel": message.channel, "ts": message.ts, "text": message.text, "message": shown}


async def delete(call: Call) -> JSON:
    """Delete a message of one's own."""
    message = own_message(call, "cant_delete_message")
    call.slack.messaging.delete(message)
    return {"channel": message.channel, "ts": message.ts}


async def get_permalink(call: Call) -> JSON:
    """Return the address of a message."""
    channel = readable_channel(call.slack, call.caller, call.args.required("channel"))
    message = call.slack.workspace.message(channel.id, call.args.required("message_ts"))
    address = f"{call.slack.rendering.base_url}/archives/{channel.id}/p{message.ts.replace('.', '')}"
    if message.thread_ts and message.thread_ts != message.ts:
        address += f"?thread_ts={message.thread_ts}&cid={channel.id}"
    return {"channel": channel.id, "permalink": address}


METHODS: dict[str, Method] = {
    "chat.postMessage": post_message,
    "chat.postEphemeral": post_ephemeral,
    "chat.meMessage": me_message,
    "chat.update": update,
    "chat.delete": delete,
    "chat.getPermalink": get_permalink,
}
