"""The stand-ins with real engines: what Polly says is what Transcribe hears, and what Bedrock quotes."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from typing import Any

import pytest

from sandbox.aws import Cloud, running
from sandbox.aws.document_check import problems
from sandbox.aws.local_engines import local
from services.weights import cached, default_cache

pytestmark = pytest.mark.models
SAID = "We decided to release the new version on Tuesday. Somebody has to write the notes."


@pytest.fixture(scope="module")
def real() -> Iterator[Cloud]:
    for name in ("whisper-tiny.en", "campplus", "voice-en-joe"):
        if cached(name, default_cache()) is None:
            pytest.skip(f"the model {name} is not in the model cache: python -m bot models")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WHISPER_MODEL", "tiny.en")
        with running(engines=local) as cloud:
            yield cloud


def _transcribed(cloud: Cloud, bucket: str, body: bytes) -> dict[str, Any]:
    cloud.store.client.put_object(Bucket=bucket, Key="said.mp3", Body=body)
    client = cloud.client("transcribe")
    client.start_transcription_job(
        TranscriptionJobName="said",
        IdentifyLanguage=True,
        Media={"MediaFileUri": f"s3://{bucket}/said.mp3"},
        OutputBucketName=bucket,
        Settings={"ShowSpeakerLabels": True, "MaxSpeakerLabels": 5},
    )
    for _ in range(1200):
        job = client.get_transcription_job(TranscriptionJobName="said")["TranscriptionJob"]
        if job["TranscriptionJobStatus"] in {"COMPLETED", "FAILED"}:
            break
        time.sleep(0.1)
    assert job["TranscriptionJobStatus"] == "COMPLETED", cloud.parts.transcribe.jobs["said"].trouble
    found: dict[str, Any] = json.loads(cloud.store.client.get_object(Bucket=bucket, Key="said.json")["Body"].read())
    return found


@pytest.mark.soak
def test_a_recap_round_by_real_engines(real: Cloud) -> None:
    wish = {"Text": SAID, "VoiceId": "Matthew", "Engine": "generative"}
    spoken = real.client("polly").synthesize_speech(**wish, OutputFormat="mp3")["AudioStream"].read()
    document = _transcribed(real, real.new_bucket(), spoken)
    assert problems(document) == []
    text = document["results"]["transcripts"][0]["transcript"]
    assert {"release", "version", "tuesday", "notes"} <= set(re.findall(r"\w+", text.lower()))
    assert document["results"]["speaker_labels"]["speakers"] == 1
    prompt = f"[0] Speaker 1 (0:00): {text}\nThe question: When is the new version released?"
    answer = real.client("bedrock-runtime").converse(
        modelId="us.anthropic.claude-sonnet-4-6", messages=[{"role": "user", "content": [{"text": prompt}]}]
    )
    said = answer["output"]["message"]["content"][0]["text"]
    assert "Tuesday" in said
    assert said.endswith("[0]")
