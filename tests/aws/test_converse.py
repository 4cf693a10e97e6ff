"""Converse, ConverseStream and CountTokens by boto3 against the stand-in."""

from __future__ import annotations

import json
from contextlib import closing
from typing import Any

import pytest
from botocore.config import Config
from botocore.exceptions import ClientError, ConnectionClosedError, EventStreamError

from sandbox.aws import Cloud, Reply
from tests.aws.plain_http import send

SONNET = "us.anthropic.claude-sonnet-4-6"
ONCE = Config(retries={"total_max_attempts": 1})
SCHEMA = {
    "type": "object",
    "properties": {"gist": {"type": "string"}, "points": {"type": "array", "items": {"type": "string"}}},
    "required": ["gist", "points"],
    "additionalProperties": False,
}
TOOL = {"toolSpec": {"name": "final_result", "inputSchema": {"json": SCHEMA}}}


@pytest.fixture
def bedrock(cloud: Cloud) -> Any:
    return cloud.client("bedrock-runtime", config=ONCE)


def user(text: str = "Hello") -> list[dict[str, Any]]:
    return [{"role": "user", "content": [{"text": text}]}]


def in_form(schema: dict[str, Any]) -> dict[str, Any]:
    return {"textFormat": {"type": "json_schema", "structure": {"jsonSchema": {"schema": json.dumps(schema)}}}}


def test_a_scripted_text_comes_back_counted(cloud: Cloud, bedrock: Any) -> None:
    cloud.script.add("weather", "Sunny.")
    answer = bedrock.converse(modelId=SONNET, messages=user("What is the weather?"))
    assert answer["output"]["message"]["content"] == [{"text": "Sunny."}]
    assert answer["stopReason"] == "end_turn"
    usage = answer["usage"]
    assert usage["totalTokens"] == usage["inputTokens"] + usage["outputTokens"] > 2


def test_replies_follow_one_another_and_the_last_stays(cloud: Cloud, bedrock: Any) -> None:
    cloud.script.add(lambda request: request.model_id == SONNET, "one", "two")
    said = [bedrock.converse(modelId=SONNET, messages=user())["output"]["message"]["content"][0]["text"] for _ in "123"]
    assert said == ["one", "two", "two"]


def test_a_stream_brings_the_same_in_pieces(cloud: Cloud, bedrock: Any) -> None:
    text = "The launch is on Tuesday, the ninth of May."
    cloud.script.add(None, Reply(text=text, reasoning="They say so."))
    events = list(bedrock.converse_stream(modelId=SONNET, messages=user())["stream"])
    names = [next(iter(event)) for event in events]
    assert names[0] == "messageStart"
    assert names[-2:] == ["messageStop", "metadata"]
    assert "contentBlockStart" not in names
    deltas = [event["contentBlockDelta"]["delta"] for event in events if "contentBlockDelta" in event]
    assert "".join(delta.get("text", "") for delta in deltas) == text
    assert {"reasoningContent": {"signature": "c2FuZGJveA=="}} in deltas


def test_a_value_goes_where_the_request_wants_it(cloud: Cloud, bedrock: Any) -> None:
    value = {"gist": "A launch.", "points": ["Tuesday"]}
    cloud.script.add(None, value)
    written = bedrock.converse(modelId=SONNET, messages=user(), outputConfig=in_form(SCHEMA))
    assert json.loads(written["output"]["message"]["content"][0]["text"]) == value
    config = {"tools": [TOOL], "toolChoice": {"any": {}}}
    called = bedrock.converse(modelId=SONNET, messages=user(), toolConfig=config)
    assert called["stopReason"] == "tool_use"
    assert called["output"]["message"]["content"][0]["toolUse"]["input"] == value
    events = list(bedrock.converse_stream(modelId=SONNET, messages=user(), toolConfig=config)["stream"])
    starts = [event["contentBlockStart"]["start"] for event in events if "contentBlockStart" in event]
    assert starts[0]["toolUse"]["name"] == "final_result"
    parts = [
        event["contentBlockDelta"]["delta"]["toolUse"]["input"] for event in events if "contentBlockDelta" in event
    ]
    assert json.loads("".join(parts)) == value


def test_an_unscripted_model_keeps_the_schema(bedrock: Any) -> None:
    answer = bedrock.converse(modelId=SONNET, messages=user(), outputConfig=in_form(SCHEMA))
    assert json.loads(answer["output"]["message"]["content"][0]["text"]) == {"gist": "", "points": []}


def test_a_reply_is_cut_at_the_limit(cloud: Cloud, bedrock: Any) -> None:
    cloud.script.add(None, "word " * 100)
    answer = bedrock.converse(modelId=SONNET, messages=user(), inferenceConfig={"maxTokens": 10})
    assert answer["stopReason"] == "max_tokens"
    assert answer["usage"]["outputTokens"] == 10
    assert len(answer["output"]["message"]["content"][0]["text"].split()) == 10


def test_what_the_live_service_adds_is_on_the_wire(cloud: Cloud, bedrock: Any) -> None:
    cloud.script.add(None, Reply(value={"gist": "x", "points": []}))
    sent: dict[str, Any] = {}
    bedrock.meta.events.register("before-send.bedrock-runtime.*", lambda request, **_: sent.update(request=request))
    bedrock.converse(modelId=SONNET, messages=user(), toolConfig={"tools": [TOOL]})
    request = sent["request"]
    raw = send("POST", request.url, request.body, request.headers).json()
    assert raw["usage"]["serverToolUsage"] == {}
    assert raw["usage"]["cacheReadInputTokenCount"] == 0
    assert raw["output"]["message"]["content"][0]["toolUse"]["type"] == "tool_use"
    stream = send("POST", request.url + "-stream", request.body, request.headers).content
    assert b'{"p": "' in stream


def test_tokens_are_counted_for_foundation_models_alone(bedrock: Any) -> None:
    asked = {"converse": {"messages": user("How long is this?")}}
    counted = bedrock.count_tokens(modelId="anthropic.claude-sonnet-4-6", input=asked)
    assert counted["inputTokens"] > 4
    with pytest.raises(ClientError, match="doesn't support counting"):
        bedrock.count_tokens(modelId=SONNET, input=asked)


def test_a_guardrail_stops_words_going_in_and_coming_out(cloud: Cloud, bedrock: Any) -> None:
    cloud.parts.guardrails.words.add("dragon")
    guard = {"guardrailIdentifier": "abc123", "guardrailVersion": "1"}
    cloud.script.add("tell", "A dragon came.")
    for text in ("A dragon?", "tell me"):
        answer = bedrock.converse(modelId=SONNET, messages=user(text), guardrailConfig=guard)
        assert answer["stopReason"] == "guardrail_intervened"
    applied = bedrock.apply_guardrail(
        guardrailIdentifier="abc123", guardrailVersion="1", source="INPUT", content=[{"text": {"text": "dragon"}}]
    )
    assert applied["action"] == "GUARDRAIL_INTERVENED"
    cloud.parts.guardrails.known.add("other")
    with pytest.raises(ClientError, match="guardrail identifier"):
        bedrock.converse(modelId=SONNET, messages=user(), guardrailConfig=guard)


@pytest.mark.parametrize(
    ("kind", "code", "status"),
    [
        ("throttle", "ThrottlingException", 429),
        ("timeout", "ModelTimeoutException", 408),
        ("model_error", "ModelErrorException", 424),
        ("not_ready", "ModelNotReadyException", 429),
        ("unavailable", "ServiceUnavailableException", 503),
        ("internal", "InternalServerException", 500),
        ("denied", "AccessDeniedException", 403),
        ("not_found", "ResourceNotFoundException", 404),
        ("too_long", "ValidationException", 400),
    ],
)
def test_faults_come_as_the_service_names_them(cloud: Cloud, bedrock: Any, kind: Any, code: str, status: int) -> None:
    cloud.faults.add("Converse*", kind, times=2)
    for operation in (bedrock.converse, bedrock.converse_stream):
        with pytest.raises(ClientError) as caught:
            operation(modelId=SONNET, messages=user())
        assert caught.value.response["Error"]["Code"] == code
        assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == status
    assert bedrock.converse(modelId=SONNET, messages=user())["stopReason"] == "end_turn"
    assert [call.error for call in cloud.journal.of("Converse*")] == [code, code, None]
    assert len(cloud.journal.succeeded("Converse*")) == 1


def test_a_stream_may_end_in_an_exception(cloud: Cloud, bedrock: Any) -> None:
    cloud.faults.add("ConverseStream", "mid_stream", exception="throttlingException", after=3)
    cloud.script.add(None, "A rather long reply that comes in several pieces, one after the other.")
    with closing(bedrock.converse_stream(modelId=SONNET, messages=user())["stream"]) as stream:
        events = iter(stream)
        assert [next(events) for _ in range(3)]
        with pytest.raises(EventStreamError, match="throttlingException"):
            next(events)
    assert cloud.journal.of("ConverseStream")[0].error == "throttlingException"


def test_a_stream_may_break(cloud: Cloud, bedrock: Any) -> None:
    cloud.faults.add("ConverseStream", "cut_stream")
    with (
        closing(bedrock.converse_stream(modelId=SONNET, messages=user())["stream"]) as stream,
        pytest.raises(Exception, match=r"(?i)connection|premature|incomplete"),
    ):
        list(stream)
    assert not cloud.journal.succeeded("ConverseStream")


def test_a_connection_may_break_before_the_answer(cloud: Cloud, bedrock: Any) -> None:
    cloud.faults.add("Converse", "drop")
    with pytest.raises(ConnectionClosedError):
        bedrock.converse(modelId=SONNET, messages=user())
    assert not cloud.journal.succeeded("Converse")


def test_replies_go_wrong_on_request(cloud: Cloud, bedrock: Any) -> None:
    cloud.script.add(None, {"gist": "A launch on Tuesday.", "points": ["one", "two"]})
    stops = {}
    for kind in ("max_tokens", "refusal", "guardrail", "malformed"):
        cloud.faults.add("Converse", kind)
        answer = bedrock.converse(modelId=SONNET, messages=user(), outputConfig=in_form(SCHEMA))
        stops[kind] = answer["stopReason"]
        with pytest.raises(ValueError, match=r"."):
            json.loads(answer["output"]["message"]["content"][0]["text"])
    assert stops == {
        "max_tokens": "max_tokens",
        "refusal": "content_filtered",
        "guardrail": "guardrail_intervened",
        "malformed": "end_turn",
    }


def test_a_fault_waits_for_its_model_and_its_turn(cloud: Cloud, bedrock: Any) -> None:
    cloud.faults.add("Converse", "throttle", model="haiku", skip=1)
    for model, fails in (
        (SONNET, False),
        ("us.anthropic.claude-haiku-5-5", False),
        ("us.anthropic.claude-haiku-5-5", True),
    ):
        if fails:
            with pytest.raises(ClientError):
                bedrock.converse(modelId=model, messages=user())
        else:
            bedrock.converse(modelId=model, messages=user())
    assert not cloud.faults.waiting()


def test_a_slow_first_byte_is_slow_on_the_clock(cloud: Cloud) -> None:
    client = cloud.client("bedrock-runtime", config=Config(read_timeout=0.3, retries={"total_max_attempts": 1}))
    cloud.faults.add("Converse", "slow", seconds=2)
    with pytest.raises(Exception, match=r"(?i)timeout"):
        client.converse(modelId=SONNET, messages=user())
