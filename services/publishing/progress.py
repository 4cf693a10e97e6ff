"""Progress on its way into one message."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

from services.publishing import Publisher
from services.publishing.budget import SHORTEST_INTERVAL, Clock, Sleep
from services.publishing.message import Edit, Message, Priority
from services.publishing.progress_blocks import overall
from services.vocabulary.progress import Progress, Report

Render = Callable[[Progress, float | None], Message]
"""A message for a progress and the seconds that may be left (None: too early to say)."""

_log = logging.getLogger(__name__)
_GRACE = 5.0
# Before this much time and work, an estimate would only jump about.
_EARLIEST_SECONDS = 4.0
_EARLIEST_SHARE = 0.06


class ProgressMessage:
    """A `Report` that keeps one message up to date.

    Calling it returns at once and never raises; `heard` is told of each. Only the latest progress is kept; it goes out
    when the workspace's budget has room. After `finish` (or leaving the context) no edit is made any more, so a result
    that is written then stays.
    """

    def __init__(
        self,
        publisher: Publisher,
        *,
        channel: str,
        ts: str,
        render: Render,
        heard: Report | None = None,
        clock: Clock = time.monotonic,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._publisher = publisher
        self._channel = channel
        self._ts = ts
        self._render = render
        self._heard = heard
        self._clock = clock
        self._sleep = sleep
        self._latest: Progress | None = None
        self._shown: Message | None = None
        self._next = 0.0
        self._began: tuple[float, float] | None = None
        self._editing = False
        self._finished = False
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._publisher.budget.edits.join()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._publisher.budget.edits.leave()
        await self.finish()

    def __call__(self, progress: Progress) -> None:
        """Show this progress soon, unless a later one comes first."""
        if self._finished:
            return
        if self._heard:
            self._heard(progress)
        self._latest = progress
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._show())

    async def finish(self) -> None:
        """Stop; returns when no edit of ours can arrive any more. Idempotent."""
        self._finished = True
        task, self._task = self._task, None
        if task is None:
            return
        if not self._editing:
            task.cancel()
        # An edit on its way must arrive before the result does; one that hangs was never taken, so it is given up.
        await asyncio.wait({task}, timeout=_GRACE)
        task.cancel()

    async def _show(self) -> None:
        while self._latest is not None and not self._finished:
            await self._sleep(max(0.0, self._next - self._clock()))
            progress, self._latest = self._latest, None
            self._editing = True
            pause = self._publisher.budget.edits.interval
            try:
                edit = await self._edit(progress)
            except Exception:  # noqa: BLE001 - progress is never worth a failed job
                _log.warning("could not show progress", exc_info=True)
            else:
                self._finished = self._finished or edit is Edit.GONE
                if edit is Edit.NO_ROOM:
                    self._latest, pause = self._latest or progress, SHORTEST_INTERVAL
            finally:
                self._editing = False
            self._next = self._clock() + pause

    async def _edit(self, progress: Progress) -> Edit:
        message = self._render(progress, self._remaining(progress))
        if message == self._shown:
            return Edit.MADE
        edit = await self._publisher.update(self._channel, self._ts, message, priority=Priority.PROGRESS)
        if edit is Edit.MADE:
            self._shown = message
        return edit

    def _remaining(self, progress: Progress) -> float | None:
        """Seconds left, if the rest goes as fast as what was done since the first sign of work."""
        done, now = overall(progress), self._clock()
        if done <= 0:
            self._began = None  # time in the waiting line says nothing about the speed of the work
            return None
        if self._began is None:
            self._began = (now, done)
        since, first = self._began
        if now - since < _EARLIEST_SECONDS or done - first < _EARLIEST_SHARE:
            return None
        return (now - since) * (1 - done) / (done - first)
