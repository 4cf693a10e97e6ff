"""Asking the recaps that a question may be about, and showing what they say while they say it."""

from __future__ import annotations

from dataclasses import dataclass

from services.answering import Answerer, Say
from services.answering.overview import overview
from services.publishing import Stream
from services.publishing.answer_blocks import spoken_sentence
from services.storage.exchanges import Exchanges
from services.storage.recaps import RecapRecord
from services.vocabulary.base import Value
from services.vocabulary.question import Answer, Question
from services.vocabulary.recap import Point, Recap
from services.workflows.library import Library
from services.workflows.requests import QuestionRequest
from services.workflows.subjects import Subjects, title, unnamed
from services.workflows.watch import Watch


class Found(Value):
    """An answer, and the recap that it was found in. `stopped`: its reader wanted no more of it."""

    recap_id: str
    answer: Answer
    stopped: bool = False


@dataclass
class Telling:
    """The message in which an answer is shown while it is made; `stopped`: its reader wants no more of it."""

    stream: Stream | None = None
    stopped: bool = False


class Asking:
    """Finds the answer in the first recap that says anything."""

    def __init__(
        self, *, subjects: Subjects, library: Library, exchanges: Exchanges, answerer: Answerer, watch: Watch
    ) -> None:
        self._subjects = subjects
        self._library = library
        self._exchanges = exchanges
        self._answerer = answerer
        self._watch = watch

    async def ask(self, request: QuestionRequest, telling: Telling) -> Found | None:
        """The answer of the first recap that says something, else that of the newest; None where there is no recap."""
        chosen: Found | None = None
        for record in await self._subjects.of(request):
            with self._watch.stage("answer"):
                answer = await self._one(record, request, telling)
            if answer and (chosen is None or answer.found):
                chosen = Found(recap_id=record.id, answer=answer, stopped=telling.stopped)
            if answer and answer.found:
                break
        return chosen

    async def _one(self, record: RecapRecord, request: QuestionRequest, telling: Telling) -> Answer | None:
        recap = await self._library.of(record)
        if recap is None:
            return None
        text = unnamed(request.text, title(record)) if request.direct else request.text
        if answer := overview(text, recap.summary):
            return answer
        question = Question(text=text, history=await self._exchanges.of(record.id))
        say = self._say(recap, telling)
        return await self._answerer.answer(question, recap.transcript, say, subject=record.id)

    def _say(self, recap: Recap, telling: Telling) -> Say | None:
        stream, link, speakers = telling.stream, self._library.link(recap), recap.transcript.speakers
        if stream is None:
            return None

        async def say(point: Point) -> bool:
            goes_on = await stream.say(spoken_sentence(point, link=link, speakers=speakers))
            telling.stopped = not goes_on
            return goes_on

        return say
