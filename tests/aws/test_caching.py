"""Prompt caching is computed from the bytes of requests and from the clock."""

from __future__ import annotations

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError

from sandbox.aws import Cloud

SONNET = "us.anthropic.claude-sonnet-4-6"
LONG = "We talk about the offline mode and about who does what by when. " * 200
POINT = {"cachePoint": {"type": "default"}}


def asked(
    cloud: Cloud, text: str, question: str, *, model: str = SONNET, point: dict[str, Any] = POINT
) -> dict[str, int]:
    client = cloud.client("bedrock-runtime")
    content = [{"text": text}, point, {"text": question}]
    usage: dict[str, int] = client.converse(modelId=model, messages=[{"role": "user", "content": content}])["usage"]
    return usage


def test_the_same_material_is_read_and_not_paid_again(cloud: Cloud) -> None:
    first = asked(cloud, LONG, "What about Anna?")
    assert first["cacheReadInputTokens"] == 0
    assert first["cacheWriteInputTokens"] > 2048
    second = asked(cloud, LONG, "And what about Ben?")
    assert second["cacheReadInputTokens"] == first["cacheWriteInputTokens"]
    assert second["cacheWriteInputTokens"] == 0
    assert second["inputTokens"] < 10
    assert second["totalTokens"] == sum(
        second[name] for name in ("inputTokens", "outputTokens", "cacheReadInputTokens", "cacheWriteInputTokens")
    )


def test_one_other_byte_or_model_is_another_prompt(cloud: Cloud) -> None:
    asked(cloud, LONG, "?")
    assert asked(cloud, LONG + ".", "?")["cacheReadInputTokens"] == 0
    assert asked(cloud, LONG, "?", model="us.anthropic.claude-haiku-5-5")["cacheReadInputTokens"] == 0


def test_another_form_of_the_reply_is_another_prompt(cloud: Cloud) -> None:
    client = cloud.client("bedrock-runtime")

    def read(*members: str) -> int:
        schema = {
            "type": "object",
            "properties": {member: {"type": "string"} for member in members},
            "required": list(members),
            "additionalProperties": False,
        }
        structure = {"jsonSchema": {"name": "form", "schema": json.dumps(schema)}}
        answer = client.converse(
            modelId=SONNET,
            messages=[{"role": "user", "content": [{"text": LONG}, POINT, {"text": "?"}]}],
            outputConfig={"textFormat": {"type": "json_schema", "structure": structure}},
        )
        return int(answer["usage"]["cacheReadInputTokens"])

    cloud.script.add(None, {"gist": "x", "title": "y"})
    assert [read("gist"), read("gist") > 0, read("gist", "title")] == [0, True, 0]


def test_what_is_too_short_is_silently_not_cached(cloud: Cloud) -> None:
    for _ in range(2):
        usage = asked(cloud, "Short.", "?")
        assert usage["cacheReadInputTokens"] == usage["cacheWriteInputTokens"] == 0
    assert asked(cloud, LONG[:8000], "?")["cacheWriteInputTokens"] == 0  # under the 2048 of this model
    sooner = asked(cloud, LONG[:8000], "?", model="us.anthropic.claude-sonnet-4-5-20250929-v1:0")
    assert sooner["cacheWriteInputTokens"] > 1024


def test_it_lives_five_minutes_from_its_last_use_or_an_hour(cloud: Cloud) -> None:
    asked(cloud, LONG, "?")
    for _ in range(3):
        cloud.clock.advance(200)
        assert asked(cloud, LONG, "?")["cacheReadInputTokens"] > 0
    cloud.clock.advance(301)
    assert asked(cloud, LONG, "?")["cacheReadInputTokens"] == 0
    hour = {"cachePoint": {"type": "default", "ttl": "1h"}}
    asked(cloud, "Once more. " + LONG, "?", point=hour)
    cloud.clock.advance(3000)
    assert asked(cloud, "Once more. " + LONG, "?", point=hour)["cacheReadInputTokens"] > 0


def test_a_conversation_that_grows_reads_its_beginning(cloud: Cloud) -> None:
    client = cloud.client("bedrock-runtime")
    system = [{"text": LONG}, POINT]
    turns = [{"role": "user", "content": [{"text": "Who?"}]}]
    client.converse(modelId=SONNET, system=system, messages=turns)
    turns += [
        {"role": "assistant", "content": [{"text": "Anna."}]},
        {"role": "user", "content": [{"text": "When?"}, POINT]},
    ]
    usage = client.converse(modelId=SONNET, system=system, messages=turns)["usage"]
    assert usage["cacheReadInputTokens"] > 2048
    assert 0 < usage["cacheWriteInputTokens"] < 20
    assert usage["inputTokens"] == 0


def test_wrong_cache_points_are_refused(cloud: Cloud) -> None:
    client = cloud.client("bedrock-runtime")
    content = [item for n in range(5) for item in ({"text": str(n)}, POINT)]
    with pytest.raises(ClientError, match="maximum of 4"):
        client.converse(modelId=SONNET, messages=[{"role": "user", "content": content}])
    with pytest.raises(ClientError, match="prompt caching"):
        asked(cloud, LONG, "?", model="google.gemma-3-27b-it")
