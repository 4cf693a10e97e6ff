"""Retention: what is older than the days set is forgotten, once a day, over all workspaces."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import structlog
from dbos import DBOS, DBOSConfiguredInstance

from services.storage.recaps import Recaps
from services.workflows.erasure import Erasure
from services.workflows.rows import ended_before, forget
from services.workflows.steps import step

_log = structlog.get_logger(__name__)
_RECAPS_AT_ONCE = 50
_ROWS_AT_ONCE = 200


@DBOS.dbos_class("retention")
class RetentionWorkflow(DBOSConfiguredInstance):
    """Deletes recordings, transcripts, audio, records of posts, questions and answers, and the engine's own records.

    What was posted in Slack stays there: how long that is kept is the workspace's own setting.
    """

    def __init__(self, *, recaps: Recaps, erasure: Erasure) -> None:
        super().__init__("retention")
        self._recaps = recaps
        self._erasure = erasure

    @DBOS.workflow(name="retention", max_recovery_attempts=8)
    async def run(self, asked: dict[str, Any]) -> dict[str, int]:
        """Forget all that was asked for before `asked["before"]` (ISO 8601) and has ended; how many of each."""
        before = str(asked["before"])
        recaps = rows = 0
        for team in await self._teams():
            while gone := await self._forget_recaps(team, before):
                recaps += gone
        while gone := await self._forget_rows(before):
            rows += gone
        _log.info("retention done", before=before, recaps=recaps, engine_rows=rows)
        return {"recaps": recaps, "engine_rows": rows}

    @step()
    async def _teams(self) -> list[str]:
        return sorted(await self._recaps.teams())

    @step()
    async def _forget_recaps(self, team: str, before: str) -> int:
        records = await self._recaps.ended_before(team, datetime.fromisoformat(before), _RECAPS_AT_ONCE)
        for record in records:
            await self._erasure.remove(record)
        return len(records)

    @step()
    async def _forget_rows(self, before: str) -> int:
        ids = await ended_before(before, _ROWS_AT_ONCE)
        await forget(ids)
        return len(ids)
