"""Workspaces that go: the app is taken out, or its token is taken back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.context.async_context import AsyncBoltContext

from services.workflows.departure import Departure
from services.workflows.desk import Desk

Listener = Callable[[dict[str, Any], AsyncBoltContext], Awaitable[None]]


def on_uninstalled(desk: Desk) -> Listener:
    """Everything of the workspace is forgotten."""

    async def listen(body: dict[str, Any], context: AsyncBoltContext) -> None:
        await _depart(desk, body, context.team_id)

    return listen


def on_tokens_revoked(desk: Desk) -> Listener:
    """The same, when the bot's token is among them. We hold no tokens of people."""

    async def listen(body: dict[str, Any], context: AsyncBoltContext) -> None:
        if body["event"].get("tokens", {}).get("bot"):
            await _depart(desk, body, context.team_id)

    return listen


async def _depart(desk: Desk, body: dict[str, Any], team: str | None) -> None:
    if team is not None:
        await desk.depart(Departure(team=team, event=body["event_id"], moment=float(body["event_time"])))
