"""Home: who opens it, and what they do there. All of it is theirs: whoever acts is whose Home it is."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext

from handlers.payloads import Payload
from services.publishing.actions import Action
from services.publishing.home_blocks import CHOICES, LONGEST_QUERY, mark_of
from services.publishing.naming import LANGUAGES
from services.vocabulary.preference import Preference
from services.workflows.clearance import Clearance
from services.workflows.home import HomeVisit
from services.workflows.reception import Reception

EventListener = Callable[[dict[str, Any], AsyncBoltContext], Awaitable[None]]
Listener = Callable[[AsyncAck, dict[str, Any]], Awaitable[None]]


async def is_home(event: dict[str, Any]) -> bool:
    """Whether it is our Home that was opened, and not the chat."""
    return event.get("tab") == "home"


def on_opened(reception: Reception) -> EventListener:
    """Home was opened: show what is new there."""

    async def listen(event: dict[str, Any], context: AsyncBoltContext) -> None:
        if context.team_id:
            await reception.visit(visit_of(event, context.team_id))

    return listen


def on_searched(reception: Reception) -> Listener:
    """Something was searched, or the search was ended."""

    async def listen(ack: AsyncAck, body: dict[str, Any]) -> None:
        pressed = body["actions"][0]
        typed = str(pressed.get("value") or "") if pressed["action_id"] == Action.HOME_SEARCH.value else ""
        query = " ".join(typed[:LONGEST_QUERY].split())
        await reception.visit(_visit(body, query=query))
        await ack()

    return listen


def on_preferred(reception: Reception) -> Listener:
    """A preference was chosen."""

    async def listen(ack: AsyncAck, body: dict[str, Any]) -> None:
        await reception.prefer(_visit(body, query=mark_of(body.get("view")).query), preference_of(body))
        await ack()

    return listen


def on_erased(reception: Reception) -> Listener:
    """'Delete everything I shared', after the question whether they are sure."""

    async def listen(ack: AsyncAck, body: dict[str, Any]) -> None:
        await reception.clear(Clearance(team=body["team"]["id"], user=body["user"]["id"], act=_act(body)))
        await ack()

    return listen


def visit_of(event: Payload, team: str) -> HomeVisit:
    """A person opened Home; Slack says what they see there now."""
    view = event.get("view") or {}
    return HomeVisit(
        team=team,
        user=event["user"],
        act=str(event.get("event_ts") or ""),
        digest=mark_of(view).digest,
        over=view.get("hash"),
    )


def preference_of(body: Payload) -> Preference:
    """What is chosen in Home, and what was chosen just now; what is none of the choices counts as the usual."""
    values = ((body.get("view") or {}).get("state") or {}).get("values") or {}
    pressed = body["actions"][0]

    def chosen(action: Action) -> dict[str, Any]:
        if pressed["action_id"] == action.value:
            return dict(pressed)
        return (values.get(f"{CHOICES}:{action.value}") or {}).get(action.value) or {}

    language = (chosen(Action.HOME_LANGUAGE).get("selected_option") or {}).get("value")
    length = (chosen(Action.HOME_LENGTH).get("selected_option") or {}).get("value")
    return Preference(
        language=language if language in LANGUAGES else None,
        length=length if length in {"short", "full"} else None,
        audio=bool(chosen(Action.HOME_AUDIO).get("selected_options", [True])),
    )


def _visit(body: Payload, *, query: str) -> HomeVisit:
    return HomeVisit(team=body["team"]["id"], user=body["user"]["id"], act=_act(body), query=query)


def _act(body: Payload) -> str:
    return str(body["actions"][0].get("action_ts") or body.get("trigger_id") or "")
