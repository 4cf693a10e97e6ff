"""Amazon Transcribe: its operations on jobs."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any

from botocore.exceptions import ClientError

from sandbox.aws.errors import AwsError
from sandbox.aws.faults import Fault
from sandbox.aws.transcribe_jobs import Job, describe, summary
from sandbox.aws.transcribe_rules import MISSING_JOB, judge, place
from sandbox.aws.transcribe_work import Work

_PAGE = 5


@dataclass
class Transcribe:
    """The jobs. `vocabularies` that there are and `most_jobs` at once may be set; `work` is what does them."""

    work: Work
    jobs: dict[str, Job] = field(default_factory=dict)
    vocabularies: set[str] = field(default_factory=set)
    most_jobs: int = 100

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
        job = Job(wanted, self.work.clock.moment())
        self.jobs[job.name] = job
        job.task = asyncio.create_task(self.work.run(job))
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
        answer: dict[str, Any] = {"TranscriptionJobSummaries": [summary(job) for job in found[first : first + size]]}
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
        """Forget all jobs and settings. It may be called from any thread; jobs that run finish unseen."""
        self.jobs = {}
        self.vocabularies.clear()
        self.most_jobs = 100
        self.work.reset()

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
            await self.work.store.head(bucket, key)
        except ClientError as error:
            raise AwsError(
                "BadRequestException",
                "The URI that you provided doesn't point to an S3 object. "
                "Make sure that the object exists and try your request again.",
            ) from error
        output = wanted.get("OutputBucketName")
        if output and not await self.work.store.has_bucket(output):
            raise AwsError(
                "BadRequestException",
                "The specified S3 bucket can't be accessed. Check the bucket name and permissions and try again.",
            )
