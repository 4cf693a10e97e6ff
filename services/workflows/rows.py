"""What is asked of the engine's own records: who works on what, what waits, what may be forgotten.

All uses of the engine beyond its everyday calls are here, so that an upgrade that changes them breaks one module.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Collection
from typing import Any

from dbos import DBOS

from services.vocabulary.base import Value

_OPEN = ["ENQUEUED", "PENDING", "DELAYED"]
_ENDED = ["SUCCESS", "ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"]


class QueueState(Value):
    """A queue as it is now. `oldest` is for how many seconds its oldest entry has waited."""

    waiting: int = 0
    running: int = 0
    oldest: float = 0.0


async def executors_with_work() -> set[str]:
    """The ids of the processes that unfinished work is in the hands of."""
    rows = await DBOS.list_workflows_async(status="PENDING", load_input=False, load_output=False)
    return {row.executor_id for row in rows if row.executor_id}


async def requeue(executor: str) -> int:
    """Put a dead process's unfinished work back on its queues; how much that was. Idempotent.

    The engine has no public call for it. It changes only rows that are still in the dead one's hands, and whatever a
    process records for work that was taken from it is refused.
    """
    return len(await asyncio.to_thread(DBOS._recover_pending_workflows, [executor]))  # noqa: SLF001 - see above


async def open_requests(name: str, prefix: str) -> list[dict[str, Any]]:
    """What the unfinished workflows of that name were asked for whose ids begin so."""
    rows = await DBOS.list_workflows_async(
        name=name, status=_OPEN, workflow_id_prefix=prefix, load_input=True, load_output=False
    )
    return [row.input["args"][-1] for row in rows if row.input]


async def queue_states(queues: Collection[str]) -> dict[str, QueueState]:
    """How full the queues are, over all processes."""
    rows = await DBOS.list_workflows_async(status=_OPEN, queue_name=list(queues), load_input=False, load_output=False)
    now = time.time()
    states = {}
    for queue in queues:
        mine = [row for row in rows if row.queue_name == queue]
        waiting = [row for row in mine if row.status != "PENDING"]
        ages = [now - (row.created_at or now * 1000) / 1000 for row in waiting]
        states[queue] = QueueState(
            waiting=len(waiting), running=len(mine) - len(waiting), oldest=max(0.0, *ages) if ages else 0.0
        )
    return states


async def ids_below(subjects: Collection[str]) -> list[str]:
    """The ids of all ended workflows that belong to these subjects: the id itself, or it with a colon and more."""
    if not subjects:
        return []
    rows = await DBOS.list_workflows_async(
        workflow_id_prefix=list(subjects), status=_ENDED, load_input=False, load_output=False
    )
    found = [row.workflow_id for row in rows]
    return [each for each in found if any(each == s or each.startswith(f"{s}:") for s in subjects)]


async def ended_below(subject: str, most: int) -> list[str]:
    """The ids of ended workflows that begin with this subject and a colon, oldest first."""
    rows = await DBOS.list_workflows_async(
        workflow_id_prefix=f"{subject}:", status=_ENDED, limit=most, load_input=False, load_output=False
    )
    return [row.workflow_id for row in rows]


async def open_below(subject: str, moment: str | None) -> list[str]:
    """The ids of workflows below this subject that have not ended; only those begun before that moment (ISO 8601)."""
    rows = await DBOS.list_workflows_async(
        workflow_id_prefix=f"{subject}:", status=_OPEN, end_time=moment, load_input=False, load_output=False
    )
    return [row.workflow_id for row in rows]


async def cancel(ids: Collection[str]) -> None:
    """Stop workflows: what waits never begins, what runs ends with its step, or in the middle of a long one."""
    if ids:
        await DBOS.cancel_workflows_async(list(ids))


async def ended_before(moment: str, most: int) -> list[str]:
    """The ids of workflows that were begun before that moment (ISO 8601) and have ended, oldest first."""
    rows = await DBOS.list_workflows_async(
        end_time=moment, status=_ENDED, limit=most, load_input=False, load_output=False
    )
    return [row.workflow_id for row in rows]


async def given_up(name: str) -> list[str]:
    """The ids of the workflows of that name that ended their processes too often and are not tried any more."""
    status = "MAX_RECOVERY_ATTEMPTS_EXCEEDED"
    rows = await DBOS.list_workflows_async(name=name, status=status, load_input=False, load_output=False)
    return [row.workflow_id for row in rows]


async def forget(ids: Collection[str]) -> None:
    """Delete workflows with all that the engine keeps of them."""
    if ids:
        await DBOS.delete_workflows_async(list(ids))
