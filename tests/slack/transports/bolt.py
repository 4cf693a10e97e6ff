"""Real Bolt apps behind HTTP, for the tests of the transports."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator

from aiohttp import web
from slack_bolt.async_app import AsyncApp

SIGNING_SECRET = "sandbox-signing-secret"


@contextlib.asynccontextmanager
async def serving(application: web.Application) -> AsyncIterator[str]:
    """Serve an application on a free port for as long as the block lasts; its address has no slash at the end."""
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


@contextlib.asynccontextmanager
async def listening(app: AsyncApp) -> AsyncIterator[str]:
    """Serve a Bolt app's endpoint for as long as the block lasts, and return its address."""
    async with serving(app.web_app("/slack/events")) as url:
        yield f"{url}/slack/events"
