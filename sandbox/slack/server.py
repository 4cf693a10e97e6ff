"""Starting and stopping the local Slack."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import tempfile
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web

from sandbox.slack.acts import ACTS
from sandbox.slack.administration import ADMINISTRATION
from sandbox.slack.consent import ConsentPage
from sandbox.slack.contract import Contract, read_contract
from sandbox.slack.control import CONTROLS
from sandbox.slack.directory import Directory
from sandbox.slack.local_slack import LocalSlack, Options
from sandbox.slack.manifest import Manifest
from sandbox.slack.methods import all_methods
from sandbox.slack.page_state import READS
from sandbox.slack.places import PLACES
from sandbox.slack.routes import Routes
from sandbox.slack.security import guard
from sandbox.slack.web_api import WebApi

HOST = "127.0.0.1"
_MOST_BODY_BYTES = 4 * 1024 * 1024


@dataclass(frozen=True)
class Running:
    """A local Slack that is listening at `url` (no slash at the end)."""

    url: str
    slack: LocalSlack


@contextlib.asynccontextmanager
async def serve(
    *,
    port: int = 0,
    state: Path | None = None,
    manifest: Manifest | None = None,
    bot_token: str = "xoxb-sandbox",  # noqa: S107 - a constant of the local server, no secret
    app_token: str = "xapp-sandbox",  # noqa: S107 - the same
    rate_limits: bool = True,
) -> AsyncIterator[Running]:
    """Run a local Slack on the loopback interface for as long as the block lasts; port 0 takes a free one.

    With `state` everything is kept in that folder; without it, everything is gone at the end.

    Raises:
        OSError: the port is taken.
    """
    async with contextlib.AsyncExitStack() as stack:
        files = state / "files" if state else await stack.enter_async_context(_temporary_folder())
        listener = stack.enter_context(contextlib.closing(socket.create_server((HOST, port))))
        bound = listener.getsockname()[1]
        options = Options(
            files=files,
            state=state,
            manifest=manifest or Manifest(),
            bot_token=bot_token,
            app_token=app_token,
            rate_limits=rate_limits,
        )
        directory = await _first_day(options, f"http://{HOST}:{bound}")
        slack = directory.seat()
        application = _application(slack, await asyncio.to_thread(read_contract), bound)
        runner = web.AppRunner(application, access_log=None, shutdown_timeout=1.0)
        await runner.setup()
        await web.SockSite(runner, listener).start()
        try:
            yield Running(slack.rendering.base_url, slack)
        finally:
            await directory.stop()
            await runner.cleanup()
            await directory.close()


async def _first_day(options: Options, base_url: str) -> Directory:
    """Return a server with one workspace and one app in it, and whatever an earlier run had beside them."""
    directory = Directory(options, base_url)
    directory.register(options.manifest, options.app_token)
    await directory.open_workspace()
    if not await directory.restore():
        directory.installer.preinstall(directory.seat())
    elif directory.seat().installation.active:
        directory.installer.give_constant_token(directory.seat())
    return directory


@contextlib.asynccontextmanager
async def _temporary_folder() -> AsyncIterator[Path]:
    folder = await asyncio.to_thread(tempfile.TemporaryDirectory, prefix="sandbox-")
    try:
        yield Path(folder.name)
    finally:
        await asyncio.to_thread(folder.cleanup)


def _application(slack: LocalSlack, contract: Contract, port: int) -> web.Application:
    app = web.Application(middlewares=[guard(port)], client_max_size=_MOST_BODY_BYTES)
    routes, web_api, router = Routes(slack), WebApi(slack, all_methods(), contract), app.router
    router.add_route("*", "/api/{method}", web_api.handle)
    router.add_get("/link/", routes.link)
    router.add_post("/upload/v1/{ticket}", routes.upload)
    router.add_get("/files-pri/{team:[^-]+}-{file}/download/{name}", routes.download_file)
    router.add_get("/files-pri/{team:[^-]+}-{file}/{name}", routes.show_file)
    router.add_post("/hooks/{team}/{secret}", routes.hook)
    router.add_get("/archives/{channel}/p{digits:\\d{7,}}", routes.permalink)
    router.add_get("/files/{user}/{file}/{name}", routes.file_permalink)
    for name, act in ACTS.items():
        router.add_post(f"/sandbox/{name}", routes.doing(act))
    for (verb, name), control in {**CONTROLS, **PLACES, **ADMINISTRATION, **READS}.items():
        router.add_route(verb, f"/sandbox/{name}", routes.doing(control))
    consent = ConsentPage(slack)
    router.add_get("/oauth/v2/authorize", consent.show)
    router.add_post("/oauth/v2/authorize", consent.decide)
    router.add_get("/sandbox/info", routes.info)
    router.add_get("/sandbox/state", routes.state)
    router.add_get("/sandbox/events", routes.events)
    router.add_get("/", routes.page)
    router.add_get("/{path:.+}", routes.page)
    return app
