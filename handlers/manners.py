"""How we behave in a channel: its settings, and the buttons of offers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck

from handlers import forms, presses
from services.publishing.manner_blocks import manner_view
from services.publishing.offer_blocks import later_message, never_message, taken_message
from services.workflows.desk import Desk
from services.workflows.workspaces import Workspaces

Listener = Callable[[AsyncAck, dict[str, Any]], Awaitable[None]]


def on_settings(desk: Desk, workspaces: Workspaces) -> Listener:
    """'Channel settings' opens over the modal that it is in."""

    async def listen(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        team, place = body["team"]["id"], forms.place(body["view"])
        slack = await workspaces.of(team)
        view = manner_view(place, await desk.policy(team, place.channel))
        await slack.publisher.open_view(body["trigger_id"], view, over=True)

    return listen


def on_chosen(desk: Desk) -> Listener:
    """The settings were saved."""

    async def listen(ack: AsyncAck, body: dict[str, Any]) -> None:
        await desk.behave(forms.change_from_view(body))
        await ack()

    return listen


def on_taken(desk: Desk, workspaces: Workspaces) -> Listener:
    """'Summarize' under an offer."""

    async def listen(ack: AsyncAck, body: dict[str, Any]) -> None:
        recap_id = presses.pressed_value(body)
        if presses.is_at_home(body, recap_id):
            await desk.take_offer(recap_id, body["user"]["id"])
        await ack()
        slack = await workspaces.of(body["team"]["id"])
        await slack.publisher.respond(body["response_url"], taken_message(), replace=True)

    return listen


def on_refused(desk: Desk, workspaces: Workspaces, *, for_ever: bool) -> Listener:
    """'Not now' and 'Never offer here to me'."""

    async def listen(ack: AsyncAck, body: dict[str, Any]) -> None:
        team, channel, user = body["team"]["id"], body["channel"]["id"], body["user"]["id"]
        await desk.refuse_offers(team, channel, user, for_ever=for_ever)
        await ack()
        slack = await workspaces.of(team)
        message = never_message() if for_ever else later_message()
        await slack.publisher.respond(body["response_url"], message, replace=True)

    return listen
