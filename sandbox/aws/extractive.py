"""The extractive engines behind the Converse protocol: no model, every sentence a quote of the prompt's transcript."""

from __future__ import annotations

import asyncio
import hashlib
import json
import re
from collections import OrderedDict
from typing import Any

from sandbox.aws.conversation import Conversation
from sandbox.aws.filling import Filling
from sandbox.aws.material import Material, material
from sandbox.aws.replies import Reply
from services.answering import Answerer
from services.summarization import Summarizer
from services.vocabulary.question import Answer, Question
from services.vocabulary.recap import Point, Summary

NOT_SAID = "NOT SAID"
"""What is said where the recording does not say."""

_QUESTION = re.compile(r"^The question: (.+)$", re.MULTILINE)
_SCHEMA = re.compile(r"schema[^\n]*:\s*\n(\{.*?\})\s*$", re.DOTALL | re.MULTILINE)
_KEPT = 8


class ExtractiveResponder:
    """Replies to prompts that hold a transcript.

    It reads the lines of the transcript (`[12] Anna (3:05): text`), the schema that the reply has to keep (of the
    text, of a tool, or written into the prompt), and a question (`The question: ...`). Without a schema it answers
    in lines that end with the numbers of their segments.
    """

    def __init__(self, summarizer: Summarizer, answerer: Answerer) -> None:
        self._summarizer = summarizer
        self._answerer = answerer
        self._summaries: OrderedDict[str, asyncio.Task[tuple[Material, Summary]]] = OrderedDict()

    async def __call__(self, request: Conversation) -> Reply:
        """The reply to a request."""
        prompt = request.prompt
        asked = _QUESTION.findall(prompt)
        question = asked[-1].strip() if asked else ""
        read, summary = await self._summed_up(prompt, quickly=bool(asked))
        answer = await self._answer(question, read) if asked else None
        schema = _schema(request)
        if schema is None:
            return Reply(text=_lines(read, answer.sentences if answer else summary.points))
        return Reply(value=Filling(read, summary, answer, question).fill(schema))

    async def _summed_up(self, prompt: str, *, quickly: bool) -> tuple[Material, Summary]:
        """The transcript and its summary, made once for all prompts about it; no summary where only a question is."""
        if quickly:
            read = await asyncio.to_thread(material, prompt)
            return read, Summary(language=read.transcript.language)
        read = await asyncio.to_thread(material, prompt)
        key = hashlib.sha256(read.transcript.model_dump_json().encode()).hexdigest()
        if key not in self._summaries:
            self._summaries[key] = asyncio.create_task(self._make(read))
            while len(self._summaries) > _KEPT:
                self._summaries.popitem(last=False)
        try:
            return await asyncio.shield(self._summaries[key])
        except Exception:
            self._summaries.pop(key, None)
            raise

    async def _make(self, read: Material) -> tuple[Material, Summary]:
        if not read.transcript.segments:
            return read, Summary(language=read.transcript.language)
        return read, await self._summarizer.summarize(read.transcript)

    async def _answer(self, question: str, read: Material) -> Answer:
        if not read.transcript.segments:
            return Answer(found=False)
        return await self._answerer.answer(Question(text=question), read.transcript)


def _schema(request: Conversation) -> dict[str, Any] | None:
    if request.schema:
        return request.schema
    if request.tools:
        return next(iter(request.tools.values()))
    written = _SCHEMA.findall(request.prompt)
    try:
        found = json.loads(written[-1]) if written else None
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def _lines(read: Material, points: tuple[Point, ...]) -> str:
    """Sentences with the numbers of their segments, one a line."""
    told = []
    for point in points:
        numbers = [number for each in point.citations for number in read.named(each.first, each.last)]
        told.append(f"{point.text} [{', '.join(map(str, numbers))}]")
    return "\n".join(told) or NOT_SAID
