"""The answer to one question in a recap's thread."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import structlog
from dbos import DBOS, DBOSConfiguredInstance

from services.answering.smalltalk import asks_for_help, is_small_talk
from services.publishing import Message, Stream
from services.publishing.agent import at_work
from services.publishing.answer_blocks import answer_message, asked_message, closing
from services.publishing.failure_blocks import failure_message
from services.publishing.help_text import help_message
from services.storage.exchanges import Exchanges
from services.storage.recaps import Recaps, Status
from services.vocabulary.question import Answer
from services.workflows.asking import Asking, Found, Telling
from services.workflows.failures import Blame, Failure, failure_of
from services.workflows.library import Library
from services.workflows.requests import QuestionRequest
from services.workflows.steps import long_step, step
from services.workflows.subjects import Subjects, title
from services.workflows.workspaces import Workspaces

_log = structlog.get_logger(__name__)
_THINKING = "is listening again …"
_NOT_YET = "I am still listening to the recording. I will answer as soon as I have heard it out."
_NO_RECAP = "There is no recap in this thread that I could answer from. Share the recording again and ask there."
_STOPPED = Message(text="Stopped, as you asked.")
_LOOK_AGAIN_SECONDS = 3.0
_PATIENCE_SECONDS = 6 * 3600.0


@DBOS.dbos_class("answer")
class AnswerWorkflow(DBOSConfiguredInstance):
    """Find the recap, wait for it where it is still being made, answer while people watch, post.

    A thread can hold several recordings: the newest that says anything about the question answers it.
    """

    def __init__(
        self,
        *,
        recaps: Recaps,
        subjects: Subjects,
        library: Library,
        exchanges: Exchanges,
        asking: Asking,
        workspaces: Workspaces,
    ) -> None:
        super().__init__("answer")
        self._recaps = recaps
        self._subjects = subjects
        self._library = library
        self._exchanges = exchanges
        self._asking = asking
        self._workspaces = workspaces
        self._here: dict[str, asyncio.Event] = {}

    @DBOS.workflow(name="answer", max_recovery_attempts=8)
    async def run(self, asked: dict[str, Any]) -> bool:
        """Answer a `QuestionRequest`; whether the recording said something to it."""
        request = QuestionRequest.model_validate(asked)
        structlog.contextvars.bind_contextvars(question=request.id)
        left = self._here[request.id] = asyncio.Event()
        try:
            return await self._carry_out(request)
        finally:
            self._here.pop(request.id, None)
            left.set()

    async def _carry_out(self, request: QuestionRequest) -> bool:
        if request.direct and (is_small_talk(request.text) or asks_for_help(request.text)):
            await self._help(request)
            return False
        if request.quoted:
            await self._repeat(request)
        placeholder, telling = await self._wait_for_recap(request), Telling()
        try:
            found = await self._answer(request, placeholder, telling)
            if found is None:
                await self._say_none(request, placeholder)
                return False
            if found["stopped"]:
                await self.stopped(request)
                return False
            answered: bool = await self._publish(request, placeholder, found, telling)
        except Exception as error:  # noqa: BLE001 - whatever it was, the thread is told
            failure = failure_of(error, request.id)
            if failure.blame is not Blame.USER:
                _log.error("answer failed", question=request.id, reference=failure.reference, exc_info=error)
            await self._fail(request, placeholder, failure)
            return False
        return answered

    async def gone(self, question_id: str, patience: float) -> None:
        """Wait until this process no longer works on the answer, or the patience (seconds) is over."""
        if left := self._here.get(question_id):
            await asyncio.wait({asyncio.ensure_future(left.wait())}, timeout=patience)

    @step()
    async def _help(self, request: QuestionRequest) -> None:
        await self._say(request, None, help_message())

    async def _wait_for_recap(self, request: QuestionRequest) -> str | None:
        """Wait while the recording is still being heard; the ts of what we said meanwhile."""
        placeholder, waited = None, 0.0
        while waited < _PATIENCE_SECONDS and await self._still_working(request):
            placeholder = placeholder or await self._say_later(request)
            await DBOS.sleep_async(_LOOK_AGAIN_SECONDS)
            waited += _LOOK_AGAIN_SECONDS
        return placeholder

    @step()
    async def _repeat(self, request: QuestionRequest) -> None:
        slack = await self._workspaces.of(request.team)
        await slack.publisher.post(
            f"{request.id}:asked",
            channel=request.channel,
            thread_ts=request.thread_ts,
            message=asked_message(request.user, request.text),
        )

    @step()
    async def _still_working(self, request: QuestionRequest) -> bool:
        records = await self._subjects.of(request)
        ready = any(record.summary_key and record.status is not Status.FAILED for record in records)
        return not ready and any(record.status is Status.RUNNING for record in records)

    @step()
    async def _say_later(self, request: QuestionRequest) -> str:
        return await self._post(request, Message(text=_NOT_YET))

    @long_step()
    async def _answer(
        self, request: QuestionRequest, placeholder: str | None, telling: Telling
    ) -> dict[str, Any] | None:
        """The `Found` answer, as JSON; None where there is no recap to answer from.

        A step of its own: an answer that was made, and paid, is not made again because it could not be posted. Each
        try of it shows what it says anew, so that of two tries nothing is shown twice.
        """
        publisher = (await self._workspaces.of(request.team)).publisher
        telling.stream = None if placeholder else await self._stream(request)
        began = time.monotonic()
        async with at_work(publisher.agent, request.channel, request.thread_ts, _THINKING):
            chosen = await self._asking.ask(request, telling)
        if chosen is None:
            return None
        seconds = round(time.monotonic() - began, 2)
        _log.info("answered", question=request.id, found=chosen.answer.found, seconds=seconds)
        return chosen.model_dump(mode="json")

    @step()
    async def _say_none(self, request: QuestionRequest, placeholder: str | None) -> None:
        """There is nothing to answer from: said aloud where a recap failed, not where it was deleted meanwhile."""
        if placeholder or await self._subjects.of(request):
            await self._say(request, placeholder, Message(text=_NO_RECAP))
        elif request.direct:
            await self._say(request, None, help_message())

    @step()
    async def _publish(
        self, request: QuestionRequest, placeholder: str | None, found: dict[str, Any], telling: Telling
    ) -> bool:
        """Post the answer; whether the recording said something. Nothing is left of it where the recap was deleted."""
        chosen = Found.model_validate(found)
        record = await self._recaps.get(chosen.recap_id)
        recap = await self._library.of(record) if record else None
        if record and recap is not None:
            about = None if record.thread_ts == request.thread_ts else title(record)
            message = answer_message(
                chosen.answer,
                subject=request.id,
                recap_id=recap.id,
                link=self._library.link(recap),
                speakers=recap.transcript.speakers,
                about=about,
            )
            if telling.stream:
                await telling.stream.end(message, closing(chosen.answer, subject=request.id, about=about))
            else:
                await self._say(request, placeholder, message)
            await self._exchanges.add(
                request.id, recap_id=recap.id, user=request.user, question=request.text, answer=chosen.answer
            )
        if await self._is_deleted(chosen.recap_id):
            slack = await self._workspaces.of(request.team)
            await slack.publisher.delete(request.id)
            await self._recaps.erase(chosen.recap_id)
            return False
        return chosen.answer.found

    async def _is_deleted(self, recap_id: str) -> bool:
        record = await self._recaps.get(recap_id)
        return record is not None and record.status is Status.DELETED

    async def _post(self, request: QuestionRequest, message: Message) -> str:
        slack = await self._workspaces.of(request.team)
        return await slack.publisher.post(
            f"{request.id}:answer", channel=request.channel, thread_ts=request.thread_ts, message=message
        )

    async def _say(self, request: QuestionRequest, placeholder: str | None, message: Message) -> None:
        slack = await self._workspaces.of(request.team)
        if placeholder:
            await slack.publisher.update(request.channel, placeholder, message)
        else:
            await (await self._stream(request)).end(message)

    async def _stream(self, request: QuestionRequest) -> Stream:
        slack = await self._workspaces.of(request.team)
        return slack.publisher.stream(
            f"{request.id}:answer", channel=request.channel, thread_ts=request.thread_ts, reader=request.user
        )

    @step()
    async def stopped(self, request: QuestionRequest) -> None:
        """Say that it was stopped; what was said so far stays. Idempotent.

        Half an answer is deleted with its recap as a whole one is, so it is on record as well.
        """
        slack = await self._workspaces.of(request.team)
        await (await self._stream(request)).halt()
        await slack.publisher.post(
            f"{request.id}:stopped", channel=request.channel, thread_ts=request.thread_ts, message=_STOPPED
        )
        if records := await self._subjects.of(request):
            half = Answer(found=False)
            await self._exchanges.add(
                request.id, recap_id=records[0].id, user=request.user, question=request.text, answer=half
            )

    @step()
    async def _fail(self, request: QuestionRequest, placeholder: str | None, failure: Failure) -> None:
        await self._say(request, placeholder, failure_message(failure.sentence, reference=failure.reference))
