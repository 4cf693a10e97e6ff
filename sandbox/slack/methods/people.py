"""users.*: people and the channels that they are in."""

from __future__ import annotations

from sandbox.slack.errors import JSON, SlackError
from sandbox.slack.methods.call import Call, Method
from sandbox.slack.methods.conversations import channels_of_types
from sandbox.slack.paging import page


async def info(call: Call) -> JSON:
    """Describe a user."""
    user = call.slack.workspace.user(call.args.required("user"))
    shown = call.slack.rendering.user(user)
    return {"user": shown | ({"locale": user.locale} if call.args.flag("include_locale") else {})}


async def list_users(call: Call) -> JSON:
    """List all users, bots included."""
    found, cursor = page(list(call.slack.workspace.users.values()), call.args)
    with_locale = call.args.flag("include_locale")
    shown = [call.slack.rendering.user(user) | ({"locale": user.locale} if with_locale else {}) for user in found]
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


async def lookup_by_email(call: Call) -> JSON:
    """Find a person by their address."""
    wanted = call.args.required("email").lower()
    found = next((user for user in call.slack.workspace.people() if user.email and user.email == wanted), None)
    if found is None:
        raise SlackError("users_not_found")
    return {"user": call.slack.rendering.user(found)}


async def presence(call: Call) -> JSON:
    """Say whether somebody is there. In the local Slack everybody is."""
    call.slack.workspace.user(call.args.text("user") or call.me)
    return {"presence": "active", "online": True, "auto_away": False, "manual_away": False, "connection_count": 1}


METHODS: dict[str, Method] = {
    "users.info": info,
    "users.list": list_users,
    "users.conversations": conversations,
    "users.profile.get": profile,
    "users.lookupByEmail": lookup_by_email,
    "users.getPresence": presence,
}
