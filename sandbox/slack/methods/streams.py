"""chat.startStream and its continuation."""

from __future__ import annotations

from sandbox.slack.access import own_channel
from sandbox.slack.errors import JSON, SlackError
from sandbox.slack.methods.call import Call, Method
from sandbox.slack.methods.chat import disguise, put_in_thread
from sandbox.slack.model import Message


async def start(call: Call) -> JSON:
    """Begin a streamed message in a thread."""
    channel = own_channel(call.slack, call.caller, call.args.required("channel"))
    call.args.required("thread_ts")
    if channel.kind != "im":
        for name in ("recipient_team_id", "recipient_user_id"):
            if call.args.text(name) is None:
                raise SlackError(f"missing_{name}")
        if call.args.text("recipient_team_id") != call.slack.workspace.team.id:
            raise SlackError("team_not_found")
    recipient = call.args.text("recipient_user_id")
    if recipient is not None:
        call.slack.workspace.user(recipient)
    message = call.slack.messaging.new_message(channel, call.caller.user)
    put_in_thread(call, channel, message)
    disguise(call, message)
    call.slack.streams.start(message, call.args)
    call.slack.agents.clear_status(channel, message.thread_ts)
    return {"channel": channel.id, "ts": message.ts}


async def append(call: Call) -> JSON:
    """Add to a streamed message."""
    message = _streamed(call)
    call.slack.streams.append(message, call.args)
    return {"channel": message.channel, "ts": message.ts}


async def stop(call: Call) -> JSON:
    """End a streamed message."""
    message = _streamed(call)
    call.slack.streams.stop(message, call.args)
    session = call.args.text("session_status")
    if session:
        channel = call.slack.workspace.channels[message.channel]
        call.slack.agents.set_session(channel, message.thread_ts, session, None)
    shown = call.slack.rendering.message(message, with_metadata=True)
    return {"channel": message.channel, "ts": message.ts, "message": shown}


def _streamed(call: Call) -> Message:
    channel = own_channel(call.slack, call.caller, call.args.required("channel"))
    message = call.slack.workspace.message(channel.id, call.args.required("ts"))
    if message.user != call.me:
        raise SlackError("message_not_owned_by_app")
    return message


METHODS: dict[str, Method] = {
    "chat.startStream": start,
    "chat.appendStream": append,
    "chat.stopStream": stop,
}
