"""Time, which tests may move forward from any thread."""

from __future__ import annotations

import asyncio
import contextlib
import time
from datetime import UTC, datetime


class Clock:
    """Wall time plus an offset. All in the stand-ins that expires or takes its time asks this clock."""

    def __init__(self) -> None:
        self._offset = 0.0
        self._sleepers: set[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = set()

    def now(self) -> float:
        """Unix time in seconds."""
        return time.time() + self._offset

    def moment(self) -> datetime:
        """The same as a date in UTC, to the millisecond as the services give it."""
        now = datetime.fromtimestamp(self.now(), UTC)
        return now.replace(microsecond=now.microsecond // 1000 * 1000)

    def advance(self, seconds: float) -> None:
        """Move time forward and wake every sleeper, wherever it sleeps."""
        self._offset += seconds
        for loop, moved in tuple(self._sleepers):
            loop.call_soon_threadsafe(moved.set)

    async def sleep(self, seconds: float) -> None:
        """Wait until `seconds` have passed on this clock."""
        end = self.now() + seconds
        moved = asyncio.Event()
        sleeper = (asyncio.get_running_loop(), moved)
        self._sleepers.add(sleeper)
        try:
            while (left := end - self.now()) > 0:
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(moved.wait(), left)
                moved.clear()
        finally:
            self._sleepers.discard(sleeper)
