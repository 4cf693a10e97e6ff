"""The running process: Slack's side, the web side, start and graceful stop."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import structlog
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.socket_mode.aiohttp import SocketModeClient

from bot.app import make_app
from bot.bootstrap import OpenEngines, OpenLadder, Parts, open_engines, open_ladder, open_parts, player_links
from bot.manifest import EVENTS_PATH, read_manifest, scopes_of
from bot.operations import Check, health_routes, listening, metrics_site
from bot.settings import Settings
from services.player.routes import player_routes
from services.vocabulary.errors import OperatorError

if TYPE_CHECKING:
    from bot.bootstrap.installed import Installing

_log = structlog.get_logger(__name__)
# A connection that is cut is back after seven to ten seconds (measured with slack_sdk 3); meanwhile the other one hears
# the commands and clicks, which Slack says only once. Slack allows ten for an app, in all processes together.
_CONNECTIONS = 2


async def serve(settings: Settings) -> None:
    """Serve until SIGTERM or Ctrl-C. Raises OperatorError for what only whoever runs it can mend.

    Also ends where other processes took this one for dead: then its work goes on there, and it has to start anew.
    """
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with running(settings) as parts:
        _log.info("ready", role=settings.role, public_url=settings.public_url, port=settings.port)
        await until_stopped(parts, stop)


async def until_stopped(parts: Parts, stop: asyncio.Event) -> None:
    """Wait for `stop`. Raises OperatorError where the process lost its id."""
    lost = parts.engine.presence.lost
    waits = {asyncio.create_task(event.wait()) for event in (stop, lost)}
    try:
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in waits:
            task.cancel()
    if lost.is_set():
        raise OperatorError(
            f"other processes took {parts.engine.presence.executor!r} for dead, or one of the same id was started; "
            "start it again, with an EXECUTOR_ID of its own"
        )
    _log.info("stopping")


@asynccontextmanager
async def running(
    settings: Settings, open_engines: OpenEngines = open_engines, open_ladder: OpenLadder = open_ladder
) -> AsyncIterator[Parts]:
    """The whole bot, up: the engine first, so that what is delivered can be taken; Slack last."""
    _check_transport(settings)
    async with open_parts(settings, open_engines, open_ladder) as parts:
        await parts.engine.start()
        parts.keeping.begin()
        try:
            async with (
                _slack_side(parts, settings) as slack,
                _web(parts, settings, slack),
                metrics_site(parts.engine, parts.metrics, host=settings.host, port=settings.metrics_port),
            ):
                yield parts
        finally:
            await parts.keeping.end()
            await parts.engine.stop()


def _check_transport(settings: Settings) -> None:
    without = settings.slack_app_token is None and settings.slack_signing_secret is None
    if settings.role.listens and without:
        raise OperatorError(
            "set SLACK_APP_TOKEN for Socket Mode, or SLACK_SIGNING_SECRET to be called over HTTP at /slack/events"
        )


@dataclass(frozen=True)
class _Slack:
    """What hears Slack in this process, where anything does."""

    app: AsyncApp | None = None
    sockets: tuple[SocketModeClient, ...] = ()

    async def connected(self) -> bool:
        """Whether what Slack says arrives here; over HTTP there is no connection that could be lost."""
        return not self.sockets or any([await socket.is_connected() for socket in self.sockets])


@asynccontextmanager
async def _slack_side(parts: Parts, settings: Settings) -> AsyncIterator[_Slack]:
    """Hear Slack, where that is this process's part."""
    if not settings.role.listens:
        yield _Slack()
        return
    app = make_app(parts, settings)
    if settings.slack_app_token is None:
        yield _Slack(app=app)
        return
    token = settings.slack_app_token.get_secret_value()
    sockets = tuple(AsyncSocketModeHandler(app, token).client for _ in range(_CONNECTIONS))
    try:
        await asyncio.gather(*(socket.connect() for socket in sockets))
        yield _Slack(app=app, sockets=sockets)
    finally:
        await asyncio.gather(*(socket.close() for socket in sockets))


@asynccontextmanager
async def _web(parts: Parts, settings: Settings, slack: _Slack) -> AsyncIterator[None]:
    async def engine() -> bool:
        return parts.engine.presence.holds()

    checks: dict[str, Check] = {"database": parts.answers, "engine": engine, "slack": slack.connected}
    site = web.Application()
    site.add_routes(health_routes(checks))
    if slack.app:
        if settings.slack_signing_secret is not None:
            site.router.add_post(EVENTS_PATH, _events(slack.app))
        if parts.installing:
            site.add_routes(await _install_routes(parts, parts.installing, settings))
        site.add_routes(player_routes(parts.library, player_links(settings)))
    async with listening(site, settings.host, settings.port):
        yield


async def _install_routes(parts: Parts, installing: Installing, settings: Settings) -> list[web.RouteDef]:
    from bot.oauth import install_routes  # noqa: PLC0415 - what one workspace does not need

    return install_routes(
        settings,
        client=parts.client,
        installations=installing.installations,
        states=installing.states,
        scopes=scopes_of(await asyncio.to_thread(read_manifest)),
    )


def _events(app: AsyncApp) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def take(request: web.Request) -> web.Response:
        return await to_aiohttp_response(await app.async_dispatch(await to_bolt_request(request)))

    return take
