"""Everything a person may see, in one piece, for the page."""

from __future__ import annotations

from sandbox.slack.errors import JSON
from sandbox.slack.local_slack import LocalSlack
from sandbox.slack.model import Channel, Message, User


def info(slack: LocalSlack) -> JSON:
    """Return what an outside program needs to take part: addresses, ids and tokens."""
    workspace = slack.workspace
    bot = workspace.bot
    return {
        "api_url": f"{slack.rendering.base_url}/api/",
        "team": {"id": workspace.team.id, "name": workspace.team.name},
        "teams": _teams(slack),
        "bot": {"user_id": bot.id, "bot_id": bot.bot_id, "app_id": bot.app_id},
        "users": [{"id": user.id, "name": user.name, "token": user.token} for user in workspace.people()],
        "channels": [
            {"id": channel.id, "name": channel.name, "members": list(channel.members)}
            for channel in workspace.channels.values()
            if channel.kind in {"channel", "private"}
        ],
    }


def state(slack: LocalSlack, user: User) -> JSON:
    """Return all that `user` may see, as README.md describes it."""
    workspace, rendering = slack.workspace, slack.rendering
    visible = [channel for channel in workspace.channels.values() if workspace.can_see(user.id, channel)]
    home = slack.views.home(user.id)
    return {
        "ok": True,
        "seq": slack.live.seq,
        "team": {"id": workspace.team.id, "name": workspace.team.name, "domain": workspace.team.domain},
        "teams": _teams(slack),
        "me": {**_user(user), "token": user.token},
        "users": {each.id: _user(each) for each in workspace.users.values()},
        "people": [
            {"id": each.id, "name": each.name, "real_name": each.real_name, "token": each.token}
            for each in workspace.people()
        ],
        "channels": [_channel(slack, item, user) for item in visible if item.kind in {"channel", "private"}],
        "dms": [_channel(slack, item, user) for item in visible if item.kind in {"im", "mpim"}],
        "messages": {item.id: _messages(slack, list(workspace.messages[item.id].values())) for item in visible},
        "ephemeral": _ephemeral(slack, user),
        "views": [rendering.view(view) for view in slack.views.stack(user.id)],
        "home": rendering.view(home) if home else None,
        **slack.agents.to_json(user.id),
        "app": slack.app_status(),
    }


def _teams(slack: LocalSlack) -> list[JSON]:
    """Return all workspaces of the server, for a page that can show any of them."""
    teams = [parts.workspace.team for parts in slack.directory.workspaces.values()]
    return [{"id": team.id, "name": team.name, "domain": team.domain} for team in teams]


def _user(user: User) -> JSON:
    shown: JSON = {
        "id": user.id,
        "name": user.name,
        "real_name": user.real_name,
        "display_name": user.real_name,
        "color": user.color,
        "initials": "".join(word[0] for word in user.real_name.split()[:2]).upper(),
        "is_bot": user.is_bot,
        "tz": user.tz,
    }
    return shown | ({"bot_id": user.bot_id, "app_id": user.app_id} if user.bot_id else {})


def _channel(slack: LocalSlack, channel: Channel, viewer: User) -> JSON:
    return {**slack.rendering.channel(channel, viewer.id), "members": list(channel.members)}


def _messages(slack: LocalSlack, messages: list[Message]) -> list[JSON]:
    return [slack.rendering.message(message) for message in messages]


def _ephemeral(slack: LocalSlack, user: User) -> JSON:
    shown: dict[str, list[JSON]] = {}
    for message in slack.workspace.ephemeral.values():
        if message.recipient == user.id:
            shown.setdefault(message.channel, []).append(slack.rendering.message(message))
    return shown
