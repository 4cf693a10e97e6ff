"""What `doctor` asks where many workspaces install the app."""

from __future__ import annotations

import asyncio

from bot.bootstrap.installed import seal_of
from bot.manifest import REDIRECT_PATH
from bot.settings import Settings
from services.storage.database import migrate, open_database
from services.storage.installations import Installations
from services.vocabulary.errors import OperatorError


async def installed(settings: Settings) -> str:
    """Whether workspaces can install the app, and how many have: every token on record is opened once."""
    seal = seal_of(settings)
    if settings.public_url is None:
        raise OperatorError("set PUBLIC_URL: Slack leads people back there when they install the app")
    await migrate(settings.tables_url)
    database = await asyncio.to_thread(open_database, settings.tables_url)
    try:
        installations = Installations(database, seal)
        teams = await installations.teams()
        for team in teams:
            await installations.of(team)
    finally:
        await database.dispose()
    return f"{len(teams)} installed; in Slack the redirect URL is {settings.public_url}{REDIRECT_PATH}"
