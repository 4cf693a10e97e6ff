"""Bedrock's own side by boto3 against the stand-in: models, profiles, batches."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from botocore.exceptions import ClientError

from sandbox.aws import Cloud
from sandbox.aws.models import SERVICES, find, service_model
from tests.aws.test_converse import SONNET, user

ROLE = "arn:aws:iam::123456789012:role/batch"


def batch(cloud: Cloud, bucket: str, lines: list[Any], **more: Any) -> Any:
    body = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    cloud.store.client.put_object(Bucket=bucket, Key="in/talks.jsonl", Body=body)
    wanted = {
        "jobName": "nightly",
        "roleArn": ROLE,
        "modelId": SONNET,
        "inputDataConfig": {"s3InputDataConfig": {"s3Uri": f"s3://{bucket}/in/talks.jsonl", "s3InputFormat": "JSONL"}},
        "outputDataConfig": {"s3OutputDataConfig": {"s3Uri": f"s3://{bucket}/out/"}},
        "modelInvocationType": "Converse",
        **more,
    }
    return cloud.client("bedrock").create_model_invocation_job(**wanted)


def ended(cloud: Cloud, arn: str) -> dict[str, Any]:
    client = cloud.client("bedrock")
    for _ in range(400):
        job: dict[str, Any] = client.get_model_invocation_job(jobIdentifier=arn)
        if job["status"] not in {"Submitted", "Validating", "InProgress"}:
            return job
        time.sleep(0.02)
    raise AssertionError(job)


def test_profiles_come_by_pages(cloud: Cloud) -> None:
    client = cloud.client("bedrock")
    pages = list(client.get_paginator("list_inference_profiles").paginate(PaginationConfig={"PageSize": 20}))
    found = [profile["inferenceProfileId"] for page in pages for profile in page["inferenceProfileSummaries"]]
    assert len(pages) > 2
    assert len(set(found)) == len(found)
    assert {"global.anthropic.claude-sonnet-5-5", SONNET} <= set(found)
    assert client.get_inference_profile(inferenceProfileIdentifier=SONNET)["status"] == "ACTIVE"
    with pytest.raises(client.exceptions.ResourceNotFoundException):
        client.get_inference_profile(inferenceProfileIdentifier="us.nothing")


def test_models_are_listed_by_provider(cloud: Cloud) -> None:
    client = cloud.client("bedrock")
    found = client.list_foundation_models(byProvider="Anthropic")["modelSummaries"]
    assert {model["providerName"] for model in found} == {"Anthropic"}
    on_demand = client.list_foundation_models(byInferenceType="ON_DEMAND")["modelSummaries"]
    assert "google.gemma-3-27b-it" in {model["modelId"] for model in on_demand}


def test_a_batch_replies_to_each_of_its_records(cloud: Cloud, bucket: str) -> None:
    cloud.parts.bedrock.least_records = 2
    cloud.script.add(None, "Summed up.")
    lines = [
        {"recordId": "one", "modelInput": {"messages": user("first")}},
        {"recordId": "two", "modelInput": {"messages": []}},
        "no JSON",
    ]
    job = ended(cloud, batch(cloud, bucket, lines)["jobArn"])
    assert (job["status"], job["successRecordCount"], job["errorRecordCount"]) == ("PartiallyCompleted", 1, 2)
    name = job["jobArn"].rsplit("/", 1)[-1]
    body = cloud.store.client.get_object(Bucket=bucket, Key=f"out/{name}/talks.jsonl.out")["Body"].read()
    first, second, third = (json.loads(line) for line in body.splitlines())
    assert first["modelOutput"]["output"]["message"]["content"] == [{"text": "Summed up."}]
    assert "conversation must start" in second["error"]["errorMessage"]
    assert third["error"]["errorCode"] == 400


def test_a_batch_that_is_too_small_fails_and_a_name_is_given_once(cloud: Cloud, bucket: str) -> None:
    lines = [{"recordId": "one", "modelInput": {"messages": user()}}]
    job = ended(cloud, batch(cloud, bucket, lines, clientRequestToken="again")["jobArn"])
    assert job["status"] == "Failed"
    assert "required minimum of: 100" in job["message"]
    assert batch(cloud, bucket, lines, clientRequestToken="again")["jobArn"] == job["jobArn"]
    with pytest.raises(ClientError, match="ConflictException"):
        batch(cloud, bucket, lines, clientRequestToken="other")
    with pytest.raises(ClientError, match=r"length greater|pattern"):
        batch(cloud, bucket, lines, jobName="a name")


def test_every_operation_of_rest_services_has_an_address_of_its_own() -> None:
    """One address serves all services, so no two operations may share a method and a path."""
    for service in SERVICES:
        model = service_model(service)
        for name in model.operation_names:
            operation = model.operation_model(name)
            path = operation.http["requestUri"].split("?")[0]
            if path == "/":
                continue
            filled = "/".join("abc" if part.startswith("{") else part for part in path.split("/"))
            called = find(operation.http["method"], filled, None)
            assert called is not None
            assert (called.service, called.operation.name) == (service, name)
