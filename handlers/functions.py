"""Steps of workflows that are ours to run."""

from __future__ import annotations

import html
import time
from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.context.async_context import AsyncBoltContext

from handlers.payloads import Payload
from services.workflows.reception import Reception
from services.workflows.stepping import StepRun

Listener = Callable[[dict[str, Any], AsyncBoltContext], Awaitable[None]]


def on_executed(reception: Reception, callback_id: str) -> Listener:
    """A workflow came to our step."""

    async def listen(event: dict[str, Any], context: AsyncBoltContext) -> None:
        if context.team_id and event["function"].get("callback_id") == callback_id:
            token = str(event.get("bot_access_token") or "")
            await reception.step(run_of(event, context.team_id, time.time()), token)

    return listen


def run_of(event: Payload, team: str, now: float) -> StepRun:
    """The run, without its token. People paste links as Slack shows them, in angle brackets and escaped."""
    inputs = event.get("inputs") or {}
    pasted = str(inputs.get("media") or "").strip()
    media = html.unescape(pasted.strip("<>").partition("|")[0]).strip()
    return StepRun(
        team=team,
        execution=str(event["function_execution_id"]),
        channel=str(inputs.get("channel") or ""),
        media=media,
        language=str(inputs.get("language") or "") or None,
        arrived=now,
    )
