"""What Bedrock refuses is refused here, with the error that it gives."""

from __future__ import annotations

import json
from typing import Any

import boto3
import pytest
from botocore import UNSIGNED
from botocore.config import Config
from botocore.exceptions import ClientError

from sandbox.aws import Cloud
from tests.aws.plain_http import send
from tests.aws.test_converse import ONCE, SCHEMA, SONNET, TOOL, in_form, user

UNCHECKED = Config(parameter_validation=False, retries={"total_max_attempts": 1})
NEWEST = "us.anthropic.claude-sonnet-5-5"
CALL = {"role": "assistant", "content": [{"toolUse": {"toolUseId": "t1", "name": "look", "input": {}}}]}


def refused(cloud: Cloud, **sent: Any) -> dict[str, Any]:
    client = cloud.client("bedrock-runtime", config=UNCHECKED)
    with pytest.raises(ClientError) as caught:
        client.converse(**{"modelId": SONNET, "messages": user(), **sent})
    answer: dict[str, Any] = caught.value.response
    return answer


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (
            {"messages": [{"role": "user"}]},
            "'messages.1.member.content' failed to satisfy constraint: Member must not be",
        ),
        (
            {"messages": [{"role": "boss", "content": [{"text": "x"}]}]},
            "Member must satisfy enum value set: [user, assistant",
        ),
        ({"messages": [{"role": "user", "content": [{"text": 5}]}]}, "can not be converted to a string"),
        ({"messages": [{"role": "user", "content": [{}]}]}, "exactly one of"),
        ({"inferenceConfig": {"temperature": 1.5}}, "less than or equal to 1"),
        ({"inferenceConfig": {"maxTokens": 0}}, "greater than or equal to 1"),
        ({"requestMetadata": {"user": "a|b"}}, "Member must satisfy regular expression pattern"),
        ({"requestMetadata": {str(n): "x" for n in range(17)}}, "length less than or equal to 16"),
        ({"modelId": "us.anthropic.claude-nothing-9"}, "The provided model identifier is invalid."),
        ({"modelId": "anthropic.claude-sonnet-4-6"}, "Retry your request with the ID or ARN of an inference profile"),
        ({"messages": [CALL]}, "A conversation must start with a user message"),
        ({"messages": [*user(), {"role": "assistant", "content": [{"text": "So"}]}]}, "must end with a user message"),
        ({"messages": user("")}, "is blank"),
        (
            {"messages": [*user(), CALL, *user()], "toolConfig": {"tools": [TOOL]}},
            "Expected toolResult blocks at messages.2",
        ),
        ({"inferenceConfig": {"maxTokens": 65_000}}, "exceeds the model limit of 64000"),
        ({"modelId": NEWEST, "inferenceConfig": {"temperature": 0.2}}, "`temperature` is deprecated for this model"),
        (
            {"modelId": NEWEST, "toolConfig": {"tools": [TOOL], "toolChoice": {"any": {}}}},
            "toolChoice values any and tool",
        ),
        (
            {"modelId": "us.amazon.nova-pro-v1:0", "outputConfig": in_form(SCHEMA)},
            "doesn't support the outputConfig.textFormat",
        ),
        ({"outputConfig": in_form({**SCHEMA, "additionalProperties": True})}, "must be explicitly set to false"),
        ({"outputConfig": in_form({"type": "integer", "minimum": 1})}, "property 'minimum' is not supported"),
        (
            {"outputConfig": in_form({"$ref": "#/$defs/A", "$defs": {"A": {"anyOf": [{"$ref": "#/$defs/A"}]}}})},
            "Circular reference",
        ),
        ({"toolConfig": {"tools": [TOOL, TOOL]}}, "same name"),
    ],
)
def test_a_wrong_request_is_refused_in_words(cloud: Cloud, sent: dict[str, Any], said: str) -> None:
    answer = refused(cloud, **sent)
    assert answer["Error"]["Code"] == "ValidationException"
    assert said in answer["Error"]["Message"]
    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 400


def test_unknown_members_and_wrong_blobs_are_refused(cloud: Cloud) -> None:
    headers = {"Authorization": "Bearer key"}
    picture = {"image": {"format": "png", "source": {"bytes": "no base64!"}}}
    for body, said in (
        ({"messages": user(), "temperature": 1}, "extraneous key ['temperature']"),
        ({"messages": [{"role": "user", "content": [picture]}]}, "can not be converted to a blob"),
        ({"messages": user(), "modelId": SONNET}, "does not belong in the body"),
        ([], "no JSON object"),
    ):
        answer = send("POST", f"{cloud.url}/model/{SONNET}/converse", body, headers)
        assert answer.status == 400
        assert said in answer.json()["message"]
    broken = send("POST", f"{cloud.url}/model/{SONNET}/converse", b"{", headers)
    assert broken.headers["x-amzn-errortype"].startswith("SerializationException:")


def test_who_does_not_sign_or_signs_for_another_service_is_refused(cloud: Cloud) -> None:
    url = f"{cloud.url}/model/{SONNET}/converse"
    unsigned = send("POST", url, {"messages": user()})
    assert (unsigned.status, unsigned.json()["message"]) == (403, "Missing Authentication Token")
    client = boto3.client(
        "bedrock-runtime", region_name="us-east-1", endpoint_url=cloud.url, config=Config(signature_version=UNSIGNED)
    )
    with pytest.raises(ClientError, match="Missing Authentication Token"):
        client.converse(modelId=SONNET, messages=user())
    other = (
        "AWS4-HMAC-SHA256 Credential=AKIA/20261121/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=" + "0" * 64
    )
    scoped = send("POST", url, {"messages": user()}, {"Authorization": other})
    assert "Credential should be scoped to correct service: 'bedrock'" in scoped.json()["message"]
    polly = send("GET", f"{cloud.url}/v1/voices", headers={"Authorization": "Bearer key"})
    assert polly.status == 403


def test_a_bearer_key_is_enough_for_bedrock(cloud: Cloud) -> None:
    """Sent past boto3, which gives such a key to https alone."""
    headers = {"Authorization": "Bearer bedrock-api-key"}
    answer = send("POST", f"{cloud.url}/model/{SONNET}/converse", {"messages": user()}, headers)
    assert answer.json()["stopReason"] == "end_turn"


def test_an_operation_that_is_not_served_says_so(cloud: Cloud) -> None:
    client = cloud.client("bedrock-runtime", config=ONCE)
    with pytest.raises(ClientError, match="InvokeModel is not served here"):
        client.invoke_model(modelId=SONNET, body=json.dumps({}))
    assert send("GET", f"{cloud.url}/nothing").status == 404


def test_too_much_is_too_long(cloud: Cloud) -> None:
    client = cloud.client("bedrock-runtime", config=ONCE)
    with pytest.raises(ClientError, match="Input is too long for requested model"):
        client.converse(modelId="us.amazon.nova-micro-v1:0", messages=user("word " * 130_000))
