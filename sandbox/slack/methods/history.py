"""conversations.history and conversations.replies."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sandbox.slack.access import readable_channel
from sandbox.slack.errors import JSON, SlackError
from sandbox.slack.methods.call import HISTORY, Call, Method
from sandbox.slack.model import Channel, Message
from sandbox.slack.paging import page

_MOST = 1000
_MOST_FOR_DISTRIBUTED = 15
_TS = re.compile(r"\d+(\.\d{1,6})?")


async def history(call: Call) -> JSON:
    """Return a channel's messages, newest first, without the replies of threads unless they were broadcast."""
    channel = _channel(call)
    messages = call.slack.workspace.messages[channel.id].values()
    shown = [message for message in messages if not _is_reply(message) or message.subtype == "thread_broadcast"]
    chosen = _between(call, shown)
    found, cursor = page(chosen[::-1], call.args, most=_most(call))
    answer: JSON = {"messages": _shown(call, found), "has_more": bool(cursor), "pin_count": 0}
    answer |= {"channel_actions_ts": None, "channel_actions_count": 0}
    return answer | ({"response_metadata": {"next_cursor": cursor}} if cursor else {})


async def replies(call: Call) -> JSON:
    """Return a thread: its parent on every page, then the replies, oldest first."""
    channel = _channel(call)
    parent = call.slack.workspace.messages[channel.id].get(call.args.required("ts"))
    if parent is None:
        raise SlackError("thread_not_found")
    if _is_reply(parent):
        return {"messages": _shown(call, [parent]), "has_more": False}
    found, cursor = page(
        _between(call, call.slack.workspace.thread(channel.id, parent.ts)), call.args, most=_most(call)
    )
    answer: JSON = {"messages": _shown(call, [parent, *found]), "has_more": bool(cursor)}
    return answer | ({"response_metadata": {"next_cursor": cursor}} if cursor else {})


def _most(call: Call) -> int:
    return _MOST_FOR_DISTRIBUTED if call.slack.limits.distributed else _MOST


def _channel(call: Call) -> Channel:
    channel = readable_channel(call.slack, call.caller, call.args.required("channel"))
    call.caller.require(frozenset({HISTORY[channel.kind]}))
    return channel


def _is_reply(message: Message) -> bool:
    return message.thread_ts is not None and message.thread_ts != message.ts


def _between(call: Call, messages: list[Message]) -> list[Message]:
    """Keep what lies between `oldest` and `latest`, these two only when `inclusive`."""
    oldest, latest = _bound(call, "oldest"), _bound(call, "latest")
    inclusive = call.args.flag("inclusive")
    kept: list[Message] = []
    for message in messages:
        ts = float(message.ts)
        after = oldest is None or ts > oldest or (inclusive and ts == oldest)
        before = latest is None or ts < latest or (inclusive and ts == latest)
        if after and before:
            kept.append(message)
    return kept


def _bound(call: Call, name: str) -> float | None:
    value = call.args.text(name)
    if value is None:
        return None
    if not _TS.fullmatch(value):
        raise SlackError(f"invalid_ts_{name}")
    return float(value)


def _shown(call: Call, messages: Sequence[Message]) -> list[JSON]:
    with_metadata = call.args.flag("include_all_metadata")

    return [call.slack.rendering.message(message, with_metadata=with_metadata) for message in messages]


METHODS: dict[str, Method] = {
    "conversations.history": history,
    "conversations.replies": replies,
}
