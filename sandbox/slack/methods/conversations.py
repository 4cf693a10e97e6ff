"""conversations.*: channels, their members, joining."""

from __future__ import annotations

import re

from sandbox.slack.access import visible_channel
from sandbox.slack.errors import JSON, SlackError
from sandbox.slack.methods.call import READS, Call, Method
from sandbox.slack.model import Channel
from sandbox.slack.paging import page

_TYPES = {"public_channel": "channel", "private_channel": "private", "im": "im", "mpim": "mpim"}
_MOST_PEOPLE = 8
_PAIR = 2


def require_read(call: Call, channel: Channel) -> None:
    """Raise `missing_scope` when the caller may not know of this kind of conversation."""
    call.caller.require(frozenset({READS[channel.kind]}))


def channels_of_types(call: Call) -> list[Channel]:
    """Return the visible channels of the kinds in `types`, public ones when it is left out."""
    wanted = call.args.names("types") or ["public_channel"]
    if not set(wanted) <= _TYPES.keys():
        raise SlackError("invalid_types")
    kinds = {_TYPES[name] for name in wanted}
    for kind in kinds:
        call.caller.require(frozenset({READS[kind]}))
    workspace = call.slack.workspace
    return [item for item in workspace.channels.values() if item.kind in kinds and workspace.can_see(call.me, item)]


async def list_channels(call: Call) -> JSON:
    """List the conversations that the caller may see."""
    found, cursor = page(channels_of_types(call), call.args)
    shown = [call.slack.rendering.channel(channel, call.me) for channel in found]
    return {"channels": shown, "response_metadata": {"next_cursor": cursor}}


async def info(call: Call) -> JSON:
    """Describe a conversation."""
    channel = visible_channel(call.slack, call.caller, call.args.required("channel"))
    require_read(call, channel)
    shown = call.slack.rendering.channel(channel, call.me)
    if not call.args.flag("include_num_members"):
        shown.pop("num_members", None)
    return {"channel": shown}


async def members(call: Call) -> JSON:
    """List the members of a conversation."""
    channel = visible_channel(call.slack, call.caller, call.args.required("channel"))
    require_read(call, channel)
    found, cursor = page(channel.members, call.args)
    return {"members": list(found), "response_metadata": {"next_cursor": cursor}}


async def open_direct(call: Call) -> JSON:
    """Open or find the direct message with one to eight people, or the one whose id is `channel`."""
    known = call.args.text("channel")
    if known is not None:
        channel, already = visible_channel(call.slack, call.caller, known), True
        if channel.kind not in {"im", "mpim"}:
            raise SlackError("method_not_supported_for_channel_type")
    else:
        partners = _partners(call)
        call.caller.require(frozenset({"im:write" if len(partners) <= _PAIR else "mpim:write"}))
        channel, already = call.slack.messaging.open_direct(partners)
    shown = call.slack.rendering.channel(channel, call.me) if call.args.flag("return_im") else {"id": channel.id}
    return {"channel": shown} | ({"no_op": True, "already_open": True} if already else {})


def _partners(call: Call) -> set[str]:
    wanted = call.args.names("users")
    if not wanted:
        raise SlackError("users_list_not_supplied")
    if len(wanted) > _MOST_PEOPLE:
        raise SlackError("too_many_users")
    return {call.me, *(call.slack.workspace.user(user).id for user in wanted)}


async def join(call: Call) -> JSON:
    """Make the caller a member of a public channel."""
    channel = visible_channel(call.slack, call.caller, call.args.required("channel"))
    if channel.kind != "channel":
        raise SlackError("method_not_supported_for_channel_type")
    if channel.archived:
        raise SlackError("is_archived")
    warning: JSON = {}
    if call.me in channel.members:
        warning = {"warning": "already_in_channel", "response_metadata": {"warnings": ["already_in_channel"]}}
    else:
        call.slack.messaging.join(channel, call.caller.user)
    return {"channel": call.slack.rendering.channel(channel, call.me), **warning}


async def invite(call: Call) -> JSON:
    """Make others, or the app, members of a channel that the caller is in."""
    channel = visible_channel(call.slack, call.caller, call.args.required("channel"))
    if channel.kind in {"im", "mpim"}:
        raise SlackError("method_not_supported_for_channel_type")
    if call.me not in channel.members:
        raise SlackError("not_in_channel")
    if channel.archived:
        raise SlackError("is_archived")
    wanted = [call.slack.workspace.user(user) for user in call.args.names("users")]
    if not wanted:
        raise SlackError("no_user")
    if call.caller.user in wanted:
        raise SlackError("cant_invite_self")
    if any(user.id in channel.members for user in wanted):
        raise SlackError("already_in_channel")
    for user in wanted:
        call.slack.messaging.join(channel, user, inviter=call.me)
    return {"channel": call.slack.rendering.channel(channel, call.me)}


async def create(call: Call) -> JSON:
    """Make a channel with the caller as its only member."""
    name = call.args.required("name")
    if not re.fullmatch(r"[\w-]{1,80}", name) or name != name.lower():
        raise SlackError("invalid_name_specials")
    if any(channel.name == name for channel in call.slack.workspace.channels.values()):
        raise SlackError("name_taken")
    channel = Channel(
        id=call.slack.ids.new("C"),
        name=name,
        kind="private" if call.args.flag("is_private") else "channel",
        members=[call.me],
        created=int(call.slack.clock.now()),
        creator=call.me,
    )
    call.slack.workspace.save(channel)
    call.slack.messaging.show_channel(channel)
    return {"channel": call.slack.rendering.channel(channel, call.me)}


METHODS: dict[str, Method] = {
    "conversations.list": list_channels,
    "conversations.info": info,
    "conversations.members": members,
    "conversations.open": open_direct,
    "conversations.join": join,
    "conversations.invite": invite,
    "conversations.create": create,
}
