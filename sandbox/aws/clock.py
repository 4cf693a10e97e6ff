"""Time, which tests may move forward from any thread."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime

_LOOK = 0.02
"""Seconds between two looks of a sleeper, because time may have been moved by another thread."""


class Clock:
    """Wall time plus an offset. All in the stand-ins that expires or takes its time asks this clock."""

    def __init__(self) -> None:
        self._offset = 0.0

    def now(self) -> float:
        """Unix time in seconds."""
        return time.time() + self._offset

    def moment(self) -> datetime:
        """The same as a date in UTC, to the millisecond as the services give it."""
        now = datetime.fromtimestamp(self.now(), UTC)
        return now.replace(microsecond=now.microsecond // 1000 * 1000)

    def advance(self, seconds: float) -> None:
        """Move time forward."""
        self._offset += seconds

    async def sleep(self, seconds: float) -> None:
        """Wait until `seconds` have passed on this clock."""
        end = self.now() + seconds
        while (left := end - self.now()) > 0:
            await asyncio.sleep(min(left, _LOOK))
