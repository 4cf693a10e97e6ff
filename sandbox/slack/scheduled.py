"""Messages that are posted later. Kept in memory only."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from sandbox.slack.clock import Clock
from sandbox.slack.errors import SlackError
from sandbox.slack.ids import Ids
from sandbox.slack.messaging import Messaging
from sandbox.slack.model import Message

_FURTHEST_SECONDS = 120 * 86_400
# Thirty messages per five minutes and channel.
_SPAN_SECONDS = 300
_MOST_IN_A_SPAN = 30


@dataclass(frozen=True)
class ScheduledMessage:
    """A message and the Unix second at which it will be posted. `by` is who scheduled it."""

    id: str
    post_at: int
    created: int
    by: str
    message: Message


class Schedule:
    """The messages that wait for their time."""

    def __init__(self, messaging: Messaging, ids: Ids, clock: Clock, flush: Callable[[], Awaitable[None]]) -> None:
        self._messaging = messaging
        self._ids = ids
        self._clock = clock
        self._flush = flush
        self._waiting: dict[str, ScheduledMessage] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}

    def add(self, message: Message, post_at: int, by: str) -> ScheduledMessage:
        """Post a message later; raises `time_in_past`, `time_too_far` or `restricted_too_many`."""
        now = self._clock.now()
        if post_at <= now:
            raise SlackError("time_in_past")
        if post_at > now + _FURTHEST_SECONDS:
            raise SlackError("time_too_far")
        same = Counter(item.post_at // _SPAN_SECONDS for item in self.of(by, message.channel))
        if same[post_at // _SPAN_SECONDS] >= _MOST_IN_A_SPAN:
            raise SlackError("restricted_too_many")
        item = ScheduledMessage(self._ids.new("Q"), post_at, int(now), by, message)
        self._waiting[item.id] = item
        self._tasks[item.id] = asyncio.create_task(self._post(item))
        return item

    def of(self, user: str, channel: str | None) -> list[ScheduledMessage]:
        """Return what a user scheduled, the first to be posted first; None is every channel."""
        mine = [item for item in self._waiting.values() if item.by == user and channel in {None, item.message.channel}]
        return sorted(mine, key=lambda item: (item.post_at, item.id))

    def remove(self, scheduled_id: str, user: str, channel: str) -> None:
        """Forget a message; raises `invalid_scheduled_message_id` when it is not there or was posted."""
        if scheduled_id not in {item.id for item in self.of(user, channel)}:
            raise SlackError("invalid_scheduled_message_id")
        del self._waiting[scheduled_id]
        self._tasks.pop(scheduled_id).cancel()

    async def _post(self, item: ScheduledMessage) -> None:
        await self._clock.sleep(item.post_at - self._clock.now())
        del self._waiting[item.id]
        self._tasks.pop(item.id)
        item.message.ts = self._ids.ts()
        self._messaging.post(item.message)
        await self._flush()

    async def stop(self) -> None:
        """Post nothing any more."""
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
