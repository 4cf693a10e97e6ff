"""What `doctor` finds in an account, and the remedies it names."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.stub import Stubber
from moto import mock_aws

from bot.doctor_aws import identity, polly, quotas, region, transcribe
from bot.doctor_bucket import bucket as examine_bucket
from bot.doctor_models import models
from sandbox.aws import Cloud
from services.vocabulary.errors import OperatorError

ONCE = Config(retries={"total_max_attempts": 1})
HAIKU = "global.anthropic.claude-haiku-5-5"


@pytest.fixture
def session() -> boto3.Session:
    return boto3.Session(aws_access_key_id="test", aws_secret_access_key="test", region_name="us-east-1")


def encrypted(cloud: Cloud, bucket: str) -> Any:
    """As S3 makes buckets of itself since 2023."""
    client = cloud.client("s3", config=ONCE)
    rules = [{"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}]
    client.put_bucket_encryption(Bucket=bucket, ServerSideEncryptionConfiguration={"Rules": rules})
    return client


def closed(cloud: Cloud, bucket: str) -> Any:
    client = encrypted(cloud, bucket)
    names = ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets")
    client.put_public_access_block(Bucket=bucket, PublicAccessBlockConfiguration=dict.fromkeys(names, True))
    return client


@pytest.fixture
def account() -> Iterator[None]:
    with mock_aws():
        yield


def test_credentials_are_named(account: None, session: boto3.Session) -> None:
    assert identity(session.client("sts")).startswith("arn:aws:")


def test_missing_credentials_are_said_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    for name in ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"):
        monkeypatch.setenv(name, str(tmp_path / "none"))
    with pytest.raises(OperatorError, match="set AWS credentials"):
        identity(boto3.Session(region_name="us-east-1").client("sts"))


def test_a_region_has_all_services_or_none_will_do(session: boto3.Session) -> None:
    assert region(session) == "us-east-1"
    for wrong in ("mars-north-1", "ap-southeast-6"):
        with pytest.raises(OperatorError, match="AWS_REGION"):
            region(boto3.Session(region_name=wrong))


def test_models_that_answer_are_named_and_cost_a_token_each(cloud: Cloud) -> None:
    bedrock, runtime = cloud.client("bedrock"), cloud.client("bedrock-runtime", config=ONCE)
    assert models(bedrock, runtime, [HAIKU]) == HAIKU
    (call,) = [call for call in cloud.journal.calls if call.operation == "Converse"]
    assert call.parameters["inferenceConfig"] == {"maxTokens": 1}


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("denied", "use-case form"),
        ("not_found", "current inference profile"),
        ("throttle", "Service Quotas"),
        ("unavailable", "busy"),
    ],
)
def test_a_model_that_does_not_answer_has_a_remedy(cloud: Cloud, kind: Any, words: str) -> None:
    cloud.faults.add("Converse", kind)
    with pytest.raises(OperatorError, match=words):
        models(cloud.client("bedrock"), cloud.client("bedrock-runtime", config=ONCE), [HAIKU])


def test_a_model_that_is_not_there_brings_others_to_mind(cloud: Cloud) -> None:
    with pytest.raises(OperatorError, match=HAIKU):
        models(cloud.client("bedrock"), cloud.client("bedrock-runtime"), ["global.anthropic.claude-haiku-5-6"])
    with pytest.raises(OperatorError, match="BEDROCK_MODELS"):
        models(cloud.client("bedrock"), cloud.client("bedrock-runtime"), [])


def test_models_answer_although_they_may_not_be_listed(cloud: Cloud) -> None:
    cloud.faults.add("List*", "denied", times=0)
    assert models(cloud.client("bedrock", config=ONCE), cloud.client("bedrock-runtime"), [HAIKU]) == HAIKU


def test_a_good_bucket_is_left_as_it_was(cloud: Cloud, bucket: str) -> None:
    client = closed(cloud, bucket)
    assert examine_bucket(client, bucket) == f"{bucket}, AES256, closed to the public"
    assert client.list_objects_v2(Bucket=bucket)["KeyCount"] == 0


def test_an_open_bucket_is_to_be_closed(cloud: Cloud, bucket: str) -> None:
    with pytest.raises(OperatorError, match="Block Public Access"):
        examine_bucket(encrypted(cloud, bucket), bucket)


def test_a_bucket_without_encryption_is_to_be_given_it(cloud: Cloud, bucket: str) -> None:
    with pytest.raises(OperatorError, match="default encryption"):
        examine_bucket(cloud.client("s3", config=ONCE), bucket)


def test_a_bucket_that_is_not_there_or_not_ours_has_a_remedy(cloud: Cloud, bucket: str) -> None:
    client = cloud.client("s3", config=ONCE)
    with pytest.raises(OperatorError, match="S3_BUCKET"):
        examine_bucket(client, f"none-{uuid.uuid4().hex}")
    with pytest.raises(OperatorError, match="S3_BUCKET"):
        examine_bucket(client, "")
    cloud.faults.add("PutObject", "denied")
    with pytest.raises(OperatorError, match="s3:PutObject"):
        examine_bucket(client, bucket)


def test_a_probe_is_deleted_even_when_it_cannot_be_read(cloud: Cloud, bucket: str) -> None:
    client = closed(cloud, bucket)
    cloud.faults.add("GetObject", "denied")
    with pytest.raises(OperatorError, match="s3:GetObject"):
        examine_bucket(client, bucket)
    assert client.list_objects_v2(Bucket=bucket)["KeyCount"] == 0


def test_transcribe_and_polly_are_there_or_say_what_is_missing(cloud: Cloud) -> None:
    assert transcribe(cloud.client("transcribe"))
    assert "generative" in polly(cloud.client("polly"))
    cloud.faults.add("ListTranscriptionJobs", "denied")
    cloud.faults.add("DescribeVoices", "denied")
    with pytest.raises(OperatorError, match="transcribe:ListTranscriptionJobs"):
        transcribe(cloud.client("transcribe", config=ONCE))
    with pytest.raises(OperatorError, match="polly:DescribeVoices"):
        polly(cloud.client("polly", config=ONCE))


def test_quotas_are_a_hint(session: boto3.Session) -> None:
    client = session.client("service-quotas")
    limits = {"Model tokens per minute for One": 2e6, "Model tokens per minute for Two": 0.0, "Requests": 5.0}
    with Stubber(client) as stub:
        for _ in range(2):
            answer = {"Quotas": [{"QuotaName": name, "Value": value} for name, value in limits.items()]}
            stub.add_response("list_service_quotas", answer, {"ServiceCode": "bedrock"})
        told = quotas(client, "bedrock", "Tokens per minute")
        assert told == "Model tokens per minute for Two: 0; Model tokens per minute for One: 2e+06"
        assert "nothing is said" in quotas(client, "bedrock", "batch jobs")
