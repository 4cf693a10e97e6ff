"""What whoever runs the bot asks it over HTTP: is it up, can it work, and the figures."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import structlog
from aiohttp import web

from bot.metrics import Metrics
from services.vocabulary.errors import OperatorError
from services.workflows.engine import Engine

_log = structlog.get_logger(__name__)
_PATIENCE_SECONDS = 3.0

Check = Callable[[], Awaitable[bool]]


def health_routes(checks: dict[str, Check]) -> list[web.RouteDef]:
    """`/health`: the process answers. `/ready`: 200 when every check holds, else 503; both say which hold."""

    async def health(_request: web.Request) -> web.Response:
        return web.json_response({"ok": True})

    async def ready(_request: web.Request) -> web.Response:
        results = dict(zip(checks, await asyncio.gather(*map(_holds, checks.values())), strict=True))
        return web.json_response(results, status=200 if all(results.values()) else 503)

    return [web.get("/health", health), web.get("/ready", ready)]


async def _holds(check: Check) -> bool:
    try:
        async with asyncio.timeout(_PATIENCE_SECONDS):
            return await check()
    except Exception:  # noqa: BLE001 - whatever is wrong, it is not ready
        _log.warning("not ready", exc_info=True)
        return False


@asynccontextmanager
async def metrics_site(engine: Engine, metrics: Metrics, *, host: str, port: int | None) -> AsyncIterator[None]:
    """`/metrics` on a port of its own, which is never published; nowhere where none is set. Raises OperatorError."""
    if port is None:
        yield
        return

    async def page(_request: web.Request) -> web.Response:
        metrics.queues(await engine.queues())
        return web.Response(body=metrics.page(), headers={"Content-Type": metrics.content_type})

    site = web.Application()
    site.add_routes([web.get("/metrics", page)])
    async with listening(site, host, port):
        yield


@asynccontextmanager
async def listening(site: web.Application, host: str, port: int) -> AsyncIterator[None]:
    """Serve the application there. Raises OperatorError where that cannot be."""
    runner = web.AppRunner(site, access_log=None)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError as error:
            raise OperatorError(f"cannot listen on {host}:{port}: {error.strerror}") from error
        yield
    finally:
        await runner.cleanup()
