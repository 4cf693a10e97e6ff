"""Reactions that ask for a recap."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.context.async_context import AsyncBoltContext

from handlers import payloads
from services.workflows.desk import Desk
from services.workflows.workspaces import Workspaces

Listener = Callable[[dict[str, Any], dict[str, Any], AsyncBoltContext], Awaitable[None]]


def on_reaction(desk: Desk, workspaces: Workspaces) -> Listener:
    """An ear or headphones on a message: its recordings are recapped, where the channel wants that."""

    async def listen(event: dict[str, Any], body: dict[str, Any], context: AsyncBoltContext) -> None:
        team, bot = context.team_id, context.bot_user_id
        if team is None or not payloads.asks_by_reaction(event, bot):
            return
        channel, ts = event["item"]["channel"], event["item"]["ts"]
        if not (await desk.policy(team, channel)).manner.hears_reactions:
            return
        message = await (await workspaces.of(team)).shares.message(channel, ts)
        summons = payloads.summons_from_reaction(event, message, team, bot, time.time(), abroad=payloads.abroad(body))
        if summons is not None:
            await desk.summon(summons)

    return listen
