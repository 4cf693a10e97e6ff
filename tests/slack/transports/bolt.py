"""Real Bolt apps behind HTTP, for the tests of the transports."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import AsyncIterator

from aiohttp import web
from slack_bolt.async_app import AsyncApp

SIGNING_SECRET = "sandbox-signing-secret"


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@contextlib.asynccontextmanager
async def serving(application: web.Application, port: int = 0) -> AsyncIterator[str]:
    """Serve an application for as long as the block lasts, on a free port or that one; the address ends in no slash."""
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", port)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


@contextlib.asynccontextmanager
async def listening(app: AsyncApp, port: int = 0) -> AsyncIterator[str]:
    """Serve a Bolt app's endpoint for as long as the block lasts, and return its address."""
    async with serving(app.web_app("/slack/events"), port) as url:
        yield f"{url}/slack/events"
