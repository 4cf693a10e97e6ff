"""Seeing whether work moves: how long stages take, and what stands still."""

from __future__ import annotations

import time
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, TypeVar, cast

import structlog

from services.storage.recaps import Recaps
from services.vocabulary.progress import Progress, Report, Stage
from services.workflows.rows import queue_states

_log = structlog.get_logger(__name__)

Timed = Callable[[str, float, bool], None]
"""Told of each try of a stage: its name, its seconds, whether it worked."""

Still = Callable[[int], None]
"""Told how many pieces of work stand still."""


Try = TypeVar("Try", bound=Callable[..., Coroutine[Any, Any, Any]])


def staged(name: str) -> Callable[[Try], Try]:
    """Time each try of a step; its workflow holds a `Watch` in `_watch`."""

    def timing(work: Try) -> Try:
        @wraps(work)
        async def timed(workflow: Any, *given: Any) -> Any:  # noqa: ANN401 - of any workflow
            with workflow._watch.stage(name):  # noqa: SLF001 - it decorates that class's own methods
                return await work(workflow, *given)

        return cast("Try", timed)

    return timing


class Watch:
    """Notes movement in the record of recaps, so that any process sees what stands still, whoever works on it.

    A recap moves when its progress is reported, and while it waits in line for an engine: then what is in front of it
    has to move. After `minutes` without that it is reported as an error in the log, once, and counted.
    """

    def __init__(self, recaps: Recaps, *, minutes: float, timed: Timed, still: Still) -> None:
        self._recaps = recaps
        self._minutes = minutes
        self._timed = timed
        self._still = still
        self._latest: dict[str, Stage] = {}
        self._moved: set[str] = set()
        self._alarmed: set[str] = set()

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time one try of a stage."""
        began, worked = time.monotonic(), False
        try:
            yield
            worked = True
        finally:
            self._timed(name, time.monotonic() - began, worked)

    def heard(self, recap_id: str) -> Report:
        """A report that notes movement and shows nothing."""

        def note(progress: Progress) -> None:
            self._latest[recap_id] = progress.stage
            self._moved.add(recap_id)

        return note

    def over(self, recap_id: str) -> None:
        """This process no longer works on it."""
        self._latest.pop(recap_id, None)

    async def look(self, queues: tuple[str, ...]) -> None:
        """Write down what moved since the last look, and report what stands still. To be called every minute."""
        waiting = {recap_id for recap_id, stage in self._latest.items() if stage is Stage.QUEUED}
        moved, self._moved = self._moved | waiting, set()
        if moved:
            await self._recaps.touch(moved)
        stuck = set(await self._recaps.still(self._minutes))
        states = await queue_states(queues)
        stuck |= {f"queue {name}" for name, state in states.items() if state.oldest > self._minutes * 60}
        self._still(len(stuck))
        for what in stuck - self._alarmed:
            _log.error("work stands still", what=what, minutes=self._minutes)
        self._alarmed = stuck
