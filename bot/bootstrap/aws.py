"""AWS's services: their clients, made once, and the backends over them. Credentials come from AWS's own chain."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack
from functools import cache
from typing import Any

import boto3
from botocore.config import Config

from bot.settings import Settings
from services.language import Prompt, Usage
from services.language.bedrock import BedrockModel, client_config
from services.language.budget import SharedBudget
from services.language.prices import Prices
from services.speech import SpeechSynthesizer
from services.speech.polly import PollySynthesizer
from services.speech.polly_voices import read_table
from services.storage import Blobs
from services.storage.s3 import S3Blobs
from services.storage.scratch import Scratch
from services.transcription import Transcriber
from services.transcription.amazon import AmazonTranscriber
from services.vocabulary.errors import OperatorError

# Short calls that are cheap to repeat; Bedrock's client is made by its own room, where a repeated call costs money.
_PATIENT = Config(connect_timeout=5, read_timeout=60, max_pool_connections=20, retries={"mode": "standard"})
# Jobs are looked at again anyway, and botocore's own pauses would hold the threads that all recordings share.
_PLAIN = _PATIENT.merge(Config(retries={"mode": "standard", "total_max_attempts": 2}))
_AGENT = "earshot"


def make_client(settings: Settings, service: str, config: Config = _PATIENT) -> Any:  # noqa: ANN401 - boto3 has no types
    """A client of that service. It reads files and takes a moment. Raises OperatorError without a region."""
    session = _session(settings.aws_region)
    if session.region_name is None:
        raise OperatorError("no AWS region is known: set AWS_REGION")
    return session.client(service, config=config.merge(Config(user_agent_extra=_AGENT)))


@cache
def _session(region: str | None) -> Any:  # noqa: ANN401 - the same
    """One for all clients, because each reads the descriptions of services anew."""
    return boto3.Session(region_name=region)


async def open_blobs(settings: Settings, scratch: Scratch, stack: AsyncExitStack) -> Blobs:
    """Blobs in the bucket of the settings."""
    if settings.s3_bucket is None:
        raise OperatorError("set S3_BUCKET: the bucket for recordings, transcripts and audio")
    client = await asyncio.to_thread(make_client, settings, "s3")
    credentials = await asyncio.to_thread(_session(settings.aws_region).get_credentials)
    blobs = S3Blobs(
        client, bucket=settings.s3_bucket, scratch=scratch, credentials=credentials, kms_key=settings.s3_kms_key
    )
    stack.callback(blobs.close)
    return blobs


async def open_transcriber(settings: Settings, blobs: Blobs, stack: AsyncExitStack) -> Transcriber:
    """Amazon Transcribe, which reads recordings where S3 holds them."""
    if not isinstance(blobs, S3Blobs):
        raise OperatorError("Amazon Transcribe reads recordings from S3 only: set STORAGE=aws and S3_BUCKET")
    client = await asyncio.to_thread(make_client, settings, "transcribe", _PLAIN)
    transcriber = AmazonTranscriber(
        client,
        blobs,
        scratch=Scratch(settings.scratch_dir),
        languages=settings.transcribe_languages,
        vocabulary=settings.transcribe_vocabulary,
        redact_pii=settings.transcribe_redact_pii,
        kms_key=settings.s3_kms_key,
        chunk_minutes=settings.transcribe_chunk_minutes,
        queue_role=settings.transcribe_queue_role,
    )
    stack.push_async_callback(transcriber.close)
    return transcriber


async def open_synthesizer(settings: Settings, stack: AsyncExitStack) -> SpeechSynthesizer:
    """Amazon Polly."""
    client = await asyncio.to_thread(make_client, settings, "polly")
    synthesizer = PollySynthesizer(
        client,
        table=await asyncio.to_thread(read_table),
        engine_preference=settings.polly_engines,
        voices=settings.polly_voices,
    )
    stack.push_async_callback(synthesizer.close)
    return synthesizer


def bedrock_models(
    settings: Settings, prices: Prices, budget: SharedBudget, observe: Callable[[Prompt, Usage], None] | None
) -> list[BedrockModel]:
    """Bedrock's models in order of preference. It reads tables from disk."""
    if not settings.bedrock_models:
        raise OperatorError("set BEDROCK_MODELS: models or inference profiles, the preferred one first")
    client = make_client(settings, "bedrock-runtime", client_config())
    return [
        BedrockModel(client, name, prices=prices, budget=budget, guardrail=settings.bedrock_guardrail, observe=observe)
        for name in settings.bedrock_models
    ]
