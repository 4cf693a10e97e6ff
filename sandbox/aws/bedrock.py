"""Bedrock's own side: which models and profiles there are, and batches that are worked off."""

from __future__ import annotations

import asyncio
import json
import secrets
from dataclasses import dataclass, field
from typing import Any

from botocore.exceptions import ClientError

from sandbox.aws import catalog
from sandbox.aws.clock import Clock
from sandbox.aws.converse import Converse, known
from sandbox.aws.errors import AwsError
from sandbox.aws.faults import Fault
from sandbox.aws.s3 import Store
from sandbox.aws.transcribe_rules import place

_ACCOUNT, _REGION = "123456789012", "us-east-1"
_MISSING_JOB = "The provided ARN is invalid or the job does not exist."


@dataclass
class Bedrock:
    """The catalog, and batch jobs whose records go through Converse. A batch needs `least_records`."""

    converse: Converse
    store: Store
    clock: Clock
    jobs: dict[str, dict[str, Any]] = field(default_factory=dict)
    least_records: int = 100
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    async def list_profiles(self, wanted: dict[str, Any], _fault: Fault | None) -> dict[str, Any]:
        """ListInferenceProfiles, by pages."""
        found = [_profile(model, profile) for model in catalog.MODELS for profile in catalog.profiles(model)]
        if wanted.get("typeEquals") == "APPLICATION":
            found = []
        token = wanted.get("nextToken", "0")
        if not token.isdecimal():
            raise AwsError("ValidationException", "The pagination token is invalid.")
        first, size = int(token), wanted.get("maxResults", 1000)
        answer: dict[str, Any] = {"inferenceProfileSummaries": found[first : first + size]}
        if first + size < len(found):
            answer["nextToken"] = str(first + size)
        return answer

    async def get_profile(self, wanted: dict[str, Any], _fault: Fault | None) -> dict[str, Any]:
        """GetInferenceProfile. Raises AwsError."""
        name = wanted["inferenceProfileIdentifier"].rsplit("/", 1)[-1]
        for model in catalog.MODELS:
            if name in catalog.profiles(model):
                return _profile(model, name)
        raise AwsError("ResourceNotFoundException", "Inference profile not found.")

    async def list_models(self, wanted: dict[str, Any], _fault: Fault | None) -> dict[str, Any]:
        """ListFoundationModels."""
        summaries = [
            _model(model) for model in catalog.MODELS if wanted.get("byProvider", model.provider) == model.provider
        ]
        kind = wanted.get("byInferenceType")
        if kind:
            summaries = [summary for summary in summaries if kind in summary["inferenceTypesSupported"]]
        output = wanted.get("byOutputModality", "TEXT")
        return {"modelSummaries": summaries if output == "TEXT" else []}

    async def create_job(self, wanted: dict[str, Any], _fault: Fault | None) -> dict[str, Any]:
        """CreateModelInvocationJob. Raises AwsError."""
        known(wanted["modelId"])
        token = wanted.get("clientRequestToken")
        for arn, job in self.jobs.items():
            if token and job.get("clientRequestToken") == token:
                return {"jobArn": arn}
            if job["jobName"] == wanted["jobName"]:
                raise AwsError("ConflictException", "A job with this name already exists.")
        bucket, key = place(wanted["inputDataConfig"]["s3InputDataConfig"]["s3Uri"])
        try:
            lines = (await self.store.read(bucket, key)).splitlines()
        except ClientError as error:
            raise AwsError("ValidationException", "The input S3 location does not exist or can't be read.") from error
        arn = f"arn:aws:bedrock:{_REGION}:{_ACCOUNT}:model-invocation-job/{secrets.token_hex(6)}"
        kept = ("jobName", "modelId", "clientRequestToken", "roleArn", "inputDataConfig", "outputDataConfig")
        more = ("timeoutDurationInHours", "modelInvocationType", "vpcConfig")
        job = {"jobArn": arn, **{name: wanted[name] for name in (*kept, *more) if name in wanted}}
        self.jobs[arn] = {**job, "status": "Submitted", "submitTime": self.clock.moment()}
        task = asyncio.create_task(self._work(self.jobs[arn], [line for line in lines if line.strip()], key))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return {"jobArn": arn}

    async def get_job(self, wanted: dict[str, Any], _fault: Fault | None) -> dict[str, Any]:
        """GetModelInvocationJob. Raises AwsError."""
        return dict(self._job(wanted))

    async def stop_job(self, wanted: dict[str, Any], _fault: Fault | None) -> dict[str, Any]:
        """StopModelInvocationJob. Raises AwsError."""
        job = self._job(wanted)
        if job["status"] in {"Submitted", "Validating", "InProgress"}:
            job["status"] = "Stopped"
        return {}

    async def close(self) -> None:
        """End what is running."""
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def reset(self) -> None:
        """Forget all jobs."""
        self.jobs.clear()
        self.least_records = 100

    def _job(self, wanted: dict[str, Any]) -> dict[str, Any]:
        for arn, job in self.jobs.items():
            if arn.endswith(wanted["jobIdentifier"]):
                return job
        raise AwsError("ResourceNotFoundException", _MISSING_JOB)

    async def _work(self, job: dict[str, Any], lines: list[bytes], key: str) -> None:
        """Validate the records, reply to each, and write what came of it beside a manifest."""
        job["status"] = "Validating"
        if len(lines) < self.least_records:
            job |= {"status": "Failed", "endTime": self.clock.moment()}
            job["message"] = (
                f"Batch job contains less records ({len(lines)}) than the required minimum of: {self.least_records}"
            )
            return
        job |= {"status": "InProgress", "totalRecordCount": len(lines), "processedRecordCount": 0}
        results = []
        for line in lines:
            if job["status"] == "Stopped":
                return
            results.append(await self._record(job, line))
            job["processedRecordCount"] = len(results)
        errors = sum("error" in result for result in results)
        job |= {"successRecordCount": len(results) - errors, "errorRecordCount": errors}
        bucket, folder = place(job["outputDataConfig"]["s3OutputDataConfig"]["s3Uri"])
        prefix = f"{folder.rstrip('/')}/{job['jobArn'].rsplit('/', 1)[-1]}/".lstrip("/")
        body = "\n".join(json.dumps(result, ensure_ascii=False) for result in results)
        await self.store.put(bucket, f"{prefix}{key.rsplit('/', 1)[-1]}.out", body.encode())
        counts = {
            name: job[name]
            for name in ("totalRecordCount", "processedRecordCount", "successRecordCount", "errorRecordCount")
        }
        await self.store.put(bucket, f"{prefix}manifest.json.out", json.dumps(counts).encode())
        status = "Completed" if not errors else "PartiallyCompleted" if errors < len(results) else "Failed"
        job |= {"status": status, "endTime": self.clock.moment(), "lastModifiedTime": self.clock.moment()}

    async def _record(self, job: dict[str, Any], line: bytes) -> dict[str, Any]:
        try:
            record = json.loads(line)
            given = {"modelId": job["modelId"], **record["modelInput"]}
        except (ValueError, KeyError, TypeError):
            return {"recordId": "", "error": {"errorCode": 400, "errorMessage": "The record is no valid JSON."}}
        found = {"recordId": record.get("recordId", ""), "modelInput": record["modelInput"]}
        try:
            return {**found, "modelOutput": await self.converse.converse(given, None)}
        except AwsError as error:
            return {**found, "error": {"errorCode": 400, "errorMessage": error.message}}


def _arn(model: catalog.Model, region: str = _REGION) -> str:
    return f"arn:aws:bedrock:{region}::foundation-model/{model.id}"


def _profile(model: catalog.Model, profile: str) -> dict[str, Any]:
    prefix = profile.split(".", 1)[0]
    return {
        "inferenceProfileName": f"{prefix.upper()} {model.name.replace('.', '-')}",
        "inferenceProfileArn": f"arn:aws:bedrock:{_REGION}:{_ACCOUNT}:inference-profile/{profile}",
        "models": [{"modelArn": _arn(model)}, {"modelArn": _arn(model, "us-west-2")}],
        "inferenceProfileId": profile,
        "status": "ACTIVE",
        "type": "SYSTEM_DEFINED",
    }


def _model(model: catalog.Model) -> dict[str, Any]:
    return {
        "modelArn": _arn(model),
        "modelId": model.id,
        "modelName": model.name,
        "providerName": model.provider,
        "inputModalities": ["TEXT"],
        "outputModalities": ["TEXT"],
        "responseStreamingSupported": True,
        "customizationsSupported": [],
        # A model that is called by profiles alone names another type, which the service's model does not know.
        "inferenceTypesSupported": [] if model.profile_only else ["ON_DEMAND"],
        "modelLifecycle": {"status": "ACTIVE"},
    }
