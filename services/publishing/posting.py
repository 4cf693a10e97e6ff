"""Whose turn it is to post: Slack takes about one message a second in each channel, and short bursts."""

from __future__ import annotations

import asyncio
import itertools
import math
import time
from bisect import insort

from services.publishing.message import Priority
from services.publishing.windows import Clock, Sleep, Window

# "Generally 1 message per second per channel, short bursts above it allowed": docs.slack.dev/apis/web-api/rate-limits.
# How long a burst may be is not published.
_PACE = 1.0
_BURST = 5
# "Several hundred messages per minute" for a whole workspace.
_PER_MINUTE = 300
_MANY_CHANNELS = 512


class PostBudget:
    """One post a second in each channel after five at once; results overtake what waits there to begin.

    Nothing is refused: whoever asks gets a turn, however long the line. Belongs to one event loop.
    """

    def __init__(self, *, clock: Clock = time.monotonic, sleep: Sleep = asyncio.sleep) -> None:
        self._clock = clock
        self._sleep = sleep
        self._pace = _PACE
        self._all = Window(_PER_MINUTE, clock=clock, sleep=sleep)
        self._lines: dict[str, _Line] = {}
        self._numbers = itertools.count()

    def share(self, processes: int) -> None:
        """Hold to one process's part from now on."""
        self._pace = _PACE * processes
        self._all.share(processes)

    async def turn(self, channel: str, priority: Priority = Priority.RESULT) -> None:
        """Wait for the turn of one post in that channel."""
        line = self._line(channel)
        ticket = (priority is not Priority.RESULT, next(self._numbers))
        insort(line.waiting, ticket)
        try:
            while (left := line.left(self._clock(), self._pace) + line.waiting.index(ticket) * self._pace) > 0:
                await self._sleep(left)
        finally:
            line.waiting.remove(ticket)
        line.full_at = max(line.full_at, self._clock()) + self._pace
        await self._all.wait()

    async def open(self, channel: str) -> None:
        """Wait until Slack takes posts there again."""
        line = self._line(channel)
        while (left := line.opens - self._clock()) > 0:
            await self._sleep(left)

    def pause(self, channel: str, seconds: float) -> None:
        """Slack wants no post there for so long (Retry-After)."""
        line = self._line(channel)
        line.opens = max(line.opens, self._clock() + seconds)

    def _line(self, channel: str) -> _Line:
        if len(self._lines) > _MANY_CHANNELS:
            now = self._clock()
            self._lines = {name: line for name, line in self._lines.items() if not line.is_idle(now)}
        return self._lines.setdefault(channel, _Line())


class _Line:
    """Who waits in one channel, best first; `full_at` is when it has its whole burst again."""

    def __init__(self) -> None:
        self.waiting: list[tuple[bool, int]] = []
        self.full_at = -math.inf
        self.opens = -math.inf

    def left(self, now: float, pace: float) -> float:
        """Seconds until the next may go."""
        return max(0.0, self.full_at - (_BURST - 1) * pace - now, self.opens - now)

    def is_idle(self, now: float) -> bool:
        return not self.waiting and max(self.full_at, self.opens) <= now
