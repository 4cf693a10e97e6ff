"""The second desk: what comes in from Slack's other surfaces is written down here, durably, before it is acked."""

from __future__ import annotations

from services.storage.preferences import Preferences
from services.storage.sealing import Seal
from services.vocabulary.preference import Preference
from services.workflows.clearance import Clearance, ClearanceWorkflow
from services.workflows.engine import REPLIES, STEPS
from services.workflows.enqueuing import enqueue
from services.workflows.home import HomeVisit, HomeWorkflow
from services.workflows.stepping import SteppingWorkflow, StepRun
from services.workflows.unfurling import SharedLinks, UnfurlingWorkflow


class Reception:
    """Takes requests: each call returns when the request is on record. Raises RetryableError when it is not."""

    def __init__(
        self,
        preferences: Preferences,
        seal: Seal,
        *,
        home: HomeWorkflow,
        clearance: ClearanceWorkflow,
        stepping: SteppingWorkflow,
        unfurling: UnfurlingWorkflow,
    ) -> None:
        self._preferences = preferences
        self._seal = seal
        self._home = home
        self._clearance = clearance
        self._stepping = stepping
        self._unfurling = unfurling

    async def visit(self, visit: HomeVisit) -> None:
        """Show a person their Home."""
        await enqueue(REPLIES, visit.id, self._home.run, visit.model_dump(mode="json"))

    async def prefer(self, visit: HomeVisit, preference: Preference) -> None:
        """Keep what a person prefers from now on, and show it to them."""
        await self._preferences.choose(visit.team, visit.user, preference)
        await self.visit(visit)

    async def clear(self, clearance: Clearance) -> None:
        """Delete all that a person shared."""
        await enqueue(REPLIES, clearance.id, self._clearance.run, clearance.model_dump(mode="json"))

    async def step(self, run: StepRun, token: str) -> None:
        """Run a step of a workflow. Its token is written down sealed, or not at all."""
        sealed = run.model_copy(update={"sealed": self._seal.close(token) if token else ""})
        await enqueue(STEPS, run.id, self._stepping.run, sealed.model_dump(mode="json"))

    async def unfurl(self, shared: SharedLinks) -> None:
        """Show a card under a message's links to our player."""
        await enqueue(REPLIES, shared.id, self._unfurling.run, shared.model_dump(mode="json"))
