"""What serves Slack's surfaces beside messages."""

from __future__ import annotations

import base64
import hashlib
import hmac

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.settings import Settings
from services.player.links import PlayerLinks
from services.storage.preferences import Preferences
from services.storage.recaps import Recaps
from services.storage.sealing import Seal
from services.storage.shelf import Shelf
from services.workflows.audience import Audience
from services.workflows.clearance import ClearanceWorkflow
from services.workflows.control import ControlWorkflow
from services.workflows.firsts import Firsts
from services.workflows.home import HomeWorkflow
from services.workflows.intake import Intake
from services.workflows.library import Library
from services.workflows.recap import RecapWorkflow
from services.workflows.reception import Reception
from services.workflows.stepping import SteppingWorkflow
from services.workflows.unfurling import UnfurlingWorkflow
from services.workflows.workspaces import Workspaces


def open_reception(
    settings: Settings,
    database: AsyncEngine,
    *,
    recaps: Recaps,
    workspaces: Workspaces,
    links: PlayerLinks | None,
    control: ControlWorkflow,
    intake: Intake,
    firsts: Firsts,
    library: Library,
    recap: RecapWorkflow,
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
    seal, audience = token_seal(settings), Audience(workspaces)
    stepping = SteppingWorkflow(
        recaps=recaps,
        workspaces=workspaces,
        audience=audience,
        intake=intake,
        firsts=firsts,
        library=library,
        recap=recap,
        seal=seal,
    )
    unfurling = UnfurlingWorkflow(recaps=recaps, library=library, workspaces=workspaces, audience=audience, links=links)
    return Reception(preferences, seal, home=home, clearance=clearance, stepping=stepping, unfurling=unfurling)


def token_seal(settings: Settings) -> Seal:
    """What the tokens of workflow steps are sealed with: TOKEN_KEY, else a key made from that of the player's links.

    Reads or writes that key's file. Raises OperatorError for a TOKEN_KEY that is none.
    """
    if settings.token_key:
        return Seal([key.strip() for key in settings.token_key.get_secret_value().split(",")])
    made = hmac.new(settings.link_key(), b"earshot step tokens", hashlib.sha256).digest()
    return Seal([base64.urlsafe_b64encode(made).decode()])
