"""The edits of one workspace. Slack takes about 50 `chat.update` calls a minute from us, for all messages together."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable

Clock = Callable[[], float]
Sleep = Callable[[float], Awaitable[None]]

_WINDOW = 60.0
_PER_MINUTE = 45
# Edits of the minute that progress never takes, so that a result seldom waits.
_KEPT_FOR_RESULTS = 10
SHORTEST_INTERVAL = 3.0


class EditBudget:
    """At most 45 edits in any 60 seconds, results before progress.

    Processes that work side by side divide it equally (`share`). Belongs to one event loop.
    """

    def __init__(
        self, *, per_minute: int = _PER_MINUTE, clock: Clock = time.monotonic, sleep: Sleep = asyncio.sleep
    ) -> None:
        self._whole = per_minute
        self._per_minute = self._for_progress = 1
        self.share(1)
        self._clock = clock
        self._sleep = sleep
        # When each edit goes out; a result that has to wait has its moment here already.
        self._slots: deque[float] = deque()
        self._jobs = 0

    def share(self, processes: int) -> None:
        """Hold to one process's part of the allowance from now on."""
        self._per_minute = max(1, self._whole // processes)
        self._for_progress = max(1, (self._whole - _KEPT_FOR_RESULTS) // processes)

    async def result(self) -> None:
        """Wait for the moment of a result: at once while there is room, else in order of asking."""
        now = self._now()
        full = len(self._slots) >= self._per_minute
        moment = max(now, self._slots[-self._per_minute] + _WINDOW) if full else now
        self._slots.append(moment)
        if moment > now:
            await self._sleep(moment - now)

    def progress(self) -> bool:
        """Take the room for a progress edit that goes out now; False where there is none."""
        now = self._now()
        if len(self._slots) >= self._for_progress:
            return False
        self._slots.append(now)
        return True

    @property
    def interval(self) -> float:
        """Seconds between two progress edits of one message: the more jobs run, the longer, never under 3."""
        return max(SHORTEST_INTERVAL, self._jobs * _WINDOW / self._for_progress)

    def join(self) -> None:
        """One more job shows its progress."""
        self._jobs += 1

    def leave(self) -> None:
        """It no longer does."""
        self._jobs -= 1

    def _now(self) -> float:
        now = self._clock()
        while self._slots and self._slots[0] <= now - _WINDOW:
            self._slots.popleft()
        return now
