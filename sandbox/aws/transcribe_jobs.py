"""A transcription job, and how the service tells of it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sandbox.aws.media_check import Probed

CERTAINTY = 0.9883
"""How sure every identification of a language is."""


@dataclass
class Job:
    """What was asked for, and what became of it; `trouble` is what went wrong inside the stand-in."""

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
    trouble: Exception | None = None

    @property
    def name(self) -> str:
        """The name that it was given."""
        return str(self.wanted["TranscriptionJobName"])


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
        found |= {"MediaFormat": job.probed.format, "MediaSampleRateHertz": job.probed.rate}
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
        found["IdentifiedLanguageScore"] = CERTAINTY
    if job.started:
        found["StartTime"] = job.started
    if job.completed:
        found["CompletionTime"] = job.completed
    if job.failure:
        found["FailureReason"] = job.failure
    return found


def summary(job: Job) -> dict[str, Any]:
    """The job as List tells it."""
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
