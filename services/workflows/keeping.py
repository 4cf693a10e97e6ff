"""What goes on beside the work, in every process that works: watching it, and starting retention once a day."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import structlog

from services.workflows.control import ControlWorkflow
from services.workflows.engine import KEEPING, OUTPUT_QUEUE, RECAPS, REPLIES
from services.workflows.enqueuing import enqueue
from services.workflows.requests import Act, Control
from services.workflows.retention import RetentionWorkflow
from services.workflows.rows import given_up
from services.workflows.watch import Watch

_log = structlog.get_logger(__name__)
_ROUND_SECONDS = 60.0


class Keeping:
    """Makes its round every minute while the engine runs. `days` is how long things are kept, 0 for ever."""

    def __init__(self, watch: Watch, retention: RetentionWorkflow, control: ControlWorkflow, *, days: int) -> None:
        self._watch = watch
        self._control = control
        self._retention = retention
        self._days = days
        self._task: asyncio.Task[None] | None = None

    def begin(self) -> None:
        """Make rounds from now on."""
        self._task = asyncio.create_task(self._go_on())

    async def end(self) -> None:
        """Make no more rounds."""
        if self._task:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    async def _go_on(self) -> None:
        while True:
            try:
                await self._watch.look((RECAPS, REPLIES, OUTPUT_QUEUE))
                await self._bury()
                if self._days:
                    await self.retain(datetime.now(UTC))
            except Exception:  # noqa: BLE001 - the database may be away for a while
                _log.warning("no round was made", exc_info=True)
            await asyncio.sleep(_ROUND_SECONDS)

    async def _bury(self) -> None:
        """Nobody waits for ever for a recap whose work ended every process that tried it."""
        for workflow_id in await given_up("recap"):
            recap_id = workflow_id.partition(":retry-")[0]
            team, channel = recap_id.split(":")[:2]
            act = Control(act=Act.GIVE_UP, recap_id=recap_id, team=team, channel=channel, user="", press=workflow_id)
            await enqueue(REPLIES, f"{workflow_id}:{Act.GIVE_UP}", self._control.run, act.model_dump(mode="json"))

    async def retain(self, now: datetime) -> None:
        """Start the day's retention. Whoever asks first does it for all: the day is the workflow's identity."""
        before = now - timedelta(days=self._days)
        await enqueue(KEEPING, f"retention:{now:%Y-%m-%d}", self._retention.run, {"before": before.isoformat()})
