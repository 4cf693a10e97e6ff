"""chat.scheduleMessage and its relatives."""

from __future__ import annotations

from sandbox.slack.access import target_channel, visible_channel
from sandbox.slack.errors import JSON, SlackError, missing
from sandbox.slack.methods.call import Call, Method
from sandbox.slack.methods.chat import put_in_thread
from sandbox.slack.paging import page


async def schedule(call: Call) -> JSON:
    """Post a message at a Unix second, at most 120 days from now."""
    channel = target_channel(call.slack, call.caller, call.args.required("channel"))
    if call.args.text("post_at") is None:
        raise missing("post_at")
    post_at = call.args.number("post_at", 0)
    message = call.slack.messaging.new_message(channel, call.caller.user)
    call.slack.composer.content(call.args).fill(message)
    put_in_thread(call, channel, message)
    item = call.slack.scheduled.add(message, post_at, call.me)
    shown = {"text": message.text, "type": "delayed_message", "subtype": message.subtype, "user": call.me}
    marks = {"bot_id": message.bot_id, "app_id": message.app_id, "blocks": message.blocks}
    said = {name: value for name, value in {**shown, **marks}.items() if value}
    return {"channel": channel.id, "scheduled_message_id": item.id, "post_at": post_at, "message": said}


async def delete(call: Call) -> JSON:
    """Take a scheduled message back."""
    channel = visible_channel(call.slack, call.caller, call.args.required("channel"))
    call.slack.scheduled.remove(call.args.required("scheduled_message_id"), call.me, channel.id)
    return {}


async def list_scheduled(call: Call) -> JSON:
    """List what the caller scheduled and was not posted yet."""
    wanted = call.args.text("channel")
    if wanted is not None and wanted not in call.slack.workspace.channels:
        raise SlackError("invalid_channel")
    oldest, latest = call.args.seconds("oldest"), call.args.seconds("latest")
    items = [
        item
        for item in call.slack.scheduled.of(call.me, wanted)
        if item.post_at >= oldest and (not latest or item.post_at <= latest)
    ]
    found, cursor = page(items, call.args)
    shown = [
        {
            "id": item.id,
            "channel_id": item.message.channel,
            "post_at": item.post_at,
            "date_created": item.created,
            "text": item.message.text,
        }
        for item in found
    ]
    return {"scheduled_messages": shown, "response_metadata": {"next_cursor": cursor}}


METHODS: dict[str, Method] = {
    "chat.scheduleMessage": schedule,
    "chat.deleteScheduledMessage": delete,
    "chat.scheduledMessages.list": list_scheduled,
}
