"""The answer to one question in a recap's thread."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from typing import Any

import structlog
from dbos import DBOS, DBOSConfiguredInstance

from services.answering import Answerer, Say
from services.answering.overview import overview
from services.answering.smalltalk import asks_for_help, is_small_talk
from services.publishing import Message, Stream
from services.publishing.agent import at_work
from services.publishing.answer_blocks import answer_message, asked_message, closing, spoken_sentence
from services.publishing.failure_blocks import failure_message
from services.publishing.help_text import help_message
from services.storage.exchanges import Exchanges
from services.storage.recaps import RecapRecord, Recaps, Status
from services.vocabulary.base import Value
from services.vocabulary.question import Answer, Question
from services.vocabulary.recap import Point, Recap
from services.workflows.failures import Blame, Failure, failure_of
from services.workflows.library import Library
from services.workflows.requests import QuestionRequest
from services.workflows.steps import long_step, step
from services.workflows.subjects import Subjects, title, unnamed
from services.workflows.watch import Watch
from services.workflows.workspaces import Workspaces

_log = structlog.get_logger(__name__)
_THINKING = "is listening again …"
_NOT_YET = "I am still listening to the recording. I will answer as soon as I have heard it out."
_NO_RECAP = "There is no recap in this thread that I could answer from. Share the recording again and ask there."
_LOOK_AGAIN_SECONDS = 3.0
_PATIENCE_SECONDS = 6 * 3600.0


class _Found(Value):
    """An answer, and the recap that it was found in."""

    recap_id: str
    answer: Answer


@dataclass
class _Telling:
    """The message in which an answer is shown while it is made; `stopped`: its reader wants no more of it."""

    stream: Stream | None = None
    stopped: bool = False


@DBOS.dbos_class("answer")
class AnswerWorkflow(DBOSConfiguredInstance):
    """Find the recap, wait for it where it is still being made, answer, post.

    A thread can hold several recordings: the newest that says anything about the question answers it.
    """

    def __init__(
        self,
        *,
        recaps: Recaps,
        subjects: Subjects,
        library: Library,
        exchanges: Exchanges,
        answerer: Answerer,
        workspaces: Workspaces,
        watch: Watch,
    ) -> None:
        super().__init__("answer")
        self._recaps = recaps
        self._subjects = subjects
        self._library = library
        self._exchanges = exchanges
        self._answerer = answerer
        self._workspaces = workspaces
        self._watch = watch
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
        placeholder, telling = await self._wait_for_recap(request), _Telling()
        try:
            found = await self._answer(request, placeholder, telling)
            if telling.stopped:
                return False
            if found is None:
                await self._say_none(request, placeholder)
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
        self, request: QuestionRequest, placeholder: str | None, telling: _Telling
    ) -> dict[str, Any] | None:
        """The `_Found` answer, as JSON; None where there is no recap to answer from.

        A step of its own: an answer that was made, and paid, is not made again because it could not be posted. Each
        try of it shows what it says anew, so that of two tries nothing is shown twice.
        """
        publisher = (await self._workspaces.of(request.team)).publisher
        telling.stream = None if placeholder else await self._stream(request)
        began = time.monotonic()
        async with at_work(publisher.agent, request.channel, request.thread_ts, _THINKING):
            chosen = await self._choose(request, telling)
        if chosen is None:
            return None
        seconds = round(time.monotonic() - began, 2)
        _log.info("answered", question=request.id, found=chosen.answer.found, seconds=seconds)
        return chosen.model_dump(mode="json")

    async def _choose(self, request: QuestionRequest, telling: _Telling) -> _Found | None:
        """The answer of the first recap that says anything, else that of the newest."""
        chosen: _Found | None = None
        for record in await self._subjects.of(request):
            with self._watch.stage("answer"):
                answer = await self._ask(record, request, telling)
            if answer and (chosen is None or answer.found):
                chosen = _Found(recap_id=record.id, answer=answer)
            if answer and answer.found:
                break
        return chosen

    @step()
    async def _say_none(self, request: QuestionRequest, placeholder: str | None) -> None:
        """There is nothing to answer from: said aloud where a recap failed, not where it was deleted meanwhile."""
        if placeholder or await self._subjects.of(request):
            await self._say(request, placeholder, Message(text=_NO_RECAP))
        elif request.direct:
            await self._say(request, None, help_message())

    async def _ask(self, record: RecapRecord, request: QuestionRequest, telling: _Telling) -> Answer | None:
        recap = await self._library.of(record)
        if recap is None:
            return None
        text = unnamed(request.text, title(record)) if request.direct else request.text
        if answer := overview(text, recap.summary):
            return answer
        question = Question(text=text, history=await self._exchanges.of(record.id))
        return await self._answerer.answer(question, recap.transcript, self._say_of(recap, telling))

    def _say_of(self, recap: Recap, telling: _Telling) -> Say | None:
        stream, link, speakers = telling.stream, self._library.link(recap), recap.transcript.speakers
        if stream is None:
            return None

        async def say(point: Point) -> bool:
            goes_on = await stream.say(spoken_sentence(point, link=link, speakers=speakers))
            telling.stopped = not goes_on
            return goes_on

        return say

    @step()
    async def _publish(
        self, request: QuestionRequest, placeholder: str | None, found: dict[str, Any], telling: _Telling
    ) -> bool:
        """Post the answer; whether the recording said something. Nothing is left of it where the recap was deleted."""
        chosen = _Found.model_validate(found)
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
    async def _fail(self, request: QuestionRequest, placeholder: str | None, failure: Failure) -> None:
        await self._say(request, placeholder, failure_message(failure.sentence, reference=failure.reference))
