"""Answers and summaries by the language model of the settings, scored as the local engines' are."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar

from benchmarks.score.account import STAND_IN
from benchmarks.score.data import Meeting, read_lines, read_meetings
from benchmarks.score.summaries import WORDS, judged
from bot.bootstrap.engines import open_engines
from bot.settings import Settings
from services.answering.extractive import ExtractiveAnswerer
from services.answering.generative import GenerativeAnswerer
from services.language import LanguageModel
from services.summarization.extractive import ExtractiveSummarizer
from services.summarization.generative import GenerativeSummarizer
from services.summarization.text import summary_text
from services.vocabulary.errors import OperatorError
from services.vocabulary.question import Answer, Question
from services.vocabulary.recap import Summary
from services.vocabulary.transcript import Transcript

Fallback = TypeVar("Fallback", ExtractiveAnswerer, ExtractiveSummarizer)
Meetings = dict[str, Meeting]

_AT_ONCE = 4
_NO_QUOTA = {"tokens_per_minute": 10**9, "calls_per_minute": 10**6}
"""Of stand-ins: nobody needs to wait for them."""


def run(task: str, folder: Path, scorer: Any, by: str) -> dict[str, Any]:  # noqa: ANN401 - a module found in the data folder
    """The scorer's figures of a task, 'answers' or 'summaries', with who wrote.

    `quoted` are those that the model did not write or could not prove, so that they are the recording's own sentences:
    where they are many, the figures say little about the model. Raises OperatorError where it wrote none.
    """
    meetings = read_meetings(folder)
    with tempfile.TemporaryDirectory() as data:
        settings = _settings(by, Path(data))
        if task == "answers":
            return {"written_by": by, **_answers(folder, scorer, settings, meetings)}
        return {"written_by": by, **_summaries(folder, scorer, settings, meetings)}


def _settings(by: str, data: Path) -> Settings:
    """The environment's, with AWS for what is written and for nothing else."""
    here: dict[str, Any] = dict.fromkeys(("storage", "transcriber", "speech"), "local")
    there: dict[str, Any] = dict.fromkeys(("summarizer", "answerer"), "aws")
    quota: dict[str, Any] = _NO_QUOTA if by == STAND_IN else {}
    return Settings(_env_file=None, data_dir=data, model_url=None, **here, **there, **quota)


def _answers(folder: Path, scorer: Any, settings: Settings, meetings: Meetings) -> dict[str, Any]:  # noqa: ANN401 - as above
    rows = read_lines(folder / "qa_retrieval.jsonl")
    asked = [(row["query"], meetings[row["meeting_id"]].transcript) for row in rows]
    said, quoted = asyncio.run(_answered(settings, asked))
    figures: dict[str, Any] = scorer.answers(
        str(folder), {row["qid"]: answer.text for row, answer in zip(rows, said, strict=True)}
    )
    found = sum(answer.found for answer in said)
    return {**figures, "answered": round(found / max(1, len(said)), 4), "quoted": quoted}


def _summaries(folder: Path, scorer: Any, settings: Settings, meetings: Meetings) -> dict[str, Any]:  # noqa: ANN401 - as above
    ids = [row["meeting_id"] for row in read_lines(folder / "summaries.jsonl")]
    written, quoted = asyncio.run(_summed_up(settings, [meetings[id_].transcript for id_ in ids]))
    ours = {id_: summary_text(summary, words=WORDS) for id_, summary in zip(ids, written, strict=True)}
    cost = round(sum(summary.cost or 0.0 for summary in written), 4)
    return {**judged(folder, scorer, ours), "quoted": quoted, "cost": cost}


async def _answered(settings: Settings, asked: Sequence[tuple[str, Transcript]]) -> tuple[list[Answer], int]:
    turns = asyncio.Semaphore(_AT_ONCE)
    async with _model(settings) as model, _closing(ExtractiveAnswerer()) as fallback:
        answerer = await asyncio.to_thread(GenerativeAnswerer, model=model, fallback=fallback)

        async def ask(question: str, transcript: Transcript) -> Answer:
            async with turns:
                return await answerer.answer(Question(text=question), transcript)

        said = await asyncio.gather(*(ask(*each) for each in asked))
        return said, _quoted([answer.engine for answer in said], answerer.engine)


async def _summed_up(settings: Settings, transcripts: Sequence[Transcript]) -> tuple[list[Summary], int]:
    async with _model(settings) as model, _closing(ExtractiveSummarizer()) as fallback:
        summarizer = await asyncio.to_thread(GenerativeSummarizer, model=model, fallback=fallback)
        written = [await summarizer.summarize(transcript) for transcript in transcripts]
        return written, _quoted([summary.engine for summary in written], summarizer.engine)


@asynccontextmanager
async def _model(settings: Settings) -> AsyncIterator[LanguageModel]:
    async with open_engines(settings) as engines:
        if engines.model is None:
            raise RuntimeError("the settings name no model")
        yield engines.model


@asynccontextmanager
async def _closing(fallback: Fallback) -> AsyncIterator[Fallback]:
    try:
        yield fallback
    finally:
        await fallback.close()


def _quoted(engines: Sequence[str], engine: str) -> int:
    """How many were not written by the model. Raises OperatorError where none was."""
    quoted = sum(each != engine for each in engines)
    if engines and quoted == len(engines):
        raise OperatorError("the language model wrote nothing: the log above says why, or python -m bot doctor")
    return quoted
