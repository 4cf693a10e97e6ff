"""Workspaces and apps on request: `POST /sandbox/workspaces`, `/sandbox/apps`, `/sandbox/transport` and the like."""

from __future__ import annotations

from sandbox.slack.acts import Act, person
from sandbox.slack.apps import App
from sandbox.slack.arguments import Arguments
from sandbox.slack.errors import JSON, SlackError
from sandbox.slack.http_delivery import is_loopback
from sandbox.slack.local_slack import LocalSlack
from sandbox.slack.manifest import app_manifest, everything_at
from sandbox.slack.page_state import info
from sandbox.slack.transport import UndeliveredError


def _app(slack: LocalSlack, args: Arguments) -> App:
    return slack.directory.seat(app=args.text("app")).app


def _seat(slack: LocalSlack, args: Arguments) -> LocalSlack:
    return slack.directory.seat(slack.workspace.team.id, args.text("app"))


async def open_workspace(slack: LocalSlack, args: Arguments) -> JSON:
    """Open a further workspace; the first app is installed there with a constant token unless `install` is false."""
    directory = slack.directory
    parts = await directory.open_workspace(args.text("name"), args.text("domain"))
    seat = directory.seat(parts.workspace.team.id)
    if "install" not in args.values or args.flag("install"):
        directory.installer.preinstall(seat)
    return info(seat)


async def list_workspaces(slack: LocalSlack, _args: Arguments) -> JSON:
    """List the workspaces, each as `/sandbox/info` shows it."""
    return {"workspaces": [info(slack.directory.seat(team)) for team in slack.directory.workspaces]}


async def register(slack: LocalSlack, args: Arguments) -> JSON:
    """Register a further app; `install` puts it into a workspace at once, with a constant token."""
    source = args.structure("manifest") or {"name": args.text("name") or "Another app"}
    try:
        manifest = app_manifest(source)
    except (AttributeError, KeyError, TypeError, ValueError):
        raise SlackError("invalid_manifest") from None
    app = slack.directory.register(manifest, source=source)
    if args.flag("install"):
        slack.directory.installer.preinstall(slack.directory.seat(slack.workspace.team.id, app.id))
    return describe(slack, app)


async def list_apps(slack: LocalSlack, _args: Arguments) -> JSON:
    """List the apps with their credentials and where they are installed."""
    return {"apps": [describe(slack, app) for app in slack.directory.apps.values()]}


def describe(slack: LocalSlack, app: App) -> JSON:
    """Return what a developer copies from the page of an app, and where it is installed."""
    keys = app.credentials
    return {
        "app_id": app.id,
        "name": app.manifest.name,
        "client_id": keys.client_id,
        "client_secret": keys.client_secret,
        "signing_secret": keys.signing_secret,
        "app_token": keys.app_token,
        "authorize_url": f"{slack.rendering.base_url}/oauth/v2/authorize",
        "transport": app.transport.name,
        "installations": [
            _installation(seat) for seat in slack.directory.seats(app=app.id) if seat.installation.active
        ],
    }


def _installation(seat: LocalSlack) -> JSON:
    grants = seat.directory.tokens.of(seat.app.id, seat.workspace.team.id)
    bots = [grant.token for grant in grants if grant.kind == "bot"]
    bot = seat.workspace.bot
    shown = {"team_id": seat.workspace.team.id, "bot_user_id": bot.id, "bot_id": bot.bot_id}
    return {**shown, "bot_token": bots[-1] if bots else None, "installer": seat.installation.installer}


async def set_transport(slack: LocalSlack, args: Arguments) -> JSON:
    """Give an app an address for HTTP (`url`, after a challenge), or take it away: then it is Socket Mode again."""
    app, url = _app(slack, args), args.text("url")
    if url is None:
        app.http.endpoints = None
    else:
        if not is_loopback(url):
            raise SlackError("not_on_this_machine")
        try:
            await app.http.verify(url, slack.ids.secret())
        except UndeliveredError as failure:
            raise SlackError("url_verification_failed", reason=failure.reason) from None
        app.http.endpoints = everything_at(url)
    for seat in slack.directory.seats(app=app.id):
        seat.show_app()
    return {"transport": app.transport.name}


async def check_ssl(slack: LocalSlack, args: Arguments) -> JSON:
    """Send what Slack sends now and then to a command's address to see its certificate."""
    app = _app(slack, args)
    url = app.http.endpoints.command(args.text("command") or "/") if app.http.endpoints else None
    if url is None:
        raise SlackError("no_address")
    try:
        return {"status": await app.http.check_ssl(url)}
    except UndeliveredError as failure:
        raise SlackError("ssl_check_failed", reason=failure.reason) from None


async def uninstall(slack: LocalSlack, args: Arguments) -> JSON:
    """Remove an app from the workspace, as an administrator does."""
    seat = _seat(slack, args)
    if not seat.installation.active:
        raise SlackError("not_installed")
    slack.directory.installer.uninstall(seat)
    return {}


async def reinstall(slack: LocalSlack, args: Arguments) -> JSON:
    """Install an app that was removed, without OAuth: the answer has its new bot token."""
    seat = _seat(slack, args)
    if seat.installation.active:
        raise SlackError("already_installed")
    return {"bot_token": slack.directory.installer.reinstall(seat, person(slack, args).id)}


async def revoke(slack: LocalSlack, args: Arguments) -> JSON:
    """End one token, as an administrator or its user does."""
    grant = slack.directory.tokens.peek(args.required("token"))
    if grant is None or grant.app is None or not grant.team:
        raise SlackError("invalid_token")
    slack.directory.installer.revoke(slack.directory.seat_of(grant), grant)
    return {}


async def enable_socket_mode(slack: LocalSlack, args: Arguments) -> JSON:
    """Take connections of an app again after `link_disabled`."""
    _app(slack, args).socket_mode.enable()
    return {}


PLACES: dict[tuple[str, str], Act] = {
    ("POST", "workspaces"): open_workspace,
    ("GET", "workspaces"): list_workspaces,
    ("POST", "apps"): register,
    ("GET", "apps"): list_apps,
    ("POST", "transport"): set_transport,
    ("POST", "ssl_check"): check_ssl,
    ("POST", "uninstall"): uninstall,
    ("POST", "reinstall"): reinstall,
    ("POST", "revoke"): revoke,
    ("POST", "socket_mode"): enable_socket_mode,
}
