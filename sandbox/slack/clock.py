"""Time, which tests may move forward."""

from __future__ import annotations

import asyncio
import contextlib
import time
from typing import Any


class Clock:
    """Wall time plus an offset. Everything in the local Slack that expires or repeats asks this clock."""

    def __init__(self) -> None:
        self._offset = 0.0
        self._moved = asyncio.Event()

    def now(self) -> float:
        """Return Unix time in seconds."""
        return time.time() + self._offset

    def advance(self, seconds: float) -> None:
        """Move time forward and wake every sleeper whose moment has come."""
        self._offset += seconds
        self._moved.set()
        self._moved = asyncio.Event()

    async def sleep(self, seconds: float) -> None:
        """Wait until `seconds` have passed on this clock."""
        deadline = self.now() + seconds
        while (left := deadline - self.now()) > 0:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._moved.wait(), left)

    async def wait(self, future: asyncio.Future[Any], seconds: float) -> bool:
        """Wait for `future` for at most `seconds` on this clock; return whether it is done. It is never cancelled."""
        timer = asyncio.ensure_future(self.sleep(seconds))
        try:
            await asyncio.wait({future, timer}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            timer.cancel()
        return future.done()
