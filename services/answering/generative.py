"""The answerer over a language model: it answers, and code lets through what the recording proves."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from pathlib import Path

import structlog

from services.answering import Answerer, Say
from services.answering.reading import retrieved
from services.answering.replies import AnswerReply, SearchReply
from services.answering.sentences import NOT_SAID, Sentences, complete_lines
from services.evidence.languages import language_label, language_of
from services.evidence.material import material, plain
from services.evidence.prompts import PromptFile, ground_rules, load
from services.evidence.room import Room
from services.evidence.statements import Statements
from services.language import LanguageModel, Prompt
from services.language.spending import Spending
from services.vocabulary.errors import EarshotError, OperatorError
from services.vocabulary.question import Answer, Exchange, Question
from services.vocabulary.recap import Point
from services.vocabulary.transcript import Transcript

_log = structlog.get_logger(__name__)
_ENGINE = "generative-1"
_PROMPTS = Path(__file__).parent / "prompts"
_REMEMBERED, _LONGEST = 6, 1200
"""Exchanges of the thread that are told again, and letters of each question and answer."""
_DOWN = "The language model could not be used, so this answer is made of the recording's own sentences."
_BROKEN = "The language model stopped in the middle, so something may be missing here. Ask again for the rest."
_UNPROVED = "What the language model answered was not proved by the recording, so these are its own sentences."


class GenerativeAnswerer:
    """An `Answerer` that answers in the question's language, of a recording in any language.

    The whole transcript is the material where it fits, to the byte the same for all questions, so that a cache serves
    them. Where the model is down, refuses, or says what cannot be proved, `fallback` answers and `Answer.note` says
    why. Making one reads its prompts: do it in a thread.
    """

    def __init__(self, *, model: LanguageModel, fallback: Answerer) -> None:
        self._model = model
        self._fallback = fallback
        self._room = Room(model.context, model.tokens)
        self._rules = ground_rules()
        self._answer, self._stream, self._search = (load(_PROMPTS / f"{n}.md") for n in ("answer", "stream", "search"))

    @property
    def engine(self) -> str:
        """See `Answerer`."""
        return f"{_ENGINE} {self._rules.edition}+{self._answer.edition} {self._model.engine}"

    async def answer(
        self, question: Question, transcript: Transcript, say: Say | None = None, *, subject: str = ""
    ) -> Answer:
        """See `Answerer`."""
        if not any(segment.text.strip() for segment in transcript.segments):
            return Answer(found=False, language=_language(question, transcript), engine=self.engine)
        spending = Spending(self._model, subject)
        if say is None:
            answer, file = await self._written(question, transcript, spending), self._answer
        else:
            answer, file = await self._told(question, transcript, say, spending), self._stream
        prompt = file.edition if spending.usages else ""
        return answer.model_copy(update={"prompt": prompt, **spending.fields()})

    async def _written(self, question: Question, transcript: Transcript, spending: Spending) -> Answer:
        """The answer that the model gives in one piece, as far as it is proved; else the fallback's."""
        language = _language(question, transcript)
        try:
            prompt = await self._prompt(self._answer, question, transcript, spending)
            reply = await spending.ask(prompt, AnswerReply)
        except (EarshotError, ValueError) as error:
            _complain(error)
            return await self._quoted(question, transcript, _DOWN)
        statements = Statements(transcript, language)
        points = await asyncio.to_thread(_proved, statements, reply)
        if reply.found and reply.sentences and not points:
            _log.warning("no sentence of an answer was proved", reasons=dict(statements.reasons))
            return await self._quoted(question, transcript, _UNPROVED)
        return Answer(found=bool(points), sentences=points, language=language, engine=self.engine)

    async def _told(self, question: Question, transcript: Transcript, say: Say, spending: Spending) -> Answer:
        """The same, sentence by sentence. Where the model fails before the first one, the fallback answers.

        What follows a 'not said' is read, too, for only the end of a stream tells what it used.
        """
        language = _language(question, transcript)
        sentences, said, note = Sentences(Statements(transcript, language)), list[Point](), None
        silent = False
        try:
            async with aclosing(self._lines(question, transcript, spending)) as lines:
                async for line in lines:
                    silent = silent or (NOT_SAID in line and not said)
                    if not silent and (point := await asyncio.to_thread(sentences.point, line)):
                        said.append(point)
                        if not await say(point):
                            break
        except (EarshotError, ValueError) as error:
            _complain(error)
            note = _BROKEN if said else _DOWN
        if silent:
            return Answer(found=False, language=language, engine=self.engine)
        if not said:
            return await self._quoted(question, transcript, note or _UNPROVED)
        return Answer(found=True, sentences=tuple(said), language=language, note=note, engine=self.engine)

    async def _lines(self, question: Question, transcript: Transcript, spending: Spending) -> AsyncGenerator[str, None]:
        prompt = await self._prompt(self._stream, question, transcript, spending)
        async with aclosing(complete_lines(spending.stream(prompt))) as lines:
            async for line in lines:
                yield line

    async def _prompt(self, file: PromptFile, question: Question, transcript: Transcript, spending: Spending) -> Prompt:
        """The question with all of the transcript before it where that fits, else with what is found about it."""
        history, language = _told_again(question.history), language_label(_language(question, transcript))
        asked = file.filled(language=language, history=history, question=_quoted(question.text))
        whole = await asyncio.to_thread(material, transcript)
        if self._room.left(self._rules.text, whole, asked, reply=file.max_tokens) < 0:
            sought = await self._sought(question, history, transcript.language, spending)
            room = self._room.left(self._rules.text, asked, reply=file.max_tokens)
            whole = await asyncio.to_thread(retrieved, transcript, sought, room, self._model)
        return self._made(file, whole, asked)

    async def _sought(self, question: Question, history: str, language: str, spending: Spending) -> str:
        """The question complete in itself and in the recording's language, with words to look for."""
        if not question.history and language_of(question.text) in (None, language):
            return question.text
        asked = self._search.filled(language=language_label(language), history=history, question=_quoted(question.text))
        try:
            found = await spending.ask(self._made(self._search, "", asked), SearchReply)
        except (EarshotError, ValueError) as error:
            _complain(error)
            return question.text
        return plain(f"{found.question} {' '.join(found.words)}")[:_LONGEST]

    def _made(self, file: PromptFile, whole: str, asked: str) -> Prompt:
        return Prompt(
            instructions=self._rules.text,
            material=whole,
            question=asked,
            purpose=file.name,
            max_tokens=self._room.reply(file.max_tokens),
            effort=file.effort,
        )

    async def _quoted(self, question: Question, transcript: Transcript, reason: str) -> Answer:
        answer = await self._fallback.answer(question, transcript)
        return answer.model_copy(update={"note": " ".join(filter(None, (reason, answer.note)))})


def _proved(statements: Statements, reply: AnswerReply) -> tuple[Point, ...]:
    if not reply.found:
        return ()
    points = (statements.point(said.text, said.segments) for said in reply.sentences)
    return tuple({point.text: point for point in points if point}.values())


def _language(question: Question, transcript: Transcript) -> str:
    """The language to answer in: the question's where it can be told, else that of the thread, else the recording's."""
    asked = (question.text, *(exchange.question for exchange in reversed(question.history)))
    return next((found for text in asked if (found := language_of(text))), transcript.language)


def _told_again(history: Sequence[Exchange]) -> str:
    """The last exchanges of the thread; empty where there are none."""
    if not history:
        return ""
    told = [
        f"Question: {_quoted(exchange.question)}\nAnswer: {_quoted(exchange.answer)}"
        for exchange in history[-_REMEMBERED:]
    ]
    return (
        "\nThe conversation so far, only to understand the question by; it proves nothing:\n" + "\n".join(told) + "\n"
    )


def _quoted(text: str) -> str:
    return plain(text)[:_LONGEST]


def _complain(error: Exception) -> None:
    """Who runs the bot is told what to do; the rest passes."""
    log = _log.error if isinstance(error, OperatorError) else _log.warning
    log("the language model gave no answer", error=str(error))
