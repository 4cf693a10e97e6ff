"""The step 'Summarize media' of people's workflows: a recap in a channel, whose words go on to the next step."""

from __future__ import annotations

import time
from typing import Any

import structlog
from dbos import DBOS, DBOSConfiguredInstance

from services.media.links import identify
from services.media.slack_shares import names_something
from services.publishing import Message
from services.publishing.naming import LANGUAGES
from services.publishing.step_texts import step_outputs
from services.storage.recaps import Recaps, Status
from services.storage.sealing import Seal
from services.vocabulary.base import Value
from services.vocabulary.errors import OperatorError, UserError
from services.workflows.announcing import announce
from services.workflows.audience import Audience
from services.workflows.engine import RECAPS
from services.workflows.enqueuing import enqueue
from services.workflows.failures import report_failure
from services.workflows.firsts import Firsts
from services.workflows.intake import Intake
from services.workflows.library import Library
from services.workflows.recap import RecapWorkflow
from services.workflows.requests import RecapRequest
from services.workflows.steps import step
from services.workflows.workspaces import Workspaces

_log = structlog.get_logger(__name__)
_PAUSES = (1.0, 2.0, 4.0, 8.0)
_PAUSE = 15.0
_NOTHING = (
    "I found no recording behind that link that everybody in the channel may open. Use a link to a video, a podcast "
    "episode or a message of the same channel that holds a recording."
)
_WORDS = {
    Status.CANCELED: "Somebody stopped the recap.",
    Status.DELETED: "Somebody deleted the recap.",
    Status.FAILED: "The recap did not succeed; its thread says why.",
}


class StepRun(Value):
    """One run of the step. `execution` is Slack's id of it; `media` is a link, also to a message or file in Slack.

    `sealed` is the run's own token, readable only with our key. `arrived` is Unix time.
    """

    team: str
    execution: str
    channel: str
    media: str
    language: str | None = None
    sealed: str = ""
    arrived: float

    @property
    def id(self) -> str:
        """team:channel:execution:step."""
        return f"{self.team}:{self.channel}:{self.execution}:step"


class Wanted(Value):
    """The recap that is wanted, and the id of the one that is there already."""

    request: RecapRequest
    first: str | None = None


@DBOS.dbos_class("stepping")
class SteppingWorkflow(DBOSConfiguredInstance):
    """Begin the recap, wait for its end, tell the workflow once.

    Waiting costs a look at our own table now and then. A recording that has a recap in the channel is not recapped
    again: the workflow gets that one.
    """

    def __init__(
        self,
        *,
        recaps: Recaps,
        workspaces: Workspaces,
        audience: Audience,
        intake: Intake,
        firsts: Firsts,
        library: Library,
        recap: RecapWorkflow,
        seal: Seal,
    ) -> None:
        super().__init__("stepping")
        self._recaps = recaps
        self._workspaces = workspaces
        self._audience = audience
        self._intake = intake
        self._firsts = firsts
        self._library = library
        self._recap = recap
        self._seal = seal

    @DBOS.workflow(name="stepping", max_recovery_attempts=8)
    async def run(self, asked: dict[str, Any]) -> bool:
        """Carry out a `StepRun`; whether it succeeded."""
        run = StepRun.model_validate(asked)
        try:
            wanted = Wanted.model_validate(await self._find(run))
            recap_id = wanted.first or await self._begin(run, wanted.request)
            await self._wait(recap_id)
            await self._complete(run, recap_id)
        except Exception as error:  # noqa: BLE001 - whatever it was, the workflow is told
            failure = report_failure(error, run.id)
            reference = f" (reference {failure.reference})" if failure.reference else ""
            await self._fail(run, failure.sentence + reference)
            return False
        return True

    @step()
    async def _find(self, run: StepRun) -> dict[str, Any]:
        request = await self._request(run)
        first = await self._intake.first(request)
        return Wanted(request=request, first=first).model_dump(mode="json")

    async def _begin(self, run: StepRun, wanted: RecapRequest) -> str:
        request = RecapRequest.model_validate(await self._open(run, wanted))
        await enqueue(RECAPS, request.id, self._recap.run, request.model_dump(mode="json"))
        return request.id

    @step()
    async def _open(self, run: StepRun, request: RecapRequest) -> dict[str, Any]:
        """Where it has no message yet, post the one that its thread hangs on. What is there was looked for before."""
        slack = await self._workspaces.of(run.team)
        update: dict[str, Any] = {"again": True}
        if not request.ts:
            root = Message(text="A workflow asked me for a recap. It comes in this thread.")
            ts = await slack.publisher.post(f"{run.id}:root", channel=run.channel, thread_ts=None, message=root)
            update |= {"ts": ts, "thread_ts": ts}
        opened = request.model_copy(update=update)
        await self._intake.open(opened)
        try:
            await announce(slack.publisher, opened)
        except UserError:
            await self._recaps.change(opened.id, status=Status.FAILED)
            raise
        return opened.model_dump(mode="json")

    async def _request(self, run: StepRun) -> RecapRequest:
        """Without a `ts` where it has no message yet. UserError where the wish cannot be fulfilled."""
        request = RecapRequest(
            team=run.team,
            channel=run.channel,
            thread_ts="",
            ts="",
            user="",
            arrived=run.arrived,
            language=_language(run.language),
        )
        if not names_something(run.media):
            link = identify(run.media)
            return request.model_copy(update={"link": link, "name": link.url})
        slack = await self._workspaces.of(run.team)
        found = await slack.shares.readable(
            run.media, lambda origin: self._audience.may_see(run.team, origin=origin, shown_in=run.channel)
        )
        if not found:
            raise UserError(_NOTHING)
        here = {"ts": found[0].ts, "thread_ts": found[0].thread_ts} if found[0].channel == run.channel else {}
        return request.model_copy(update={"file_id": found[0].file_id, "name": found[0].name, **here})

    async def _wait(self, recap_id: str) -> None:
        """Until the recap has ended. UserError where it has not succeeded."""
        looks = 0
        while (status := Status(await self._look(recap_id))) is Status.RUNNING:
            await DBOS.sleep_async(_PAUSES[looks] if looks < len(_PAUSES) else _PAUSE)
            looks += 1
        if status is not Status.DONE:
            raise UserError(await self._reason(recap_id) or _WORDS.get(status, _WORDS[Status.FAILED]))

    @step()
    async def _look(self, recap_id: str) -> str:
        record = await self._recaps.get(recap_id)
        return (record.status if record else Status.DELETED).value

    @step()
    async def _reason(self, recap_id: str) -> str | None:
        record = await self._recaps.get(recap_id)
        return record.reason if record and record.status is Status.FAILED else None

    @step()
    async def _complete(self, run: StepRun, recap_id: str) -> None:
        record, recap = await self._recaps.get(recap_id), await self._library.recap(recap_id)
        if record is None or recap is None:
            raise UserError(_WORDS[Status.DELETED])
        slack = await self._workspaces.of(run.team)
        outputs = step_outputs(recap, await self._firsts.address(record))
        await slack.surfaces.complete_step(run.execution, outputs, token=self._token(run))
        _log.info("workflow step done", recap=recap_id, seconds=round(time.time() - run.arrived))

    @step()
    async def _fail(self, run: StepRun, sentence: str) -> None:
        slack = await self._workspaces.of(run.team)
        await slack.surfaces.fail_step(run.execution, sentence, token=self._token(run))

    def _token(self, run: StepRun) -> str | None:
        try:
            return self._seal.open(run.sealed) if run.sealed else None
        except OperatorError:  # sealed by a machine with another key: the workspace's token does it, too
            return None


def _language(asked: str | None) -> str | None:
    """The code of a language that is named by its code or in English. UserError for what is none."""
    wanted = (asked or "").strip().casefold()
    if not wanted:
        return None
    for code, name in LANGUAGES.items():
        if wanted in {code, name.casefold()}:
            return code
    raise UserError("I do not know that language. Write its English name or its two letters, such as German or de.")
