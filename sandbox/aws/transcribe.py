"""Amazon Transcribe: jobs that really listen, and leave their document in S3."""

from __future__ import annotations

import asyncio
import json
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from botocore.exceptions import ClientError

from sandbox.aws.clock import Clock
from sandbox.aws.engines import Ear, Heard
from sandbox.aws.errors import AwsError
from sandbox.aws.faults import Fault
from sandbox.aws.languages import code_of, language_of
from sandbox.aws.media_check import Limits, MediaRefusedError, Probed, probe
from sandbox.aws.redaction import redacted
from sandbox.aws.s3 import Store
from sandbox.aws.subtitles import subtitles
from sandbox.aws.transcribe_document import document
from sandbox.aws.transcribe_rules import MISSING_JOB, judge, output_key, place
from sandbox.aws.turns import at_most

ACCOUNT = "123456789012"
SERVICE_BUCKET = "aws-transcribe-us-east-1-prod"
_PAGE = 5
_PRESIGNED_SECONDS = 900
_CERTAINTY = 0.9883


@dataclass
class Pace:
    """Seconds that jobs wait and listen at the least, on the stand-ins' clock; the real work adds its own."""

    queued: float = 0.05
    listening: float = 0.05

    def reset(self) -> None:
        """As at the start."""
        self.queued, self.listening = 0.05, 0.05


@dataclass
class Job:
    """A transcription job: what was asked for, and what became of it."""

    wanted: dict[str, Any]
    created: datetime
    status: str = "QUEUED"
    started: datetime | None = None
    completed: datetime | None = None
    failure: str | None = None
    code: str | None = None
    probed: Probed | None = None
    uris: dict[str, str] = field(default_factory=dict)
    subtitle_uris: list[str] = field(default_factory=list)
    task: asyncio.Task[None] | None = None

    @property
    def name(self) -> str:
        """The name that it was given."""
        return str(self.wanted["TranscriptionJobName"])


@dataclass
class Transcribe:
    """The jobs. `limits`, `vocabularies` and `most_jobs` may be set; `on_event` hears what EventBridge would bring."""

    ear: Ear
    store: Store
    clock: Clock
    pace: Pace
    jobs: dict[str, Job] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)
    vocabularies: set[str] = field(default_factory=set)
    most_jobs: int = 100
    events: list[dict[str, Any]] = field(default_factory=list)
    on_event: Callable[[dict[str, Any]], None] | None = None

    async def start(self, wanted: dict[str, Any], _fault: Fault | None) -> dict[str, Any]:
        """StartTranscriptionJob. Raises AwsError."""
        judge(wanted, self.vocabularies)
        if wanted["TranscriptionJobName"] in self.jobs:
            raise AwsError("ConflictException", "The requested job name already exists.")
        running = sum(job.status in {"QUEUED", "IN_PROGRESS"} for job in self.jobs.values())
        deferred = wanted.get("JobExecutionSettings", {}).get("AllowDeferredExecution")
        if running >= self.most_jobs and not deferred:
            raise AwsError("LimitExceededException", "You have reached the limit of concurrent transcription jobs.")
        await self._reachable(wanted)
        if wanted["TranscriptionJobName"] in self.jobs:
            raise AwsError("ConflictException", "The requested job name already exists.")
        job = Job(wanted, self.clock.moment())
        self.jobs[job.name] = job
        job.task = asyncio.create_task(self._run(job))
        return {"TranscriptionJob": describe(job)}

    async def get(self, wanted: dict[str, Any], _fault: Fault | None) -> dict[str, Any]:
        """GetTranscriptionJob. Raises AwsError."""
        return {"TranscriptionJob": describe(self._job(wanted))}

    async def list(self, wanted: dict[str, Any], _fault: Fault | None) -> dict[str, Any]:
        """ListTranscriptionJobs, newest first. Raises AwsError for a token that it did not give."""
        status, part = wanted.get("Status"), wanted.get("JobNameContains", "").lower()
        found = [
            job
            for job in reversed(self.jobs.values())
            if (not status or job.status == status) and part in job.name.lower()
        ]
        token = wanted.get("NextToken", "0")
        if not token.isdecimal() or int(token) > len(found):
            raise AwsError("BadRequestException", "The NextToken that you provided isn't valid.")
        first, size = int(token), wanted.get("MaxResults", _PAGE)
        answer: dict[str, Any] = {"TranscriptionJobSummaries": [_summary(job) for job in found[first : first + size]]}
        if status:
            answer["Status"] = status
        if first + size < len(found):
            answer["NextToken"] = str(first + size)
        return answer

    async def delete(self, wanted: dict[str, Any], _fault: Fault | None) -> dict[str, Any]:
        """DeleteTranscriptionJob. The document in a bucket of the caller's stays. Raises AwsError."""
        job = self._job(wanted)
        del self.jobs[job.name]
        if job.task:
            job.task.cancel()
        return {}

    async def close(self) -> None:
        """End what is running."""
        tasks = [job.task for job in self.jobs.values() if job.task]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def reset(self) -> None:
        """Forget all jobs and settings. It may be called from any thread."""
        self.jobs.clear()
        self.events.clear()
        self.vocabularies.clear()
        self.limits, self.most_jobs, self.on_event = Limits(), 100, None

    def _job(self, wanted: dict[str, Any]) -> Job:
        job = self.jobs.get(wanted["TranscriptionJobName"])
        if job is None:
            raise AwsError("BadRequestException", MISSING_JOB)
        return job

    async def _reachable(self, wanted: dict[str, Any]) -> None:
        if "MediaFileUri" not in wanted["Media"]:
            raise AwsError("BadRequestException", "MediaFileUri is missing. Add the S3 location of your media file.")
        bucket, key = place(wanted["Media"]["MediaFileUri"])
        try:
            await self.store.head(bucket, key)
        except ClientError as error:
            raise AwsError(
                "BadRequestException",
                "The URI that you provided doesn't point to an S3 object. "
                "Make sure that the object exists and try your request again.",
            ) from error
        output = wanted.get("OutputBucketName")
        if output and not await self.store.has_bucket(output):
            raise AwsError(
                "BadRequestException",
                "The specified S3 bucket can't be accessed. Check the bucket name and permissions and try again.",
            )

    async def _run(self, job: Job) -> None:
        await self.clock.sleep(self.pace.queued)
        job.status, job.started = "IN_PROGRESS", self.clock.moment()
        try:
            pause = asyncio.create_task(self.clock.sleep(self.pace.listening))
            await self._listen(job)
            await pause
            job.status = "COMPLETED"
        except MediaRefusedError as error:
            job.status, job.failure = "FAILED", str(error)
        except Exception:
            job.status, job.failure = "FAILED", "Internal service failure. Try your request again."
            raise
        finally:
            job.completed = self.clock.moment()
            self._tell(job)

    async def _listen(self, job: Job) -> None:
        bucket, key = place(job.wanted["Media"]["MediaFileUri"])
        folder = await asyncio.to_thread(tempfile.TemporaryDirectory, prefix="transcribe-")
        try:
            path = Path(folder.name) / f"media{Path(key).suffix[:8]}"
            await self.store.get(bucket, key, path)
            job.probed = await asyncio.to_thread(
                lambda: probe(
                    path,
                    limits=self.limits,
                    format_given=job.wanted.get("MediaFormat"),
                    rate_given=job.wanted.get("MediaSampleRateHertz"),
                )
            )
            most = job.wanted.get("Settings", {}).get("MaxSpeakerLabels")
            heard = await self.ear.hear(path, language=language_of(job.wanted), speakers=most)
        finally:
            await asyncio.to_thread(folder.cleanup)
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
        identified=(job.code or "", _CERTAINTY) if job.wanted.get("IdentifyLanguage") else None,
        languages=languages,
        redacted=redact,
    )


_ECHOED = (
    *("TranscriptionJobName", "Media", "ModelSettings", "JobExecutionSettings", "ContentRedaction", "Tags"),
    *("IdentifyLanguage", "IdentifyMultipleLanguages", "LanguageOptions", "LanguageIdSettings", "ToxicityDetection"),
)


def describe(job: Job) -> dict[str, Any]:
    """The job as Start and Get tell it. Format and rate are known once it has run."""
    found = {name: job.wanted[name] for name in _ECHOED if name in job.wanted}
    found |= _state(job)
    if job.status != "QUEUED":
        found["Settings"] = {
            "ChannelIdentification": False,
            "ShowAlternatives": False,
            **job.wanted.get("Settings", {}),
        }
    elif "Settings" in job.wanted:
        found["Settings"] = job.wanted["Settings"]
    found["Transcript"] = dict(job.uris) if job.status == "COMPLETED" else {}
    if job.status == "COMPLETED" and job.probed:
        found |= {"MediaFormat": job.probed.format, "MediaSampleRateHertz": min(job.probed.rate, 48_000)}
        if job.wanted.get("IdentifyMultipleLanguages"):
            seconds = round(job.probed.duration, 2)
            found["LanguageCodes"] = [{"LanguageCode": job.code, "DurationInSeconds": seconds}]
            found.pop("LanguageCode", None)
        if "Subtitles" in job.wanted:
            found["Subtitles"] = {**job.wanted["Subtitles"], "SubtitleFileUris": job.subtitle_uris}
    elif "Subtitles" in job.wanted:
        found["Subtitles"] = {**job.wanted["Subtitles"]}
    return found


def _state(job: Job) -> dict[str, Any]:
    found: dict[str, Any] = {"TranscriptionJobStatus": job.status, "CreationTime": job.created}
    code = job.code if job.status == "COMPLETED" else job.wanted.get("LanguageCode")
    if code:
        found["LanguageCode"] = code
    if job.status == "COMPLETED" and job.wanted.get("IdentifyLanguage"):
        found["IdentifiedLanguageScore"] = _CERTAINTY
    if job.started:
        found["StartTime"] = job.started
    if job.completed:
        found["CompletionTime"] = job.completed
    if job.failure:
        found["FailureReason"] = job.failure
    return found


def _summary(job: Job) -> dict[str, Any]:
    found = {"TranscriptionJobName": job.name, **_state(job)}
    found["OutputLocationType"] = "CUSTOMER_BUCKET" if "OutputBucketName" in job.wanted else "SERVICE_BUCKET"
    for name in (
        "ContentRedaction",
        "ModelSettings",
        "IdentifyLanguage",
        "IdentifyMultipleLanguages",
        "ToxicityDetection",
    ):
        if name in job.wanted:
            found[name] = job.wanted[name]
    return found
