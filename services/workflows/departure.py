"""A workspace that took the app out, or took its token back: everything of it is forgotten."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import structlog
from dbos import DBOS, DBOSConfiguredInstance

from services.storage import Blobs
from services.storage.recaps import Recaps
from services.storage.team_rows import TeamRows
from services.vocabulary.base import Value
from services.workflows.erasure import Erasure
from services.workflows.rows import cancel, ended_below, forget, open_below
from services.workflows.steps import step
from services.workflows.workspaces import Workspaces

_log = structlog.get_logger(__name__)
# Slack sends the event when it takes the token back; which of the two it does first is not promised.
_LOOKS = (0.0, 5.0, 25.0)
# What was being worked on ends within this time, or its last step fails; until then it may still write.
_LAST_WRITES_SECONDS = 60.0
_AT_ONCE = 200


class Departure(Value):
    """A workspace let us go. `event` is the identity of Slack's event, `moment` when it was (Unix time)."""

    team: str
    event: str
    moment: float

    @property
    def id(self) -> str:
        """departure:team:event. It begins otherwise than all else of the workspace, which it forgets."""
        return f"departure:{self.team}:{self.event}"

    @property
    def at(self) -> datetime:
        """The moment."""
        return datetime.fromtimestamp(self.moment, UTC)


@DBOS.dbos_class("departure")
class DepartureWorkflow(DBOSConfiguredInstance):
    """Stops the workspace's work, then deletes its blobs, its rows and the engine's records, twice.

    The second time takes what work under way had still written. Where somebody has installed the app again meanwhile,
    only what is older than the departure goes. What was posted in Slack stays there: nobody lets us in any more.
    """

    def __init__(
        self, *, workspaces: Workspaces, recaps: Recaps, erasure: Erasure, blobs: Blobs, rows: TeamRows
    ) -> None:
        super().__init__("departure")
        self._workspaces = workspaces
        self._recaps = recaps
        self._erasure = erasure
        self._blobs = blobs
        self._rows = rows

    @DBOS.workflow(name="departure", max_recovery_attempts=8)
    async def run(self, asked: dict[str, Any]) -> dict[str, int]:
        """Carry out a `Departure`; how many of each kind went, which is the receipt in the log."""
        departure = Departure.model_validate(asked)
        if await self._is_back(departure):
            canceled = await self._cancel(departure, departure.at.isoformat())
            gone = await self._forget_older(departure)
            _log.info("workspace is back; what was older is erased", team=departure.team, canceled=canceled, **gone)
            return gone
        canceled = await self._cancel(departure, None)
        gone = await self._erase(departure)
        _log.info("workspace erased", team=departure.team, canceled=canceled, **gone)
        await DBOS.sleep_async(_LAST_WRITES_SECONDS)
        if not await self._is_back(departure):
            late = await self._erase(departure)
            _log.info("workspace looked through again", team=departure.team, **late)
        return gone

    async def _is_back(self, departure: Departure) -> bool:
        for pause in _LOOKS:
            await DBOS.sleep_async(pause)
            if not await self._lets_us_in(departure):
                return False
        return True

    @step()
    async def _cancel(self, departure: Departure, before: str | None) -> int:
        ids = await open_below(departure.team, before)
        await cancel(ids)
        return len(ids)

    @step()
    async def _lets_us_in(self, departure: Departure) -> bool:
        return await self._workspaces.installed(departure.team)

    @step()
    async def _erase(self, departure: Departure) -> dict[str, int]:
        blobs = await self._blobs.delete(departure.team)
        rows = await self._rows.forget(departure.team)
        return {"blobs": blobs, **rows, "engine_rows": await self._forget_engine_rows(departure.team)}

    async def _forget_engine_rows(self, team: str) -> int:
        count = 0
        while ids := await ended_below(team, _AT_ONCE):
            await forget(ids)
            count += len(ids)
        return count

    @step()
    async def _forget_older(self, departure: Departure) -> dict[str, int]:
        count = 0
        while records := await self._recaps.ended_before(departure.team, departure.at, _AT_ONCE):
            for record in records:
                await self._erasure.remove(record)
            count += len(records)
        return {"recaps": count}
