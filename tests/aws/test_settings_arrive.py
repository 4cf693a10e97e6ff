"""What the settings say of Transcribe and Polly arrives at the services."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest

from bot.bootstrap import aws
from bot.settings import Settings
from sandbox.aws import Cloud, dialogue
from services.storage.scratch import Scratch
from tests.aws.amazon import ignored, sound

ROLE = "arn:aws:iam::123456789012:role/transcribe"


async def heard(cloud: Cloud, bucket: str, folder: Path, *, seconds: float, **options: Any) -> list[dict[str, Any]]:
    """What Transcribe was asked for, for a recording of that length."""
    cloud.engines.ear.heard = dialogue("A: Good morning everyone.")  # type: ignore[attr-defined]
    cloud.pace.queued = cloud.pace.listening = 0.01
    settings = Settings(backend="aws", aws_region="us-east-1", s3_bucket=bucket, data_dir=folder, **options)
    audio = await asyncio.to_thread(sound, folder / "talk.pcm", seconds)
    async with AsyncExitStack() as stack:
        blobs = await aws.open_blobs(settings, Scratch(folder / "scratch"), stack)
        transcriber = await aws.open_transcriber(settings, blobs, stack)
        await transcriber.transcribe(audio, report=ignored)
    return [call.parameters for call in cloud.journal.of("StartTranscriptionJob")]


@pytest.fixture(autouse=True)
def _routed(cloud: Cloud, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in cloud.environment.items():
        monkeypatch.setenv(name, value)


async def test_every_option_of_transcribe_is_asked_for(cloud: Cloud, bucket: str, tmp_path: Path) -> None:
    cloud.parts.transcribe.vocabularies.add("terms")
    (asked,) = await heard(
        cloud,
        bucket,
        tmp_path,
        seconds=20,
        transcribe_languages=("en-US", "es-US"),
        transcribe_vocabulary="terms",
        transcribe_queue_role=ROLE,
        s3_kms_key="alias/earshot",
    )
    assert asked["LanguageOptions"] == ["en-US", "es-US"]
    assert asked["LanguageIdSettings"] == {"en-US": {"VocabularyName": "terms"}}
    assert asked["JobExecutionSettings"] == {"AllowDeferredExecution": True, "DataAccessRoleArn": ROLE}
    assert asked["OutputEncryptionKMSKeyId"] == "alias/earshot"


async def test_chunks_are_as_long_as_the_settings_say(cloud: Cloud, bucket: str, tmp_path: Path) -> None:
    assert len(await heard(cloud, bucket, tmp_path, seconds=300, transcribe_chunk_minutes=2.0)) > 2


async def test_a_role_lets_jobs_wait_at_the_service(cloud: Cloud, bucket: str, tmp_path: Path) -> None:
    most = cloud.parts.transcribe.most_jobs
    cloud.parts.transcribe.most_jobs = 0
    try:
        assert len(await heard(cloud, bucket, tmp_path, seconds=20, transcribe_queue_role=ROLE)) == 1
    finally:
        cloud.parts.transcribe.most_jobs = most


async def test_voice_and_engine_of_the_settings_speak(cloud: Cloud, tmp_path: Path) -> None:
    settings = Settings(aws_region="us-east-1", polly_engines=("neural",), polly_voices={"en": "Amy"})
    async with AsyncExitStack() as stack:
        synthesizer = await aws.open_synthesizer(settings, stack)
        spoken = await synthesizer.synthesize("The lamp is new.", language="en", path=tmp_path / "recap.mp3")
    assert spoken.voice == "Amy (neural)"
    assert {(c.parameters["VoiceId"], c.parameters["Engine"]) for c in cloud.journal.of("SynthesizeSpeech")} == {
        ("Amy", "neural")
    }
