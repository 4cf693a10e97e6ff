"""The answer to one question in a recap's thread."""

from __future__ import annotations

import time
from typing import Any

import structlog
from dbos import DBOS, DBOSConfiguredInstance

from services.answering import Answerer
from services.answering.overview import overview
from services.publishing import Message
from services.publishing.answer_blocks import answer_message, asked_message
from services.publishing.failure_blocks import failure_message
from services.storage.exchanges import Exchanges
from services.storage.recaps import RecapRecord, Recaps, Status
from services.vocabulary.question import Answer, Question
from services.workflows.failures import Blame, Failure, failure_of
from services.workflows.library import Library
from services.workflows.requests import QuestionRequest
from services.workflows.steps import step
from services.workflows.watch import Watch
from services.workflows.workspaces import Workspaces

_log = structlog.get_logger(__name__)
_THINKING = "is listening again …"
_NOT_YET = "I am still listening to the recording. I will answer as soon as I have heard it out."
_NO_RECAP = "There is no recap in this thread that I could answer from. Share the recording again and ask there."
_LOOK_AGAIN_SECONDS = 3.0
_PATIENCE_SECONDS = 6 * 3600.0


@DBOS.dbos_class("answer")
class AnswerWorkflow(DBOSConfiguredInstance):
    """Find the recap, wait for it where it is still being made, answer, post.

    A thread can hold several recordings: the newest that says anything about the question answers it.
    """

    def __init__(
        self,
        *,
        recaps: Recaps,
        library: Library,
        exchanges: Exchanges,
        answerer: Answerer,
        workspaces: Workspaces,
        watch: Watch,
    ) -> None:
        super().__init__("answer")
        self._recaps = recaps
        self._library = library
        self._exchanges = exchanges
        self._answerer = answerer
        self._workspaces = workspaces
        self._watch = watch

    @DBOS.workflow(name="answer", max_recovery_attempts=8)
    async def run(self, asked: dict[str, Any]) -> bool:
        """Answer a `QuestionRequest`; whether the recording said something to it."""
        request = QuestionRequest.model_validate(asked)
        structlog.contextvars.bind_contextvars(question=request.id)
        if request.quoted:
            await self._repeat(request)
        placeholder = await self._wait_for_recap(request)
        try:
            answered: bool = await self._answer(request, placeholder)
        except Exception as error:  # noqa: BLE001 - whatever it was, the thread is told
            failure = failure_of(error, request.id)
            if failure.blame is not Blame.USER:
                _log.error("answer failed", question=request.id, reference=failure.reference, exc_info=error)
            await self._fail(request, placeholder, failure)
            return False
        return answered

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
        records = await self._records(request)
        ready = any(record.summary_key and record.status is not Status.FAILED for record in records)
        return not ready and any(record.status is Status.RUNNING for record in records)

    @step()
    async def _say_later(self, request: QuestionRequest) -> str:
        return await self._post(request, Message(text=_NOT_YET))

    @step()
    async def _answer(self, request: QuestionRequest, placeholder: str | None) -> bool:
        slack = await self._workspaces.of(request.team)
        await slack.publisher.agent.status(request.channel, request.thread_ts, _THINKING)
        began = time.monotonic()
        chosen: tuple[RecapRecord, Answer] | None = None
        for record in await self._records(request):
            with self._watch.stage("answer"):
                answer = await self._ask(record, request.text)
            if answer and (chosen is None or answer.found):
                chosen = (record, answer)
            if answer and answer.found:
                break
        if chosen is None:
            await self._say_none(request, placeholder)
            return False
        record, answer = chosen
        await self._publish(request, placeholder, record, answer)
        _log.info("answered", question=request.id, found=answer.found, seconds=round(time.monotonic() - began, 2))
        return answer.found

    async def _say_none(self, request: QuestionRequest, placeholder: str | None) -> None:
        """There is nothing to answer from: said aloud where a recap failed, not where it was deleted meanwhile."""
        if placeholder or await self._records(request):
            await self._say(request, placeholder, Message(text=_NO_RECAP))

    async def _ask(self, record: RecapRecord, text: str) -> Answer | None:
        recap = await self._library.of(record)
        if recap is None:
            return None
        if answer := overview(text, recap.summary):
            return answer
        history = await self._exchanges.of(record.id)
        return await self._answerer.answer(Question(text=text, history=history), recap.transcript)

    async def _publish(
        self, request: QuestionRequest, placeholder: str | None, record: RecapRecord, answer: Answer
    ) -> None:
        recap = await self._library.of(record)
        if recap is None:
            return
        message = answer_message(
            answer,
            subject=request.id,
            recap_id=record.id,
            link=self._library.link(recap),
            speakers=recap.transcript.speakers,
        )
        await self._say(request, placeholder, message)
        await self._exchanges.add(
            request.id, recap_id=record.id, user=request.user, question=request.text, answer=answer
        )

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
            await self._post(request, message)

    @step()
    async def _fail(self, request: QuestionRequest, placeholder: str | None, failure: Failure) -> None:
        await self._say(request, placeholder, failure_message(failure.sentence, reference=failure.reference))

    async def _records(self, request: QuestionRequest) -> list[RecapRecord]:
        return await self._recaps.in_thread(request.team, request.channel, request.thread_ts)
