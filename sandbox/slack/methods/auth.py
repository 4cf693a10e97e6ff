"""api.*, auth.*, apps.*, team.* and bots.*: who is who."""

from __future__ import annotations

from sandbox.slack.errors import JSON, SlackError
from sandbox.slack.methods.call import Call, Method
from sandbox.slack.paging import page


async def api_test(call: Call) -> JSON:
    """Return the arguments, or the error that was asked for."""
    error = call.args.text("error")
    shown = {name: value for name, value in call.args.values.items() if name != "token"}
    if error:
        raise SlackError(error, args=shown)
    return {"args": shown} if shown else {}


async def auth_test(call: Call) -> JSON:
    """Say whose token it is."""
    team, user = call.slack.workspace.team, call.caller.user
    answer = {
        "url": f"{call.slack.rendering.base_url}/",
        "team": team.name,
        "user": user.name,
        "team_id": team.id,
        "user_id": user.id,
        "is_enterprise_install": False,
    }
    return answer | ({"bot_id": user.bot_id} if user.bot_id else {})


async def open_connection(call: Call) -> JSON:
    """Give the app an address for one Socket Mode connection."""
    return {"url": call.slack.socket_mode.new_url(call.slack.rendering.base_url)}


async def team_info(call: Call) -> JSON:
    """Describe the workspace."""
    team = call.slack.workspace.team
    icon = {"image_default": True}
    return {"team": {"id": team.id, "name": team.name, "domain": team.domain, "email_domain": "", "icon": icon}}


async def bots_info(call: Call) -> JSON:
    """Describe the app's bot."""
    bot = call.slack.workspace.bot
    if call.args.text("bot") not in {None, bot.bot_id}:
        raise SlackError("bot_not_found")
    shown = {"id": bot.bot_id, "deleted": False, "name": bot.real_name, "updated": 1_795_219_200}
    return {"bot": {**shown, "app_id": bot.app_id, "user_id": bot.id, "icons": {}}}


async def teams_list(call: Call) -> JSON:
    """List the workspaces in which the token is good: one."""
    team = call.slack.workspace.team
    found, cursor = page([{"id": team.id, "name": team.name}], call.args)
    return {"teams": found, "response_metadata": {"next_cursor": cursor}}


async def emoji_list(_call: Call) -> JSON:
    """List the workspace's own emoji. The local Slack has none."""
    return {"emoji": {}, "cache_ts": "1795219200.000000"}


METHODS: dict[str, Method] = {
    "api.test": api_test,
    "auth.test": auth_test,
    "auth.teams.list": teams_list,
    "emoji.list": emoji_list,
    "apps.connections.open": open_connection,
    "team.info": team_info,
    "bots.info": bots_info,
}
