"""`python -m bot doctor`: what is configured, what works, and what to do about the rest."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

import aiohttp
from rich.console import Console
from rich.markup import escape
from slack_sdk.errors import SlackApiError

from bot.bootstrap import open_sites
from bot.models import missing_models
from bot.settings import Settings
from services.publishing.client import slack_client
from services.storage.database import migrate
from services.vocabulary.errors import OperatorError

_ROOMY_BYTES = 2 << 30
_STALE_DAYS = 120
Check = Callable[[Settings], Awaitable[str]]


async def examine(settings: Settings) -> int:
    """Run every check and print a line each; 0 when all is well, 1 when something wants doing."""
    console, worst = Console(), 0
    checks: dict[str, Check] = {
        "Slack": _slack,
        "Events": _events,
        "Models": _models,
        "Data folder": _data,
        "Database": _database,
        "Player": _player,
        "Links": _links,
    }
    if settings.uses_aws:
        from bot.doctor_services import aws_checks  # noqa: PLC0415 - not installed where only local engines are

        checks |= aws_checks(settings)
    if not settings.hears_locally:
        checks.pop("Models")
    for name, check in checks.items():
        try:
            console.print(f"[green]ok[/]    {name:<12} {escape(await check(settings))}")
        except OperatorError as error:
            worst = 1
            console.print(f"[red]to do[/] {name:<12} {escape(str(error))}")
    return worst


async def _slack(settings: Settings) -> str:
    if settings.many_workspaces:
        from bot.doctor_workspaces import installed  # noqa: PLC0415 - what one workspace does not need

        return await installed(settings)
    if settings.slack_bot_token is None:
        raise OperatorError("set SLACK_BOT_TOKEN: create the app from manifest.yml, install it, copy the bot token")
    async with aiohttp.ClientSession() as session:
        client = slack_client(
            settings.slack_bot_token.get_secret_value(), api_url=settings.slack_api_url, session=session
        )
        try:
            who = await client.auth_test()
        except SlackApiError as error:
            raise OperatorError(
                f"Slack refuses SLACK_BOT_TOKEN ({error.response.get('error')}): copy it again"
            ) from error
        except (aiohttp.ClientError, TimeoutError) as error:
            raise OperatorError(f"no way to {settings.slack_api_url}: {error}") from error
    return f"{who.get('user')} in {who.get('team')}"


async def _events(settings: Settings) -> str:
    if settings.slack_app_token is not None:
        return "Socket Mode"
    if settings.slack_signing_secret is not None:
        return f"HTTP at port {settings.port}, /slack/events"
    raise OperatorError(
        "set SLACK_APP_TOKEN (an app-level token with connections:write) for Socket Mode, "
        "or SLACK_SIGNING_SECRET to be called over HTTP"
    )


async def _models(settings: Settings) -> str:
    if missing := await asyncio.to_thread(missing_models, settings):
        raise OperatorError(f"not there yet: {', '.join(missing)}; run: python -m bot models")
    return str(settings.models_dir)


async def _data(settings: Settings) -> str:
    def probe() -> int:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=settings.data_dir):
            return shutil.disk_usage(settings.data_dir).free

    try:
        free = await asyncio.to_thread(probe)
    except OSError as error:
        raise OperatorError(f"cannot write to DATA_DIR {settings.data_dir}: {error.strerror}") from error
    if free < _ROOMY_BYTES:
        raise OperatorError(f"{settings.data_dir} has only {free >> 20} MB left; recordings need room")
    return f"{await asyncio.to_thread(Path(settings.data_dir).resolve)}, {free >> 30} GB free"


async def _database(settings: Settings) -> str:
    await migrate(settings.tables_url)
    return settings.tables_url.partition("://")[0]


async def _links(settings: Settings) -> str:
    for name, path in (("YTDLP_COOKIES", settings.ytdlp_cookies), ("CA_BUNDLE", settings.ca_bundle)):
        if path and not await asyncio.to_thread(path.is_file):
            raise OperatorError(f"{name} names {path}, which is no file")
    async with open_sites(settings) as sites:
        release = await sites.version()
    newer = "pip install --target FOLDER yt-dlp yt-dlp-ejs, and set YTDLP_PATH=FOLDER"
    if release.age_days is not None and release.age_days > _STALE_DAYS:
        raise OperatorError(
            f"yt-dlp {release.yt_dlp} is {release.age_days} days old, and sites change monthly: {newer}"
        )
    if release.runtime is None or release.solver is None:
        raise OperatorError("YouTube wants a JavaScript runtime: install the extra 'links' (deno and yt-dlp-ejs)")
    return f"yt-dlp {release.yt_dlp}, {release.runtime}"


async def _player(settings: Settings) -> str:
    if settings.public_url is None:
        return "no PUBLIC_URL, so times in messages are plain text"
    return f"{settings.public_url}, links last {settings.link_days} days"
