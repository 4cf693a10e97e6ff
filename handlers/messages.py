"""Messages and mentions."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any
from weakref import WeakValueDictionary

from slack_bolt.context.async_context import AsyncBoltContext

from handlers import agent, payloads
from handlers.links import links_of
from services.answering.intent import is_question
from services.answering.overview import asks_for_overview
from services.vocabulary.manner import Manner
from services.workflows.desk import Desk
from services.workflows.requests import RecapRequest

Listener = Callable[[dict[str, Any], dict[str, Any], AsyncBoltContext], Awaitable[None]]
Take = Callable[[RecapRequest], Awaitable[None]]


class _Threads:
    """A lock for each thread: every event is a task of its own, and a question must not overtake its recording."""

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[tuple[str, str], asyncio.Lock] = WeakValueDictionary()

    def of(self, event: dict[str, Any]) -> asyncio.Lock:
        key = (str(event.get("channel")), str(event.get("thread_ts") or event.get("ts")))
        return self._locks.setdefault(key, asyncio.Lock())


def on_message(desk: Desk) -> Listener:
    """Recordings and links to them start recaps; questions in a recap's thread are answered; chatter is left alone.

    What nobody addressed to us is only overheard: what comes of it is up to the channel.
    """
    threads = _Threads()

    async def listen(event: dict[str, Any], body: dict[str, Any], context: AsyncBoltContext) -> None:
        bot, team = context.bot_user_id, context.team_id
        if team is None or not payloads.from_person(event, bot):
            return
        take = partial(desk.recap if payloads.is_addressed(event, bot) else desk.overhear, abroad=payloads.abroad(body))
        async with threads.of(event):
            if await _take_files(desk, event, team, bot, take) or _comes_again(event, bot):
                return
            if not await _follow_links(desk, event, team, take):
                await _converse(desk, event, team, bot)

    return listen


def _comes_again(event: dict[str, Any], bot: str | None) -> bool:
    """Whether Slack tells of it a second time, as of a mention: not so in a conversation with us alone."""
    return payloads.mentions(event, bot) and event.get("channel_type") != "im"


async def _take_files(desk: Desk, event: dict[str, Any], team: str, bot: str | None, take: Take) -> bool:
    """Recap the recordings in the message, or take the transcript that it holds for a recap that failed."""
    requests = payloads.recap_requests(event, team, bot)
    for request in requests:
        await take(request)
    attachment = None if requests else payloads.transcript_attachment(event, team)
    return bool(requests) or (attachment is not None and await desk.attach(attachment))


async def _follow_links(desk: Desk, event: dict[str, Any], team: str, take: Take) -> bool:
    """Recap what the links show. Who writes to us directly means any link, and hears why one cannot be followed."""
    requests = payloads.link_requests(event, team)
    addressed = event.get("channel_type") == "im" and links_of(event)
    listed = not requests and payloads.names_list(event)
    if addressed or (listed and (await desk.policy(team, event["channel"])).manner is Manner.AUTOMATIC):
        await desk.summon(payloads.summons_from_mention(event, team))
        return True
    for request in requests:
        await take(request)
    return bool(requests)


async def _converse(desk: Desk, event: dict[str, Any], team: str, bot: str | None) -> None:
    if event.get("channel_type") == "im":
        await agent.converse(desk, event, team, bot)
        return
    question = payloads.question(event, team, bot)
    ours = question is not None and await desk.has_recap(question)
    asks = question is not None and (is_question(question.text) or asks_for_overview(question.text))
    if question and ours and asks and (await desk.policy(team, question.channel)).manner is not Manner.OFF:
        await desk.ask(question)


def on_mention(desk: Desk) -> Listener:
    """A mention with a recording is a recap; in a recap's thread a question; else we look for what is meant."""

    async def listen(event: dict[str, Any], body: dict[str, Any], context: AsyncBoltContext) -> None:
        bot, team = context.bot_user_id, context.team_id
        if team is None or not payloads.from_person(event, bot):
            return
        abroad = payloads.abroad(body)
        if await _take_files(desk, event, team, bot, partial(desk.recap, abroad=abroad)):
            return
        question = payloads.question(event, team, bot)
        if question and not links_of(event) and await desk.has_recap(question):
            await desk.ask(question)
        else:
            await desk.summon(payloads.summons_from_mention(event, team, abroad=abroad))

    return listen
