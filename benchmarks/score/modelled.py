"""Answers and summaries by the language model of the settings, scored as the local engines' are.

Where there are no AWS credentials, stand-ins on this machine reply, and the figures say so.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import boto3

from benchmarks.score.data import read_lines, read_meetings
from bot.bootstrap.engines import open_engines
from bot.settings import Settings
from services.answering.extractive import ExtractiveAnswerer
from services.answering.generative import GenerativeAnswerer
from services.language import LanguageModel
from services.summarization.extractive import ExtractiveSummarizer
from services.summarization.generative import GenerativeSummarizer
from services.summarization.text import summary_text
from services.vocabulary.question import Question

_WORDS = 110
_AT_ONCE = 4


def run(task: str, folder: Path, scorer: Any) -> dict[str, Any]:  # noqa: ANN401 - a module found in the data folder
    """The scorer's figures of a task: 'answers' or 'summaries'."""
    return asyncio.run(_answers(folder, scorer) if task == "answers" else _summaries(folder, scorer))


@asynccontextmanager
async def _model() -> AsyncIterator[LanguageModel]:
    async with AsyncExitStack() as stack:
        if await asyncio.to_thread(lambda: boto3.Session().get_credentials()) is None:
            from sandbox.aws import aws  # noqa: PLC0415 - not needed with an account
            from sandbox.aws.local_engines import local  # noqa: PLC0415 - the same

            os.environ.update((await stack.enter_async_context(aws(engines=local))).environment)
        if "AWS_ENDPOINT_URL_BEDROCK_RUNTIME" in os.environ:
            print("  stand-in, not a model")
        settings = Settings(_env_file=None, summarizer="aws", answerer="aws")
        engines = await stack.enter_async_context(open_engines(settings))
        if engines.model is None:
            raise RuntimeError("the settings name no model")
        yield engines.model


async def _answers(folder: Path, scorer: Any) -> dict[str, Any]:  # noqa: ANN401 - as above
    questions = read_lines(folder / "qa_retrieval.jsonl")
    meetings, turns = read_meetings(folder), asyncio.Semaphore(_AT_ONCE)
    async with _model() as model:
        answerer = GenerativeAnswerer(model=model, fallback=ExtractiveAnswerer())

        async def ask(row: dict[str, Any]) -> str:
            async with turns:
                transcript = meetings[row["meeting_id"]].transcript
                return (await answerer.answer(Question(text=row["query"]), transcript)).text

        said = await asyncio.gather(*map(ask, questions))
    answers = {row["qid"]: text for row, text in zip(questions, said, strict=True)}
    figures: dict[str, Any] = scorer.answers(str(folder), answers)
    return {**figures, "answered": round(sum(map(bool, said)) / max(1, len(said)), 4)}


async def _summaries(folder: Path, scorer: Any) -> dict[str, Any]:  # noqa: ANN401 - as above
    rows, meetings = read_lines(folder / "summaries.jsonl"), read_meetings(folder)
    ours, cost = dict[str, str](), 0.0
    async with _model() as model:
        summarizer = GenerativeSummarizer(model=model, fallback=ExtractiveSummarizer())
        for row in rows:
            summary = await summarizer.summarize(meetings[row["meeting_id"]].transcript)
            ours[row["meeting_id"]] = summary_text(summary, words=_WORDS)
            cost += summary.cost or 0.0
    figures: dict[str, Any] = scorer.summaries(str(folder), ours)
    return {**figures, "cost": round(cost, 4)}
