"""What we suggest to a person who opens the agent chat."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dbos import DBOS, DBOSConfiguredInstance

from services.publishing import Prompt
from services.storage.recaps import RecapRecord, Recaps, Status
from services.workflows.requests import Welcome
from services.workflows.steps import step
from services.workflows.subjects import title
from services.workflows.workspaces import Workspaces

_LATEST = 10
# What is summed up can be asked about, also while the spoken version is still being made.
_TOLD = {Status.RUNNING, Status.DONE}
_SHORT = 32
_MOST = 4


@DBOS.dbos_class("welcome")
class WelcomeWorkflow(DBOSConfiguredInstance):
    """Suggests questions about the person's own newest recaps in this chat, or how to begin.

    What they see elsewhere is not looked at: here is nothing that they may not see.
    """

    def __init__(self, *, recaps: Recaps, workspaces: Workspaces) -> None:
        super().__init__("welcome")
        self._recaps = recaps
        self._workspaces = workspaces

    @DBOS.workflow(name="welcome", max_recovery_attempts=8)
    async def run(self, asked: dict[str, Any]) -> None:
        """Carry out a `Welcome`."""
        await self._suggest(Welcome.model_validate(asked))

    @step()
    async def _suggest(self, welcome: Welcome) -> None:
        records = await self._recaps.latest(welcome.team, welcome.channel, welcome.user, most=_LATEST)
        slack = await self._workspaces.of(welcome.team)
        told = [record for record in records if record.summary_key and record.status in _TOLD]
        await slack.publisher.agent.suggest(welcome.channel, prompts(told))


def prompts(records: Sequence[RecapRecord]) -> list[Prompt]:
    """At most four, about the newest recaps first; each question names its recording."""
    if not records:
        return [
            Prompt(title="What can you do?", message="What can you do?"),
            Prompt(title="How do I get a recap?", message="How do I get a recap?"),
        ]
    first, *others = (title(record) for record in records)
    suggested = [
        Prompt(title=f"Key points of {_short(first)}", message=f"What are the key points of “{first}”?"),
        Prompt(title=f"What was decided in {_short(first)}?", message=f"What was decided in “{first}”?"),
        Prompt(title=f"Who has to do what after {_short(first)}?", message=f"What are the action items of “{first}”?"),
    ]
    older = [Prompt(title=f"What is {_short(each)} about?", message=f"What is “{each}” about?") for each in others]
    return [*suggested, *older][:_MOST]


def _short(name: str) -> str:
    return name if len(name) <= _SHORT else name[: _SHORT - 1].rstrip() + "…"
