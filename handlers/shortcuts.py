"""Shortcuts on messages."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck

from handlers import payloads
from services.workflows.desk import Desk

Listener = Callable[[AsyncAck, dict[str, Any]], Awaitable[None]]


def on_summarize_message(desk: Desk) -> Listener:
    """'Summarize this' recaps what the message holds."""

    async def listen(ack: AsyncAck, body: dict[str, Any]) -> None:
        await desk.summon(payloads.summons_from_shortcut(body, time.time()))
        await ack()

    return listen
