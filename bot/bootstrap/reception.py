"""What serves Slack's surfaces beside messages."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.settings import Settings
from services.player.links import PlayerLinks
from services.storage.preferences import Preferences
from services.storage.recaps import Recaps
from services.storage.shelf import Shelf
from services.workflows.clearance import ClearanceWorkflow
from services.workflows.control import ControlWorkflow
from services.workflows.home import HomeWorkflow
from services.workflows.reception import Reception
from services.workflows.workspaces import Workspaces


def open_reception(
    settings: Settings,
    database: AsyncEngine,
    *,
    recaps: Recaps,
    workspaces: Workspaces,
    links: PlayerLinks | None,
    control: ControlWorkflow,
) -> Reception:
    """The second desk with its workflows. `links` is None where people cannot reach our player."""
    shelf, preferences = Shelf(database), Preferences(database)
    home = HomeWorkflow(
        recaps=recaps,
        shelf=shelf,
        preferences=preferences,
        workspaces=workspaces,
        links=links,
        days=settings.retention_days,
    )
    clearance = ClearanceWorkflow(shelf=shelf, control=control, home=home)
    return Reception(preferences, home=home, clearance=clearance)
