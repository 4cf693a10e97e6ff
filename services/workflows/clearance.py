"""Everything that one person shared is deleted, when they want it."""

from __future__ import annotations

from typing import Any

import structlog
from dbos import DBOS, DBOSConfiguredInstance

from services.publishing.receipt_blocks import receipt_words
from services.storage.shelf import Shelf
from services.vocabulary.base import Value
from services.workflows.control import ControlWorkflow, counted
from services.workflows.erasure import Inventory
from services.workflows.failures import report_failure
from services.workflows.home import HomeVisit, HomeWorkflow
from services.workflows.requests import Act, Control
from services.workflows.steps import step

_log = structlog.get_logger(__name__)


class Clearance(Value):
    """Delete what the person shared. `act` is the identity of the press."""

    team: str
    user: str
    act: str

    @property
    def id(self) -> str:
        """team:user:clearance:act."""
        return f"{self.team}:{self.user}:clearance:{self.act}"


@DBOS.dbos_class("clearance")
class ClearanceWorkflow(DBOSConfiguredInstance):
    """Deletes a person's recaps one after the other, then says in Home what went. Nobody else's is touched."""

    def __init__(self, *, shelf: Shelf, control: ControlWorkflow, home: HomeWorkflow) -> None:
        super().__init__("clearance")
        self._shelf = shelf
        self._control = control
        self._home = home

    @DBOS.workflow(name="clearance", max_recovery_attempts=8)
    async def run(self, asked: dict[str, Any]) -> int:
        """Carry out a `Clearance`; how many recaps went."""
        clearance = Clearance.model_validate(asked)
        gone, left = [], 0
        for recap_id in await self._own(clearance):
            try:
                gone.append(await self._control.erase(_wish(clearance, recap_id)))
            except Exception as error:  # noqa: BLE001 - the others go all the same, and the person is told
                report_failure(error, recap_id)
                left += 1
        await self._home.show(_visit(clearance, [each for each in gone if each], left))
        return sum(each is not None for each in gone)

    @step()
    async def _own(self, clearance: Clearance) -> list[str]:
        return await self._shelf.own(clearance.team, clearance.user)


def _wish(clearance: Clearance, recap_id: str) -> Control:
    channel = recap_id.split(":")[1]
    return Control(
        act=Act.DELETE,
        recap_id=recap_id,
        team=clearance.team,
        channel=channel,
        user=clearance.user,
        press=clearance.act,
    )


def _visit(clearance: Clearance, gone: list[Inventory], left: int) -> HomeVisit:
    counts: dict[str, int] = {"recap": len(gone)}
    for inventory in gone:
        for kind, count in counted(inventory).items():
            counts[kind] = counts.get(kind, 0) + count
    notice = receipt_words(counts, kept=any(each.shared for each in gone))
    if left:
        notice += f" {left} could not be deleted now; press the button again in a few minutes."
    return HomeVisit(team=clearance.team, user=clearance.user, act=clearance.act, notice=notice)
