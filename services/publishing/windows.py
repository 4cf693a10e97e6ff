"""The primitive of all budgets: so many calls in any minute."""

from __future__ import annotations

import asyncio
import math
import time
from collections import deque
from collections.abc import Awaitable, Callable

Clock = Callable[[], float]
Sleep = Callable[[float], Awaitable[None]]

MINUTE = 60.0


class Window:
    """At most `most` calls in any 60 seconds, in the order of asking.

    Processes that work side by side divide it equally (`share`). Belongs to one event loop.
    """

    def __init__(self, most: int, *, clock: Clock = time.monotonic, sleep: Sleep = asyncio.sleep) -> None:
        self._whole = self._most = most
        self._clock = clock
        self._sleep = sleep
        # When each call goes out; one that has to wait has its moment here already.
        self._slots: deque[float] = deque()
        self._opens = -math.inf

    def share(self, processes: int) -> None:
        """Hold to one process's part from now on."""
        self._most = max(1, self._whole // processes)

    async def wait(self) -> None:
        """Wait for a call's moment: at once while there is room, else in order of asking."""
        now = self._now()
        full = len(self._slots) >= self._most
        moment = max(now, self._slots[-self._most] + MINUTE) if full else now
        self._slots.append(moment)
        await self.open(moment)

    async def open(self, moment: float = -math.inf) -> None:
        """Wait until Slack takes calls again, and until that moment."""
        while (left := max(moment, self._opens) - self._clock()) > 0:
            await self._sleep(left)

    def take(self, most: int | None = None) -> bool:
        """Take the room for a call that goes out now; False where there is none. `most` is a narrower bound."""
        now = self._now()
        if now < self._opens or len(self._slots) >= (self._most if most is None else most):
            return False
        self._slots.append(now)
        return True

    def pause(self, seconds: float) -> None:
        """Slack wants no such call for so long (Retry-After)."""
        self._opens = max(self._opens, self._clock() + seconds)

    @property
    def delay(self) -> float:
        """Seconds until a call that asks now would go out."""
        now = self._now()
        full = len(self._slots) >= self._most
        return max(0.0, self._opens - now, self._slots[-self._most] + MINUTE - now if full else 0.0)

    @property
    def used(self) -> int:
        """The calls of the last minute, and those that wait for their moment."""
        self._now()
        return len(self._slots)

    @property
    def is_half_free(self) -> bool:
        """Whether one more call would leave half of a minute's calls."""
        return 2 * (self.used + 1) <= self._most

    def _now(self) -> float:
        now = self._clock()
        while self._slots and self._slots[0] <= now - MINUTE:
            self._slots.popleft()
        return now
