"""Messages and mentions."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.context.async_context import AsyncBoltContext

from handlers import payloads
from services.answering.intent import is_question
from services.workflows.desk import Desk

Listener = Callable[[dict[str, Any], AsyncBoltContext], Awaitable[None]]


def on_message(desk: Desk) -> Listener:
    """Recordings start recaps; questions in a recap's thread are answered; other chatter is left alone."""

    async def listen(event: dict[str, Any], context: AsyncBoltContext) -> None:
        bot, team = context.bot_user_id, context.team_id
        if team is None or not payloads.from_person(event, bot):
            return
        requests = payloads.recap_requests(event, team, bot)
        for request in requests:
            await desk.recap(request)
        if requests or payloads.mentions(event, bot):
            return  # a mention comes again as an event of its own
        question = payloads.question(event, team, bot)
        if question and await desk.has_recap(question) and is_question(question.text):
            await desk.ask(question)
        elif event.get("channel_type") == "im" and not (question and await desk.has_recap(question)):
            await desk.summon(payloads.summons_from_mention(event, team))

    return listen


def on_mention(desk: Desk) -> Listener:
    """A mention with a recording is a recap; in a recap's thread a question; else we look for what is meant."""

    async def listen(event: dict[str, Any], context: AsyncBoltContext) -> None:
        bot, team = context.bot_user_id, context.team_id
        if team is None or not payloads.from_person(event, bot):
            return
        requests = payloads.recap_requests(event, team, bot)
        for request in requests:
            await desk.recap(request)
        if requests:
            return
        question = payloads.question(event, team, bot)
        if question and await desk.has_recap(question):
            await desk.ask(question)
        else:
            await desk.summon(payloads.summons_from_mention(event, team))

    return listen
