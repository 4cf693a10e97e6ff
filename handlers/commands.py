"""Slash commands."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck

from handlers import payloads
from services.publishing.help_text import help_message
from services.workflows.desk import Desk

Listener = Callable[[AsyncAck, dict[str, Any]], Awaitable[None]]


def on_summarize(desk: Desk) -> Listener:
    """`/summarize <link to a file or message>` starts a recap; bare, or with 'help', it explains."""

    async def listen(ack: AsyncAck, command: dict[str, Any]) -> None:
        summons = payloads.summons_from_command(command, time.time())
        if summons.text.lower() in ("", "help", "?"):
            explained = help_message()
            await ack(text=explained.text, blocks=explained.blocks)
            return
        await desk.summon(summons)
        await ack()

    return listen
