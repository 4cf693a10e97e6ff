"""Slash commands."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck

from handlers import forms, payloads
from handlers.opening import open_settings, open_summarize
from services.publishing.help_text import help_message
from services.publishing.places import Place
from services.workflows.desk import Desk
from services.workflows.workspaces import Workspaces

Listener = Callable[[AsyncAck, dict[str, Any]], Awaitable[None]]
_HELP = frozenset({"help", "?"})
_SETTINGS = frozenset({"settings", "setting"})


def on_summarize(desk: Desk, workspaces: Workspaces) -> Listener:
    """`/summarize <link>` starts a recap; bare, it opens a modal; 'help' explains; the rest is about the channel."""

    async def listen(ack: AsyncAck, command: dict[str, Any]) -> None:
        word = str(command.get("text") or "").strip().lower()
        if word in _HELP:
            explained = help_message()
            await ack(text=explained.text, blocks=explained.blocks)
        elif not word or word in _SETTINGS:
            await ack()
            await _open(desk, workspaces, command, settings=bool(word))
        elif change := forms.change_from_command(command):
            await desk.behave(change)
            await ack()
        else:
            await desk.summon(payloads.summons_from_command(command, time.time()))
            await ack()

    return listen


async def _open(desk: Desk, workspaces: Workspaces, command: dict[str, Any], *, settings: bool) -> None:
    place = Place(channel=command["channel_id"], response_url=command.get("response_url"))
    slack, trigger = await workspaces.of(command["team_id"]), command["trigger_id"]
    if settings:
        await open_settings(slack, trigger, place, await desk.policy(command["team_id"], place.channel))
    else:
        preference = await desk.preference(command["team_id"], command["user_id"])
        await open_summarize(slack, trigger, place, preference)
