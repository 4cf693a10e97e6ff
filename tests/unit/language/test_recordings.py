"""Answers of the live service, recorded by others, go through our own code, their unmodelled members included."""

from __future__ import annotations

import asyncio
import json
from functools import cache
from pathlib import Path
from typing import Any

import boto3
import pytest

from services.language import Prompt
from services.language.asking import ask
from services.language.bedrock import BedrockModel, client_config
from services.language.exchange import Outcome
from services.language.prices import Prices
from services.language.tokens import estimate
from services.vocabulary.errors import OperatorError
from tests.unit.language.recordings import Recorded, as_stream, recordings, served

PROMPT = Prompt(instructions="Be brief.", question="Go on.")


def load(shared: Path) -> list[Recorded]:
    return [each for each in recordings(shared / "fixtures/bedrock") if each.operation.startswith("converse")]


@cache
def client_at(url: str) -> Any:
    session = boto3.Session(aws_access_key_id="a", aws_secret_access_key="b", region_name="us-east-1")
    return session.client("bedrock-runtime", endpoint_url=url, config=client_config())


def made(client: Any, model: str) -> BedrockModel:
    return BedrockModel(client, model, prices=Prices())


async def heard(url: str, each: Recorded) -> Outcome:
    client = await asyncio.to_thread(client_at, url)
    model = await asyncio.to_thread(made, client, each.model)
    pieces = [piece async for piece in model._exchange.talk(ask(PROMPT, "prompted", None, cached=False), PROMPT)]
    assert isinstance(pieces[-1], Outcome)
    texts = [piece for piece in pieces if isinstance(piece, str)]
    if not json_of_a_tool(pieces[-1].said):
        assert "".join(texts) == pieces[-1].said
    return pieces[-1]


def json_of_a_tool(said: str) -> bool:
    return said.startswith("{")


def expected(answer: dict[str, Any]) -> str:
    blocks = answer["output"]["message"]["content"]
    tools = [json.dumps(block["toolUse"]["input"]) for block in blocks if "toolUse" in block]
    texts = [
        block.get("text") or "".join(item["text"] for item in block.get("citationsContent", {}).get("content", ()))
        for block in blocks
    ]
    return tools[0] if tools else "".join(texts)


async def test_every_recorded_answer_is_read(shared: Path) -> None:
    recorded = await asyncio.to_thread(load, shared)
    assert len(recorded) >= 50
    async with served(recorded) as url:
        for each in recorded:
            if each.status != 200:
                with pytest.raises(OperatorError, match="no such language model"):
                    await heard(url, each)
                continue
            outcome = await heard(url, each)
            assert outcome.said, each.name
            assert outcome.usage.input_tokens > 0, each.name
            assert outcome.usage.output_tokens > 0, each.name
            if isinstance(each.answer, bytes):
                continue
            usage = each.answer["usage"]
            cached = [usage.get(f"cache{way}InputTokens", 0) for way in ("Read", "Write")]
            assert [outcome.usage.cache_read_tokens, outcome.usage.cache_write_tokens] == cached, each.name
            assert outcome.usage.input_tokens == usage["inputTokens"] + sum(cached), each.name
            assert outcome.usage.output_tokens == usage["outputTokens"], each.name
            said, should = outcome.said, expected(each.answer)
            same = json.loads(said) == json.loads(should) if json_of_a_tool(should) else said == should
            assert same, each.name


def written(each: Recorded) -> str | None:
    """All that the model wrote, where the recording holds it: thoughts of the newest models are shortened in it."""
    if each.status != 200 or isinstance(each.answer, bytes):
        return None
    blocks = each.answer["output"]["message"]["content"]
    kinds = {name for block in blocks for name in block}
    if not kinds <= {"text", "reasoningContent"} or ("sonnet-5" in each.model and kinds != {"text"}):
        return None
    thoughts = [block["reasoningContent"]["reasoningText"]["text"] for block in blocks if "reasoningContent" in block]
    return "".join([*thoughts, *(block["text"] for block in blocks if "text" in block)])


async def test_estimates_are_not_far_below_what_the_service_counted(shared: Path) -> None:
    ratios = {}
    models: dict[str, BedrockModel] = {}
    for each in await asyncio.to_thread(load, shared):
        if (text := written(each)) and not isinstance(each.answer, bytes):
            if each.model not in models:
                models[each.model] = await asyncio.to_thread(
                    made, await asyncio.to_thread(client_at, "http://127.0.0.1:9"), each.model
                )
            counted = each.answer["usage"]["outputTokens"]
            if counted >= 25:
                ratios[each.name] = round(models[each.model].tokens(text) / counted, 2)
    assert len(ratios) >= 10
    assert min(ratios.values()) >= 0.9, ratios
    assert max(ratios.values()) <= 1.5, ratios


async def test_an_answer_with_members_that_no_model_knows_is_read() -> None:
    """The like of the recordings, for where they are not at hand."""
    answer = {
        "metrics": {"latencyMs": 12, "jitter": 1},
        "output": {
            "message": {
                "role": "assistant",
                "content": [
                    {"reasoningContent": {"reasoningText": {"text": "Hm.", "signature": "c2ln"}}},
                    {"toolUse": {"input": {"a": 1}, "name": "final", "toolUseId": "t1", "type": "tool_use"}},
                ],
            }
        },
        "stopReason": "tool_use",
        "usage": {
            "inputTokens": 5,
            "outputTokens": 7,
            "totalTokens": 112,
            "cacheReadInputTokens": 100,
            "cacheWriteInputTokens": 0,
            "serverToolUsage": {},
            "cacheReadInputTokenCount": 100,
        },
        "novelty": {"x": [1]},
    }
    each = Recorded("own", "us.anthropic.claude-sonnet-4-6", "converse", 200, {}, as_stream(answer))
    async with served([each]) as url:
        outcome = await heard(url, each)
    assert json.loads(outcome.said) == {"a": 1}
    usage = outcome.usage
    assert (usage.input_tokens, usage.cache_read_tokens, usage.output_tokens) == (105, 100, 7)
    assert outcome.stop == "tool_use"


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("The lamp of the lighthouse will be replaced on the third of March.", 14, 24),
        ("Die Lampe des Leuchtturms wird am dritten März ausgetauscht.", 14, 26),
        ("Лампа маяка будет заменена третьего марта.", 12, 30),
        ("三月三日将更换灯塔的灯。", 12, 24),
        ("灯台のランプは三月三日に交換されます。", 14, 30),
        ("등대의 램프는 삼월 삼일에 교체됩니다.", 14, 30),
        ("سيتم استبدال مصباح المنارة في الثالث من مارس.", 16, 45),
        ("2026-03-03 14:35:07, 1,234.56 €", 15, 30),
    ],
)
def test_estimates_hold_for_many_scripts(text: str, least: int, most: int) -> None:
    assert least <= estimate(text) <= most


def test_an_estimate_of_a_whole_day_of_talk_is_quick() -> None:
    assert estimate("The lamp will be replaced. " * 40_000) > 200_000
