"""Links to our player that people post."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.context.async_context import AsyncBoltContext

from handlers.payloads import Payload
from services.workflows.reception import Reception
from services.workflows.unfurling import SharedLinks

Listener = Callable[[dict[str, Any], AsyncBoltContext], Awaitable[None]]
# Who is still writing has shown it to nobody, and nobody knows in which channel it will be.
_POSTED = "conversations_history"


def on_shared(reception: Reception) -> Listener:
    """A message with links to our domain was posted."""

    async def listen(event: dict[str, Any], context: AsyncBoltContext) -> None:
        if context.team_id and (shared := links_of(event, context.team_id)):
            await reception.unfurl(shared)

    return listen


def links_of(event: Payload, team: str) -> SharedLinks | None:
    """The links of a posted message; None while it is being written."""
    urls = tuple(str(link["url"]) for link in event.get("links") or () if link.get("url"))
    if event.get("source") != _POSTED or not urls:
        return None
    return SharedLinks(team=team, channel=event["channel"], ts=str(event["message_ts"]), urls=urls)
