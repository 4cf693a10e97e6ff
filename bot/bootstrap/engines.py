"""The engines: local ones, AWS's, or a language model of one's own, each service by the settings."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from bot.settings import Settings
from services.answering import Answerer
from services.answering.extractive import ExtractiveAnswerer
from services.language import LanguageModel, Prompt, Usage
from services.media.decode import open_decoder
from services.speech import SpeechSynthesizer
from services.speech.local import LocalSynthesizer
from services.storage import Blobs
from services.storage.files import FileBlobs
from services.storage.scratch import Scratch
from services.summarization import Summarizer
from services.summarization.extractive import ExtractiveSummarizer
from services.transcription import Transcriber
from services.transcription.local import LocalTranscriber
from services.workflows.stages import Stages


@dataclass(frozen=True)
class Engines:
    """What does the work, for the bot and for the terminal alike. `model` is None where none writes."""

    blobs: Blobs
    stages: Stages
    answerer: Answerer
    model: LanguageModel | None = None


Observe = Callable[[Prompt, Usage], None]
"""Told of each call of a language model."""

OpenEngines = Callable[[Settings, Observe], AbstractAsyncContextManager[Engines]]


@asynccontextmanager
async def open_engines(settings: Settings, observe: Observe | None = None) -> AsyncIterator[Engines]:
    """The engines, ended on leaving. Raises OperatorError for a setting that is missing or wrong."""
    async with AsyncExitStack() as stack:
        scratch = Scratch(settings.scratch_dir)
        blobs = await _blobs(settings, scratch, stack)
        model = await _model(settings, stack, observe)
        summarizer, answerer = await asyncio.to_thread(_writers, settings, model, stack)
        stages = Stages(
            blobs=blobs,
            transcriber=await _transcriber(settings, blobs, stack),
            summarizer=summarizer,
            synthesizer=await _synthesizer(settings, stack),
            scratch=scratch,
            decoder=await stack.enter_async_context(open_decoder()),
            longest=settings.max_hours * 3600,
            places=settings.places,
            model=model,
        )
        yield Engines(blobs=blobs, stages=stages, answerer=answerer, model=model)


@asynccontextmanager
async def open_store(settings: Settings) -> AsyncIterator[Blobs]:
    """The blobs alone, for what only reads. Raises OperatorError for a setting that is missing or wrong."""
    async with AsyncExitStack() as stack:
        yield await _blobs(settings, Scratch(settings.scratch_dir), stack)


async def _blobs(settings: Settings, scratch: Scratch, stack: AsyncExitStack) -> Blobs:
    if settings.backend_of("storage") == "local":
        return FileBlobs(settings.data_dir / "blobs")
    from bot.bootstrap import aws  # noqa: PLC0415 - not installed where only local engines are

    return await aws.open_blobs(settings, scratch, stack)


async def _transcriber(settings: Settings, blobs: Blobs, stack: AsyncExitStack) -> Transcriber:
    if settings.backend_of("transcriber") == "aws":
        from bot.bootstrap import aws  # noqa: PLC0415 - as above

        return await aws.open_transcriber(settings, blobs, stack)
    transcriber = LocalTranscriber(
        cache=settings.models_dir,
        model=settings.whisper_model,
        threads=settings.hearing_threads,
        size=settings.hearing_at_once,
    )
    stack.push_async_callback(transcriber.close)
    return transcriber


async def _synthesizer(settings: Settings, stack: AsyncExitStack) -> SpeechSynthesizer:
    if settings.backend_of("speech") == "aws":
        from bot.bootstrap import aws  # noqa: PLC0415 - as above

        return await aws.open_synthesizer(settings, stack)
    synthesizer = LocalSynthesizer(models_dir=settings.models_dir)
    stack.push_async_callback(synthesizer.close)
    return synthesizer


async def _model(settings: Settings, stack: AsyncExitStack, observe: Observe | None) -> LanguageModel | None:
    """The language model, where one is set and something is to be written by it."""
    if "aws" not in (settings.backend_of("summarizer"), settings.backend_of("answerer")) and not settings.model_url:
        return None
    from bot.bootstrap import models  # noqa: PLC0415 - as above

    return await models.open_model(settings, stack, observe)


def _writers(settings: Settings, model: LanguageModel | None, stack: AsyncExitStack) -> tuple[Summarizer, Answerer]:
    """What sums up and what answers. A model writes for a service unless that one is set to 'local'. Reads files."""
    summarizer, answerer = ExtractiveSummarizer(), ExtractiveAnswerer()
    stack.push_async_callback(summarizer.close)
    stack.push_async_callback(answerer.close)
    writing: tuple[Summarizer, Answerer] = (summarizer, answerer)
    if model is None:
        return writing
    from services.answering.generative import GenerativeAnswerer  # noqa: PLC0415 - as above
    from services.summarization.generative import GenerativeSummarizer  # noqa: PLC0415 - as above

    return (
        summarizer if settings.summarizer == "local" else GenerativeSummarizer(model=model, fallback=summarizer),
        answerer if settings.answerer == "local" else GenerativeAnswerer(model=model, fallback=answerer),
    )
