"""What Slack does a moment after its answer."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from sandbox.slack.clock import Clock


class Background:
    """Runs changes later and writes them down. What is still waiting at the end is done at once, not lost."""

    def __init__(self, clock: Clock, flush: Callable[[], Awaitable[None]]) -> None:
        self._clock = clock
        self._flush = flush
        self._waiting: dict[asyncio.Task[None], Callable[[], None]] = {}

    def later(self, seconds: float, change: Callable[[], None]) -> None:
        """Make `change` after `seconds`."""
        task = asyncio.create_task(self._run(seconds, change))
        self._waiting[task] = change
        task.add_done_callback(lambda done: self._waiting.pop(done, None))

    async def _run(self, seconds: float, change: Callable[[], None]) -> None:
        await self._clock.sleep(seconds)
        change()
        await self._flush()

    async def stop(self) -> None:
        """Make all changes that are still waiting."""
        waiting, self._waiting = self._waiting, {}
        for task, change in waiting.items():
            if task.cancel():
                change()
        await asyncio.gather(*waiting, return_exceptions=True)
