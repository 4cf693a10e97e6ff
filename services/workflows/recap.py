"""The recap of one shared recording."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import structlog
from dbos import DBOS, DBOSConfiguredInstance

from services.publishing import Edit, Mark
from services.publishing.failure_blocks import failure_message
from services.publishing.progress import ProgressMessage
from services.publishing.recap_blocks import recap_message
from services.storage.recaps import Recaps, Status
from services.vocabulary.errors import UserError
from services.vocabulary.media import Media
from services.vocabulary.progress import Progress, Report, Stage
from services.vocabulary.recap import Recap
from services.vocabulary.source import Publication
from services.workflows.announcing import Card, begin, mark, progress_of
from services.workflows.attachments import Attachments
from services.workflows.failures import Failure, report_failure
from services.workflows.firsts import Firsts
from services.workflows.intake import Intake
from services.workflows.library import Library, spine_of
from services.workflows.links import Taken
from services.workflows.outputs import Outputs
from services.workflows.requests import RecapRequest
from services.workflows.sources import Sources
from services.workflows.stages import Stages
from services.workflows.steps import long_step, step
from services.workflows.watch import Watch, staged
from services.workflows.workspaces import Workspaces

_log = structlog.get_logger(__name__)
_RECOVERIES = 8
_NO_NARRATION = "The spoken version failed; all the rest is here. Press Try again for the audio."


@DBOS.dbos_class("recap")
class RecapWorkflow(DBOSConfiguredInstance):
    """Fetch, hear, sum up, tell, speak, attach.

    Text is told before it is spoken, so that what fails late costs little: without a voice there is a text recap,
    without uploads there is a message. A recap that is driven again finds its finished stages in the blob store.
    """

    def __init__(
        self,
        *,
        recaps: Recaps,
        stages: Stages,
        library: Library,
        attachments: Attachments,
        sources: Sources,
        workspaces: Workspaces,
        watch: Watch,
        outputs: Outputs,
        intake: Intake,
        firsts: Firsts,
    ) -> None:
        super().__init__("recap")
        self._recaps = recaps
        self._intake = intake
        self._firsts = firsts
        self._stages = stages
        self._library = library
        self._attachments = attachments
        self._sources = sources
        self._outputs = outputs
        self._workspaces = workspaces
        self._watch = watch
        self._here: dict[str, asyncio.Event] = {}

    @DBOS.workflow(name="recap", max_recovery_attempts=_RECOVERIES)
    async def run(self, asked: dict[str, Any]) -> str:
        """Recap the recording of a `RecapRequest`; returns the status that it ended with."""
        request = RecapRequest.model_validate(asked)
        structlog.contextvars.bind_contextvars(recap=request.id)
        left = self._here[request.id] = asyncio.Event()
        try:
            try:
                ts = await self._announce(request)
            except Exception as error:  # noqa: BLE001 - a channel that does not let us speak cannot be told why
                report_failure(error, request.id)
                return await self._give_up(request)
            card = Card()
            slack = await self._workspaces.of(request.team)
            heard = self._watch.heard(request.id)
            async with progress_of(slack.publisher, request, ts, card=card, heard=heard) as report:
                try:
                    taken = Taken.model_validate(await self._ingest(request, report, card))
                    card.publication = taken.media.publication
                    if first := await self._recognize(request, taken):
                        return await self._point_to(request, ts, first, report)
                    transcript_key = await self._hear(request, taken, report)
                    summary_key = await self._summarize(request, taken.media, transcript_key, report)
                    ts = await self._tell(request, ts, report)
                except Exception as error:  # noqa: BLE001 - whatever it was, the thread is told
                    failure = report_failure(error, request.id)
                    return await self.fail(request, ts, failure)
            await self._outputs.start(request.id, channel=request.channel, thread_ts=request.thread_ts)
            notes = await self._speak_and_attach(request, transcript_key, summary_key)
            return await self._finish(request, ts, notes)
        finally:
            self._watch.over(request.id)
            self._here.pop(request.id, None)
            left.set()

    async def gone(self, recap_id: str, patience: float) -> None:
        """Wait until this process no longer works on the recap, or the patience (seconds) is over."""
        if left := self._here.get(recap_id):
            await asyncio.wait({asyncio.ensure_future(left.wait())}, timeout=patience)

    @step()
    async def _announce(self, request: RecapRequest) -> str:
        slack = await self._workspaces.of(request.team)
        record = await self._recaps.get(request.id)
        return await begin(slack.publisher, request, again=bool(record and record.attempt))

    @long_step()
    @staged(Stage.INGEST)
    async def _ingest(self, request: RecapRequest, report: Report, card: Card) -> dict[str, Any]:
        def show(publication: Publication) -> None:
            card.publication = publication
            report(Progress(stage=Stage.INGEST))

        record = await self._recaps.get(request.id)
        taken = await self._sources.take(request, record.media if record else None, report, show)
        await self._recaps.change(request.id, media=taken.media)
        return taken.model_dump(mode="json")

    @step()
    async def _recognize(self, request: RecapRequest, taken: Taken) -> str | None:
        """The recap that there is of the same bytes; who asks for another attempt has seen that one."""
        record = await self._recaps.get(request.id)
        return None if record is None or record.attempt else await self._intake.recognize(request, taken.media)

    @step()
    async def _point_to(self, request: RecapRequest, ts: str, first: str, report: ProgressMessage) -> str:
        """Say in the place of the progress where the recap is."""
        slack = await self._workspaces.of(request.team)
        await report.finish()
        await slack.publisher.update(request.channel, ts, await self._firsts.pointer(first, repeat=request))
        await self._intake.release(request.id)
        await self._recaps.change(request.id, status=Status.REPEATED, media=None)
        await slack.publisher.unreact(request.channel, request.ts, Mark.WORKING)
        return Status.REPEATED

    @long_step()
    @staged(Stage.TRANSCRIBE)
    async def _hear(self, request: RecapRequest, taken: Taken, report: Report) -> str:
        key = taken.transcript_key or await self._stages.hear(
            request.team, taken.media, arrived=request.arrived, report=report, subject=request.id
        )
        await self._recaps.change(request.id, transcript_key=key)
        return key

    @long_step()
    @staged(Stage.SUMMARIZE)
    async def _summarize(self, request: RecapRequest, media: Media, transcript_key: str, report: Report) -> str:
        report(Progress(stage=Stage.SUMMARIZE))
        published = media.publication.chapters if media.publication else ()
        key = await self._stages.summarize(
            request.team, transcript_key, subject=request.id, language=request.language, published=published
        )
        await self._recaps.change(request.id, summary_key=key)
        return key

    @step()
    async def _tell(self, request: RecapRequest, ts: str, report: ProgressMessage) -> str:
        """Put the recap in the place of the progress; anew where somebody deleted that. The ts that holds it now."""
        slack = await self._workspaces.of(request.team)
        await report.finish()
        await self._recaps.change(request.id, seconds=max(0.0, time.time() - request.arrived))
        recap = await self._recap(request)
        await self._recaps.change(request.id, **spine_of(recap))
        message = recap_message(recap, link=self._library.link(recap))
        if await slack.publisher.update(request.channel, ts, message) is not Edit.GONE:
            return ts
        key = f"{request.id}:recap-again"
        return await slack.publisher.post(key, channel=request.channel, thread_ts=request.thread_ts, message=message)

    async def _speak_and_attach(self, request: RecapRequest, transcript_key: str, summary_key: str) -> list[str]:
        notes = []
        try:
            if request.audio:
                await self._narrate(request, transcript_key, summary_key)
        except Exception as error:  # noqa: BLE001 - a recap without a voice is a recap
            report_failure(error, request.id)
            notes.append(_NO_NARRATION)
        try:
            await self._attach(request)
        except Exception as error:  # noqa: BLE001 - the message says what could not be attached
            failure = report_failure(error, request.id)
            notes.append(failure.sentence)
        return notes

    @long_step()
    @staged(Stage.NARRATE)
    async def _narrate(self, request: RecapRequest, transcript_key: str, summary_key: str) -> None:
        narration = await self._stages.narrate(request.team, transcript_key, summary_key)
        await self._recaps.change(request.id, narration=narration)

    @step()
    @staged(Stage.PUBLISH)
    async def _attach(self, request: RecapRequest) -> None:
        slack = await self._workspaces.of(request.team)
        await self._attachments.put(slack, request, await self._recap(request))

    @step()
    async def _finish(self, request: RecapRequest, ts: str, notes: list[str]) -> str:
        slack = await self._workspaces.of(request.team)
        recap = await self._recap(request)
        if notes or (recap.narration and recap.narration.reason):
            message = recap_message(recap, link=self._library.link(recap), notes=notes, retry=bool(notes))
            await slack.publisher.update(request.channel, ts, message)
        await self._recaps.change(request.id, status=Status.DONE)
        await mark(slack.publisher, request, Mark.DONE)
        _log.info("recap done", recap=request.id, seconds=recap.seconds, cost=recap.summary.cost)
        return Status.DONE

    @step()
    async def fail(self, request: RecapRequest, ts: str, failure: Failure) -> str:
        """Tell the thread, in the place of the progress."""
        slack = await self._workspaces.of(request.team)
        message = failure_message(
            failure.sentence,
            media_name=request.name,
            retry=request.id if failure.can_retry else None,
            reference=failure.reference,
        )
        await slack.publisher.update(request.channel, ts, message)
        await self._recaps.change(request.id, status=Status.FAILED)
        await mark(slack.publisher, request, Mark.FAILED)
        return Status.FAILED

    @step()
    async def _give_up(self, request: RecapRequest) -> str:
        await self._recaps.change(request.id, status=Status.FAILED)
        return Status.FAILED

    async def _recap(self, request: RecapRequest) -> Recap:
        recap = await self._library.recap(request.id)
        if recap is None:
            raise UserError("This recap was deleted while I was working on it.")
        return recap
