"""The running process: Slack's side, the web side, start and graceful stop."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import structlog
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp

from bot.app import make_app
from bot.bootstrap import OpenEngines, OpenLadder, Parts, open_engines, open_ladder, open_parts, player_links
from bot.settings import Settings
from services.player.routes import player_routes
from services.vocabulary.errors import OperatorError

_log = structlog.get_logger(__name__)


async def serve(settings: Settings) -> None:
    """Serve until SIGTERM or Ctrl-C. Raises OperatorError for what only whoever runs it can mend."""
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with running(settings):
        _log.info("ready", public_url=settings.public_url, port=settings.port)
        await stop.wait()
        _log.info("stopping")


@asynccontextmanager
async def running(
    settings: Settings, open_engines: OpenEngines = open_engines, open_ladder: OpenLadder = open_ladder
) -> AsyncIterator[Parts]:
    """The whole bot, up: the engine first, so that what is delivered can be taken; Slack last."""
    _check_transport(settings)
    async with open_parts(settings, open_engines, open_ladder) as parts:
        app = make_app(parts, settings)
        await parts.engine.start()
        try:
            async with _web(app, parts, settings), _socket(app, settings):
                yield parts
        finally:
            await parts.engine.stop()


def _check_transport(settings: Settings) -> None:
    if settings.slack_app_token is None and settings.slack_signing_secret is None:
        raise OperatorError(
            "set SLACK_APP_TOKEN for Socket Mode, or SLACK_SIGNING_SECRET to be called over HTTP at /slack/events"
        )


@asynccontextmanager
async def _web(app: AsyncApp, parts: Parts, settings: Settings) -> AsyncIterator[None]:
    site = web.Application()
    site.router.add_get("/health", _health)
    if settings.slack_signing_secret is not None:
        site.router.add_post("/slack/events", _events(app))
    site.add_routes(player_routes(parts.library, player_links(settings)))
    runner = web.AppRunner(site, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, settings.host, settings.port).start()
        yield
    except OSError as error:
        raise OperatorError(f"cannot listen on {settings.host}:{settings.port}: {error.strerror}") from error
    finally:
        await runner.cleanup()


def _events(app: AsyncApp) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def take(request: web.Request) -> web.Response:
        return await to_aiohttp_response(await app.async_dispatch(await to_bolt_request(request)))

    return take


async def _health(_request: web.Request) -> web.Response:
    return web.json_response({"ok": True})


@asynccontextmanager
async def _socket(app: AsyncApp, settings: Settings) -> AsyncIterator[None]:
    if settings.slack_app_token is None:
        yield
        return
    handler = AsyncSocketModeHandler(app, settings.slack_app_token.get_secret_value())
    await handler.client.connect()
    try:
        yield
    finally:
        await handler.client.close()
