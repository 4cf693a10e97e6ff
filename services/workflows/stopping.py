"""Stop in an agent session: what goes on in its thread ends, and says so."""

from __future__ import annotations

import asyncio
from typing import Any

import structlog
from dbos import DBOS, DBOSConfiguredInstance

from services.publishing import Session
from services.storage.recaps import Recaps, Status
from services.workflows.answer import AnswerWorkflow
from services.workflows.control import ControlWorkflow
from services.workflows.engine import REPLIES
from services.workflows.enqueuing import enqueue
from services.workflows.requests import Act, Control, QuestionRequest, Stop
from services.workflows.rows import open_requests
from services.workflows.steps import step
from services.workflows.workspaces import Workspaces

_log = structlog.get_logger(__name__)
# A canceled step ends within a second or two, what waits looks up every three.
_LAST_WORDS_SECONDS = 8.0


@DBOS.dbos_class("stopping")
class StopWorkflow(DBOSConfiguredInstance):
    """Cancels the recaps, as their Cancel button does, and the answers of one thread. What was said stays."""

    def __init__(
        self,
        *,
        recaps: Recaps,
        workspaces: Workspaces,
        answer: AnswerWorkflow,
        control: ControlWorkflow,
    ) -> None:
        super().__init__("stopping")
        self._recaps = recaps
        self._workspaces = workspaces
        self._answer = answer
        self._control = control

    @DBOS.workflow(name="stop", max_recovery_attempts=8)
    async def run(self, asked: dict[str, Any]) -> int:
        """Carry out a `Stop`; how many recaps and answers it stopped."""
        stop = Stop.model_validate(asked)
        controls = [Control.model_validate(each) for each in await self._running(stop)]
        for control in controls:
            await enqueue(REPLIES, control.id, self._control.run, control.model_dump(mode="json"))
        questions = [QuestionRequest.model_validate(each) for each in await self._open(stop)]
        for question in questions:
            await DBOS.cancel_workflow_async(question.id)
        await self._tell(stop, questions)
        return len(controls) + len(questions)

    @step()
    async def _running(self, stop: Stop) -> list[dict[str, Any]]:
        """The recaps that are being made in the thread, each with the press that cancels it."""
        records = await self._recaps.in_thread(stop.team, stop.channel, stop.thread_ts)
        return [
            Control(
                act=Act.CANCEL,
                recap_id=record.id,
                team=stop.team,
                channel=stop.channel,
                user=stop.user,
                press=stop.act,
            ).model_dump(mode="json")
            for record in records
            if record.status is Status.RUNNING
        ]

    @step()
    async def _open(self, stop: Stop) -> list[dict[str, Any]]:
        """The questions of the thread that are not answered yet."""
        requests = await open_requests("answer", f"{stop.team}:{stop.channel}:")
        return [request for request in requests if request.get("thread_ts") == stop.thread_ts]

    @step()
    async def _tell(self, stop: Stop, questions: list[QuestionRequest]) -> None:
        await asyncio.gather(*(self._answer.gone(question.id, _LAST_WORDS_SECONDS) for question in questions))
        publisher = (await self._workspaces.of(stop.team)).publisher
        for question in questions:
            await self._answer.stopped(question)
            _log.info("answer stopped", question=question.id)
        await publisher.agent.status(stop.channel, stop.thread_ts, "")
        await publisher.agent.session(stop.channel, stop.thread_ts, Session.ACTIVE)
