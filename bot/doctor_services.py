"""What `doctor` asks of AWS, by the services that the settings give to it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from bot import doctor_aws, doctor_bucket, doctor_models
from bot.bootstrap.aws import make_client
from bot.settings import Settings
from services.language.bedrock import client_config
from services.vocabulary.errors import OperatorError

Check = Callable[[Settings], Awaitable[str]]


def aws_checks(settings: Settings) -> dict[str, Check]:
    """The checks by name."""
    checks: dict[str, Check] = {"AWS": _identity}
    if settings.backend_of("storage") == "aws":
        checks["S3"] = _bucket
    if settings.backend_of("transcriber") == "aws":
        checks["Transcribe"] = _transcribe
    if "aws" in (settings.backend_of("summarizer"), settings.backend_of("answerer")) and not settings.model_url:
        checks["Bedrock"] = _bedrock
    if settings.backend_of("speech") == "aws":
        checks["Polly"] = _polly
    return checks


async def _identity(settings: Settings) -> str:
    return await asyncio.to_thread(lambda: doctor_aws.identity(make_client(settings, "sts")))


async def _bucket(settings: Settings) -> str:
    name = settings.s3_bucket
    if name is None:
        raise OperatorError("set S3_BUCKET: the bucket for recordings, transcripts and audio")
    return await asyncio.to_thread(lambda: doctor_bucket.bucket(make_client(settings, "s3"), name))


async def _transcribe(settings: Settings) -> str:
    return await asyncio.to_thread(lambda: doctor_aws.transcribe(make_client(settings, "transcribe")))


async def _bedrock(settings: Settings) -> str:
    def ask() -> str:
        runtime = make_client(settings, "bedrock-runtime", client_config())
        return doctor_models.models(make_client(settings, "bedrock"), runtime, settings.bedrock_models)

    return await asyncio.to_thread(ask)


async def _polly(settings: Settings) -> str:
    return await asyncio.to_thread(lambda: doctor_aws.polly(make_client(settings, "polly")))
