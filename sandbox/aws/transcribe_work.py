"""What a transcription job does: look into the file, hear it out, leave its document in S3."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sandbox.aws.clock import Clock
from sandbox.aws.engines import Ear, Heard
from sandbox.aws.languages import code_of, language_of
from sandbox.aws.media_check import Limits, MediaRefusedError, probe
from sandbox.aws.redaction import redacted
from sandbox.aws.s3 import Store
from sandbox.aws.subtitles import subtitles
from sandbox.aws.transcribe_document import document
from sandbox.aws.transcribe_jobs import CERTAINTY, Job
from sandbox.aws.transcribe_rules import output_key, place
from sandbox.aws.turns import at_most
from services.storage.scratch import Scratch

ACCOUNT = "123456789012"
SERVICE_BUCKET = "aws-transcribe-us-east-1-prod"
_PRESIGNED_SECONDS = 900
_INTERNAL = "Internal service failure. Try your request again."


@dataclass
class Pace:
    """Seconds on the stand-ins' clock that a job waits, and that it listens at the least; real work adds its own.

    `per_second` is listened for each second of media besides.
    """

    queued: float = 0.05
    listening: float = 0.05
    per_second: float = 0.0

    def reset(self) -> None:
        """As at the start."""
        self.queued, self.listening, self.per_second = 0.05, 0.05, 0.0


@dataclass
class Work:
    """Does jobs, with their files in `scratch`.

    `limits` may be set; `on_event` hears what EventBridge would bring, and `events` keeps it.
    """

    ear: Ear
    store: Store
    clock: Clock
    pace: Pace
    scratch: Scratch
    limits: Limits = field(default_factory=Limits)
    events: list[dict[str, Any]] = field(default_factory=list)
    on_event: Callable[[dict[str, Any]], None] | None = None

    async def run(self, job: Job) -> None:
        """Do a job; however it ends, the job says it."""
        await self.clock.sleep(self.pace.queued)
        job.status, job.started = "IN_PROGRESS", self.clock.moment()
        self._tell(job)
        began = self.clock.now()
        try:
            await self._listen(job)
            seconds = job.probed.duration if job.probed else 0.0
            end = began + self.pace.listening + self.pace.per_second * seconds
            await self.clock.sleep(end - self.clock.now())
        except MediaRefusedError as error:
            job.failure = str(error)
        except Exception as error:  # noqa: BLE001 - whatever it was, the job has failed
            job.failure, job.trouble = _INTERNAL, error
        job.completed = self.clock.moment()
        job.status = "FAILED" if job.failure else "COMPLETED"
        self._tell(job)

    def reset(self) -> None:
        """As at the start."""
        self.events.clear()
        self.limits, self.on_event = Limits(), None

    async def _listen(self, job: Job) -> None:
        bucket, key = place(job.wanted["Media"]["MediaFileUri"])
        async with self.scratch.folder() as folder:
            path = folder / f"media{Path(key).suffix[:8]}"
            await self.store.get(bucket, key, path)
            given = (job.wanted.get("MediaFormat"), job.wanted.get("MediaSampleRateHertz"))
            job.probed = await asyncio.to_thread(probe, path, self.limits, *given)
            most = job.wanted.get("Settings", {}).get("MaxSpeakerLabels")
            heard = await self.ear.hear(path, language=language_of(job.wanted), speakers=most)
        await self._keep(job, at_most(heard, most) if most else heard)

    async def _keep(self, job: Job, heard: Heard) -> None:
        """Write the document, or the two of a redacting job, and the subtitles."""
        job.code = code_of(heard.language, job.wanted)
        asked = job.wanted.get("ContentRedaction", {}).get("RedactionOutput")
        if asked != "redacted":
            job.uris["TranscriptFileUri"] = await self._write(job, output_key(job.wanted), _document(job, heard))
        if asked:
            folder, _, name = output_key(job.wanted).rpartition("/")
            key = f"{folder}/redacted-{name}".lstrip("/")
            body = _document(job, redacted(heard), redact=True)
            job.uris["RedactedTranscriptFileUri"] = await self._write(job, key, body)
        options = job.wanted.get("Subtitles", {})
        for kind in options.get("Formats", ()):
            text = subtitles(heard, kind, options.get("OutputStartIndex", 0))
            key = output_key(job.wanted).removesuffix(".json") + f".{kind}"
            job.subtitle_uris.append(await self._put(job, key, text.encode(), "text/plain"))

    async def _write(self, job: Job, key: str, body: dict[str, Any]) -> str:
        return await self._put(job, key, json.dumps(body, ensure_ascii=False).encode(), "application/json")

    async def _put(self, job: Job, key: str, body: bytes, kind: str) -> str:
        own = job.wanted.get("OutputBucketName")
        if own:
            await self.store.put(own, key, body, kind)
            return f"https://s3.us-east-1.amazonaws.com/{own}/{key}"
        await self.store.ensure_bucket(SERVICE_BUCKET)
        await self.store.put(SERVICE_BUCKET, f"{ACCOUNT}/{key}", body, kind)
        return await self.store.presigned(SERVICE_BUCKET, f"{ACCOUNT}/{key}", _PRESIGNED_SECONDS)

    def _tell(self, job: Job) -> None:
        detail = {"TranscriptionJobName": job.name, "TranscriptionJobStatus": job.status}
        if job.failure:
            detail["FailureReason"] = job.failure
        event = {"source": "aws.transcribe", "detail-type": "Transcribe Job State Change", "detail": detail}
        self.events.append(event)
        if self.on_event:
            self.on_event(event)


def _document(job: Job, heard: Heard, *, redact: bool = False) -> dict[str, Any]:
    languages = None
    if job.wanted.get("IdentifyMultipleLanguages"):
        seconds = sum(turn.end - turn.start for turn in heard.turns)
        languages = [{"language_code": job.code or "", "duration_in_seconds": f"{seconds:.2f}"}]
    return document(
        heard,
        job=job.name,
        account=ACCOUNT,
        labels=bool(job.wanted.get("Settings", {}).get("ShowSpeakerLabels")),
        identified=(job.code or "", CERTAINTY) if job.wanted.get("IdentifyLanguage") else None,
        languages=languages,
        redacted=redact,
    )
