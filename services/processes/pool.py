"""A bounded number of workers that keep their models in memory while there is work."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from typing import Any

from services.processes.limits import Limits
from services.processes.worker import Worker


class Pool:
    """At most `size` children for one entry; callers wait in order of arrival.

    Children are started when first needed and ended after `idle` seconds without a call, so that an idle bot holds
    no models. Raises as `Worker.call` does.
    """

    def __init__(
        self,
        entry: str,
        limits: Limits,
        *,
        size: int = 1,
        idle: float = 120.0,
        environment: dict[str, str] | None = None,
    ) -> None:
        self._free = [Worker(entry, limits, environment=environment) for _ in range(size)]
        self._all = tuple(self._free)
        self._slots = asyncio.Semaphore(size)
        self._idle = idle
        self._retiring: dict[Worker, asyncio.TimerHandle] = {}
        self._closing: set[asyncio.Task[None]] = set()

    async def call(
        self, request: dict[str, Any], on_progress: Callable[[dict[str, Any]], None] | None = None
    ) -> dict[str, Any]:
        """Serve one call on the next free child; the one used last goes first, because its models are warm."""
        async with self._slots:
            worker = self._free.pop()
            if timer := self._retiring.pop(worker, None):
                timer.cancel()
            try:
                return await worker.call(request, on_progress)
            finally:
                self._free.append(worker)
                self._retiring[worker] = asyncio.get_running_loop().call_later(self._idle, self._retire, worker)

    def _retire(self, worker: Worker) -> None:
        self._retiring.pop(worker, None)
        task = asyncio.ensure_future(worker.close())
        self._closing.add(task)
        task.add_done_callback(self._closing.discard)

    async def close(self) -> None:
        """Kill all children."""
        for timer in self._retiring.values():
            timer.cancel()
        self._retiring.clear()
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.gather(*(worker.close() for worker in self._all), *self._closing)
