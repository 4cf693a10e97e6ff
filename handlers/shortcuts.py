"""Shortcuts: on a message, and from anywhere."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck

from handlers import forms, payloads, presses
from handlers.opening import open_summarize
from services.publishing.places import Place
from services.workflows.desk import Desk
from services.workflows.workspaces import Workspaces

Listener = Callable[[AsyncAck, dict[str, Any]], Awaitable[None]]


def on_summarize_message(desk: Desk) -> Listener:
    """'Summarize this' recaps what the message holds."""

    async def listen(ack: AsyncAck, body: dict[str, Any]) -> None:
        await desk.summon(payloads.summons_from_shortcut(body, time.time()))
        await ack()

    return listen


def on_summarize_media(desk: Desk, workspaces: Workspaces) -> Listener:
    """'Summarize media' asks what, and in which channel."""

    async def listen(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        team = body["team"]["id"]
        preference = await desk.preference(team, body["user"]["id"])
        await open_summarize(await workspaces.of(team), body["trigger_id"], Place(), preference)

    return listen


def on_wished(desk: Desk) -> Listener:
    """The modal was submitted: what is wrong is said beside its field, else the work begins."""

    async def listen(ack: AsyncAck, body: dict[str, Any]) -> None:
        try:
            summons = forms.summons_from_view(body, time.time())
        except forms.Incomplete as incomplete:
            await ack(response_action="errors", errors=incomplete.sentences)
            return
        await desk.summon(summons)
        await ack()

    return listen


def on_again(desk: Desk) -> Listener:
    """'Recap anyway'."""

    async def listen(ack: AsyncAck, body: dict[str, Any]) -> None:
        if summons := forms.summons_again(body, presses.pressed_value(body), time.time()):
            await desk.summon(summons)
        await ack()

    return listen
