"""Messages and mentions."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any
from weakref import WeakValueDictionary

from slack_bolt.context.async_context import AsyncBoltContext

from handlers import payloads
from services.answering.intent import is_question
from services.workflows.desk import Desk

Listener = Callable[[dict[str, Any], AsyncBoltContext], Awaitable[None]]


class _Threads:
    """A lock for each thread: every event is a task of its own, and a question must not overtake its recording."""

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[tuple[str, str], asyncio.Lock] = WeakValueDictionary()

    def of(self, event: dict[str, Any]) -> asyncio.Lock:
        key = (str(event.get("channel")), str(event.get("thread_ts") or event.get("ts")))
        return self._locks.setdefault(key, asyncio.Lock())


def on_message(desk: Desk) -> Listener:
    """Recordings start recaps; questions in a recap's thread are answered; other chatter is left alone."""
    threads = _Threads()

    async def listen(event: dict[str, Any], context: AsyncBoltContext) -> None:
        async with threads.of(event):
            await decide(event, context)

    async def decide(event: dict[str, Any], context: AsyncBoltContext) -> None:
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
