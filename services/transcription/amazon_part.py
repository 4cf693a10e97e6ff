"""One part of a recording through one job: found or started, waited for, read."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from services.storage import BlobMissing
from services.storage.s3 import S3Blobs
from services.transcription.amazon_document import Heard, read_document
from services.transcription.amazon_job import Jobs
from services.transcription.amazon_languages import iso_of
from services.transcription.amazon_progress import estimated
from services.transcription.amazon_reasons import JobGone, Unsuitable, failure
from services.transcription.amazon_split import Part
from services.transcription.amazon_task import Task
from services.vocabulary.errors import OperatorError

# Jobs wait for others and take about a fifth of the recording; after many times that somebody should be told.
_BASE, _SHARE = 2 * 3600.0, 2.0


async def hear_part(
    jobs: Jobs,
    blobs: S3Blobs,
    task: Task,
    part: Part,
    *,
    job: str,
    media: Callable[[], Awaitable[str]],
    told: Callable[[float], None],
) -> Heard:
    """What is said in a part. `media` gives the key of its sound, and is called only if the job is not there yet.

    Raises JobGone where the job or its document was deleted meanwhile, Unsuitable where it cannot take the sound (the
    job then stays, so that it is not tried again after a crash), NothingSaid, or our errors for other failures.
    """
    if await jobs.find(job) is None:
        key = await media()
        await jobs.start(task.request(job, blobs.place(key), blobs.place(task.room(job))))
    done = await jobs.wait(job, seconds=_BASE + _SHARE * part.seconds, moved=estimated(part.seconds, told))
    if done["TranscriptionJobStatus"] == "FAILED":
        error = failure(str(done.get("FailureReason", "")))
        if not isinstance(error, Unsuitable):
            await jobs.delete(job)
        raise error
    heard = await _read(jobs, blobs, task, job, done)
    told(1.0)
    return heard


async def _read(jobs: Jobs, blobs: S3Blobs, task: Task, job: str, done: dict[str, Any]) -> Heard:
    try:
        data = await blobs.read(task.document(job))
    except BlobMissing as error:
        await jobs.delete(job)
        raise JobGone(job) from error
    code = done.get("LanguageCode")
    heard = await asyncio.to_thread(read_document, data, iso_of(code) if code else None)
    if task.settings.redact and not heard.redacted:
        raise OperatorError(
            "Amazon Transcribe wrote a transcript in which personal data was not left out, so it is not used: name "
            "languages in TRANSCRIBE_LANGUAGES that it can do so in, or turn TRANSCRIBE_REDACT_PII off"
        )
    return heard
