"""Buttons and modals."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck

from handlers import presses
from services.publishing.actions import verdict_of
from services.publishing.views import ask_view, transcript_view
from services.workflows.desk import Desk
from services.workflows.library import Library
from services.workflows.requests import Act
from services.workflows.workspaces import Workspaces

Listener = Callable[[AsyncAck, dict[str, Any]], Awaitable[None]]


def on_control(desk: Desk, act: Act) -> Listener:
    """Cancel, Retry and Delete start durable work."""

    async def listen(ack: AsyncAck, body: dict[str, Any]) -> None:
        if control := presses.control(body, act):
            await desk.control(control)
        await ack()

    return listen


def on_output(desk: Desk) -> Listener:
    """'Try again' under an output writes that one alone."""

    async def listen(ack: AsyncAck, body: dict[str, Any]) -> None:
        recap_id, name, press = presses.output(body)
        if presses.is_at_home(body, recap_id):
            await desk.write(recap_id, name, press=press)
        await ack()

    return listen


def on_feedback(desk: Desk) -> Listener:
    """Thumbs are kept; a second press replaces the first."""

    async def listen(ack: AsyncAck, body: dict[str, Any]) -> None:
        if verdict := verdict_of(presses.pressed_value(body)):
            await desk.rate(verdict.subject, team=body["team"]["id"], user=body["user"]["id"], value=verdict.value)
        await ack()

    return listen


def on_transcript(library: Library, workspaces: Workspaces) -> Listener:
    """'Full transcript' opens it in a modal."""

    async def listen(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        recap = await library.recap(presses.pressed_value(body))
        if recap and presses.is_at_home(body, recap.id):
            slack = await workspaces.of(body["team"]["id"])
            await slack.publisher.open_view(body["trigger_id"], transcript_view(recap, link=library.link(recap)))

    return listen


def on_ask(library: Library, workspaces: Workspaces) -> Listener:
    """'Ask' opens a modal with one field."""

    async def listen(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        recap_id = presses.pressed_value(body)
        name = await library.name(recap_id)
        if name is not None and presses.is_at_home(body, recap_id):
            slack = await workspaces.of(body["team"]["id"])
            await slack.publisher.open_view(body["trigger_id"], ask_view(recap_id, name))

    return listen


def on_asked(desk: Desk) -> Listener:
    """The question of the modal goes to the recap's thread."""

    async def listen(ack: AsyncAck, body: dict[str, Any]) -> None:
        recap_id, text = presses.asked(body)
        await desk.ask_about(recap_id, text, team=body["team"]["id"], user=body["user"]["id"], act=body["view"]["id"])
        await ack()

    return listen


async def nothing(ack: AsyncAck) -> None:
    """A button that only opens a link still wants its ack."""
    await ack()
