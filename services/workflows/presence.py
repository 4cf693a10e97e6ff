"""Being up, and being known to be: the heartbeat of a process, and the taking over of what dead ones left.

A process holds its id for as long as its beats arrive. Others give it up after 12 s of silence and take its work over
once; a process that was only paused learns of that by its next beat, which fails, and has to end. From 8 s after its
last beat it writes nothing to Slack, so nothing is said by two.
"""

from __future__ import annotations

import asyncio
import time
import uuid
from collections.abc import Awaitable, Callable
from contextlib import suppress

import structlog

from services.storage.executors import Executors
from services.vocabulary.role import Role
from services.workflows.rows import executors_with_work, requeue

_log = structlog.get_logger(__name__)
_BEAT_SECONDS = 2.0
_LEASE_SECONDS = 8.0
_DEAD_SECONDS = 12.0


class Presence:
    """One process among those that share the database. `executor` is its id, which no other living one may have.

    `share` hears, at every beat, how many processes work, itself included. `lost` is set when the id was given up or
    taken: all work of this process goes on elsewhere by then, and it must end.
    """

    def __init__(self, executors: Executors, *, executor: str, role: Role, share: Callable[[int], None]) -> None:
        self.executor = executor
        self.role = role
        self.lost = asyncio.Event()
        self._executors = executors
        self._share = share
        self._token = uuid.uuid4().hex
        self._until = 0.0
        self._task: asyncio.Task[None] | None = None

    def holds(self) -> bool:
        """Whether no other process can have taken this one's work over yet."""
        return time.monotonic() < self._until and not self.lost.is_set()

    async def arrive(self) -> None:
        """Take the id. Before the engine starts, so that nobody takes for dead what begins to work."""
        await self._renewed(self._executors.arrive(self.executor, self._token, self.role))

    def begin(self) -> None:
        """Beat from now on, and take over what dead processes left where this one works."""
        self._task = asyncio.create_task(self._go_on())

    async def leave(self) -> None:
        """Give the id back, after the engine has stopped: what is unfinished may be taken over at once."""
        if self._task:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
        self._until = 0.0
        try:
            await self._executors.leave(self.executor, self._token)
        except Exception:  # noqa: BLE001 - silence says the same, a little later
            _log.warning("could not sign off", exc_info=True)

    async def _go_on(self) -> None:
        while True:
            try:
                if not await self._renewed(self._executors.beat(self.executor, self._token)):
                    self.lost.set()
                    _log.error("another process took over; this one ends", executor=self.executor)
                    return
                await self._look_around()
            except Exception:  # noqa: BLE001 - the database may be away for a while
                _log.warning("no heartbeat", executor=self.executor, exc_info=True)
            await asyncio.sleep(_BEAT_SECONDS)

    async def _renewed(self, beat: Awaitable[bool | None]) -> bool | None:
        asked = time.monotonic()  # not when the answer came: the database noted the beat somewhere in between
        held = await beat
        if held is not False:
            self._until = asked + _LEASE_SECONDS
        return held

    async def _look_around(self) -> None:
        # Not itself: who looks around is up, however long its last beat took to be written.
        await self._executors.give_up(_DEAD_SECONDS, sparing=self.executor)
        self._share(max(1, len(await self._executors.living([role for role in Role if role.works]))))
        if self.role.works:
            # At every beat, not only when somebody dies: taking over is idempotent, and a try may have failed.
            dead = await executors_with_work() - await self._executors.living(list(Role))
            for executor in dead:
                _log.warning("took over", executor=executor, workflows=await requeue(executor))
