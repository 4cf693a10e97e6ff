"""Everything a person may see, in one piece, for the page."""

from __future__ import annotations

from urllib.parse import urlencode

from sandbox.slack.acts import Act, person
from sandbox.slack.arguments import Arguments
from sandbox.slack.canvases import markdown_of
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
        "functions": slack.manifest.functions,
    }


async def profile(slack: LocalSlack, _args: Arguments) -> JSON:
    """Say what the app is and may do: its scopes and events (None means all), and the way to install it by OAuth."""
    manifest, installation = slack.manifest, slack.installation
    held = installation.scopes if installation.active else manifest.scopes
    return {
        **slack.app_status(),
        "installer": installation.installer or None,
        "scopes": None if held is None else sorted(held),
        "events": None if manifest.events is None else sorted(manifest.events),
        "unfurl_domains": list(manifest.unfurl_domains),
        "functions": manifest.functions,
        "authorize_url": _authorize_url(slack),
    }


def _authorize_url(slack: LocalSlack) -> str | None:
    """Return where an app that has an address for the code is installed; None for one without."""
    manifest = slack.manifest
    if not manifest.redirect_urls or not manifest.scopes:
        return None
    asked = {
        "client_id": slack.app.credentials.client_id,
        "scope": ",".join(sorted(manifest.scopes)),
        "user_scope": ",".join(sorted(manifest.user_scopes)),
        "team": slack.workspace.team.id,
    }
    return f"{slack.rendering.base_url}/oauth/v2/authorize?{urlencode(asked)}"


async def canvas(slack: LocalSlack, args: Arguments) -> JSON:
    """Return a canvas as markdown, for somebody who may read it; raises `canvas_not_found`."""
    file = slack.canvases.get(args.required("file"), person(slack, args).id, "read")
    return {"title": file.title, "markdown": markdown_of(file)}


READS: dict[tuple[str, str], Act] = {("GET", "profile"): profile, ("GET", "canvas"): canvas}


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
