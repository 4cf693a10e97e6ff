"""users.*: people and the channels that they are in."""

from __future__ import annotations

from sandbox.slack.errors import JSON
from sandbox.slack.methods.call import Call, Method
from sandbox.slack.methods.conversations import channels_of_types
from sandbox.slack.paging import page


async def info(call: Call) -> JSON:
    """Describe a user."""
    shown = call.slack.rendering.user(call.slack.workspace.user(call.args.required("user")))
    return {"user": shown | ({"locale": "en-GB"} if call.args.flag("include_locale") else {})}


async def list_users(call: Call) -> JSON:
    """List all users, bots included."""
    found, cursor = page(list(call.slack.workspace.users.values()), call.args)
    shown = [call.slack.rendering.user(user) for user in found]
    return {"members": shown, "cache_ts": int(call.slack.clock.now()), "response_metadata": {"next_cursor": cursor}}


async def conversations(call: Call) -> JSON:
    """List the conversations that `user`, or the caller, is a member of."""
    user = call.slack.workspace.user(call.args.text("user") or call.me)
    mine = [channel for channel in channels_of_types(call) if user.id in channel.members]
    found, cursor = page(mine, call.args)
    shown = [call.slack.rendering.channel(channel, call.me) for channel in found]
    return {"channels": shown, "response_metadata": {"next_cursor": cursor}}


async def profile(call: Call) -> JSON:
    """Return a user's profile."""
    user = call.slack.workspace.user(call.args.text("user") or call.me)
    return {"profile": call.slack.rendering.profile(user)}


METHODS: dict[str, Method] = {
    "users.info": info,
    "users.list": list_users,
    "users.conversations": conversations,
    "users.profile.get": profile,
}
