"""The agent chat: what is written to us alone, who opens it, and Stop."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.context.async_context import AsyncBoltContext

from handlers import payloads
from handlers.payloads import Payload
from services.answering.smalltalk import is_small_talk
from services.media.slack_shares import names_something
from services.workflows.desk import Desk
from services.workflows.requests import QuestionRequest, Stop, Welcome

Listener = Callable[[dict[str, Any], AsyncBoltContext], Awaitable[None]]

_VISIT_SECONDS = 3600


async def converse(desk: Desk, event: Payload, team: str, bot: str | None) -> None:
    """What a person writes to us alone is answered, but for thanks under a recap."""
    question = question_of(event, team, bot)
    if question is None or names_something(question.text):
        await desk.summon(payloads.summons_from_mention(event, team))
    elif not (event.get("thread_ts") and is_small_talk(question.text)):
        await desk.ask(question)


def question_of(event: Payload, team: str, bot_user: str | None) -> QuestionRequest | None:
    """The message as a question; one that begins a thread is answered in that."""
    return payloads.question({**event, "thread_ts": event.get("thread_ts") or event["ts"]}, team, bot_user)


def on_opened(desk: Desk) -> Listener:
    """Who opens the chat finds suggestions there."""

    async def listen(event: dict[str, Any], context: AsyncBoltContext) -> None:
        team = context.team_id
        if team and (welcome := welcome_of(event, team)):
            await desk.welcome(welcome)

    return listen


def on_stopped(desk: Desk) -> Listener:
    """Stop ends what we do in that thread."""

    async def listen(event: dict[str, Any], context: AsyncBoltContext) -> None:
        team = context.team_id
        if team and (stop := stop_of(event, team)):
            await desk.stop(stop)

    return listen


def stop_of(event: Payload, team: str) -> Stop | None:
    """A press of Stop in an agent session. Its only identity is the moment: a second press is another."""
    if not event.get("thread_ts") or not event.get("channel"):
        return None
    return Stop(
        team=team,
        channel=event["channel"],
        thread_ts=event["thread_ts"],
        user=str(event.get("user") or ""),
        act=str(event.get("event_ts") or ""),
    )


def welcome_of(event: Payload, team: str) -> Welcome | None:
    """A person opened the agent chat: the messages of our own place, and not our Home."""
    if event.get("tab") != "messages" or not event.get("channel"):
        return None
    hour = int(float(event.get("event_ts") or 0)) // _VISIT_SECONDS
    return Welcome(team=team, channel=event["channel"], user=event["user"], hour=hour)
