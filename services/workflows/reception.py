"""The second desk: what comes in from Slack's other surfaces is written down here, durably, before it is acked."""

from __future__ import annotations

from services.storage.preferences import Preferences
from services.vocabulary.preference import Preference
from services.workflows.clearance import Clearance, ClearanceWorkflow
from services.workflows.engine import REPLIES
from services.workflows.enqueuing import enqueue
from services.workflows.home import HomeVisit, HomeWorkflow


class Reception:
    """Takes requests: each call returns when the request is on record. Raises RetryableError when it is not."""

    def __init__(self, preferences: Preferences, *, home: HomeWorkflow, clearance: ClearanceWorkflow) -> None:
        self._preferences = preferences
        self._home = home
        self._clearance = clearance

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
