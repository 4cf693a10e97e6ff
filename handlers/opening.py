"""Opening the modals that a command or a shortcut asks for, within the three seconds that a trigger lives."""

from __future__ import annotations

import asyncio

import structlog

from services.media.slack_shares import Shared
from services.publishing import Message
from services.publishing.manner_blocks import DIRECT, manner_view
from services.publishing.places import Place
from services.publishing.summarize_view import summarize_view
from services.vocabulary.manner import Policy
from services.vocabulary.preference import Preference
from services.workflows.workspaces import Workspace

_log = structlog.get_logger(__name__)
# The rest of the three seconds is for opening the modal itself.
_LOOKING_SECONDS = 1.0


async def open_summarize(slack: Workspace, trigger: str, place: Place, preference: Preference) -> None:
    """Ask what to recap, with the recordings of the channel to choose from, where they are known soon enough."""
    recent = await _recent(slack, place.channel) if place.channel else []
    named = [(file.file_id, file.name) for file in recent]
    await slack.publisher.open_view(trigger, summarize_view(place, named, preference))


async def open_settings(slack: Workspace, trigger: str, place: Place, policy: Policy) -> None:
    """Ask how to behave in the channel. A conversation with one person has no settings, and is told so."""
    if not place.is_direct:
        await slack.publisher.open_view(trigger, manner_view(place, policy))
    elif place.response_url:
        await slack.publisher.respond(place.response_url, Message(text=DIRECT))


async def _recent(slack: Workspace, channel: str) -> list[Shared]:
    try:
        async with asyncio.timeout(_LOOKING_SECONDS):
            return await slack.directory.recent(channel)
    except Exception:  # noqa: BLE001 - the modal is worth more than its menu
        _log.info("the recordings of a channel could not be listed in time", channel=channel, exc_info=True)
        return []
