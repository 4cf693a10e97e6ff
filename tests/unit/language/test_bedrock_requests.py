"""What is sent to Bedrock, as the stand-in saw it after checking it against the service's own model."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from sandbox.aws import Cloud
from services.language import Prompt, Usage
from services.language.bedrock import BedrockModel, client_config
from services.language.prices import Prices
from services.vocabulary.errors import OperatorError
from tests.contract.language_places import CLAUDE, FABLE, HAIKU, NOVA, bedrock
from tests.unit.language.kinds import GOOD, PROMPT, Gist

LONG = PROMPT.model_copy(update={"material": "The lamp will be replaced tomorrow. " * 800})


def sent(cloud: Cloud, index: int = -1) -> dict[str, Any]:
    return cloud.journal.of("Converse*")[index].parameters


async def test_it_always_streams_and_always_bounds_the_reply(cloud: Cloud) -> None:
    cloud.script.add(None, GOOD)
    model = await bedrock(cloud, CLAUDE)
    await model.reply(PROMPT, Gist)
    assert [call.operation for call in cloud.journal.calls] == ["ConverseStream"]
    assert sent(cloud)["inferenceConfig"] == {"maxTokens": 4096}


@pytest.mark.parametrize(
    ("model_id", "has"),
    [(CLAUDE, {"outputConfig"}), (HAIKU, {"outputConfig"}), (NOVA, {"toolConfig"}), (FABLE, {"toolConfig"})],
)
async def test_each_model_gets_the_type_in_the_way_it_supports(cloud: Cloud, model_id: str, has: set[str]) -> None:
    cloud.script.add(None, GOOD)
    await (await bedrock(cloud, model_id)).reply(PROMPT, Gist)
    assert {"outputConfig", "toolConfig"} & set(sent(cloud)) == has


async def test_the_material_is_read_from_the_cache_by_the_next_question(cloud: Cloud) -> None:
    cloud.script.add(None, GOOD)
    model = await bedrock(cloud, CLAUDE)
    first = (await model.reply(LONG, Gist)).usage
    again = (await model.reply(LONG.model_copy(update={"question": "And who does it?"}), Gist)).usage
    assert first.cache_read_tokens == 0
    assert first.cache_write_tokens > 2048
    assert again.cache_write_tokens == 0
    assert again.cache_read_tokens / again.input_tokens >= 0.9
    assert first.cost
    assert again.cost
    assert again.cost < first.cost / 2
    blocks = [list(block) for block in sent(cloud)["messages"][0]["content"]]
    assert blocks == [["text"], ["cachePoint"], ["text"]]
    assert sent(cloud, 0)["messages"][0]["content"][:2] == sent(cloud, 1)["messages"][0]["content"][:2]
    assert sent(cloud, 0)["system"] == sent(cloud, 1)["system"]


async def test_little_material_gets_no_cache_point(cloud: Cloud) -> None:
    cloud.script.add(None, GOOD)
    await (await bedrock(cloud, CLAUDE)).reply(PROMPT, Gist)
    assert [list(block) for block in sent(cloud)["messages"][0]["content"]] == [["text"], ["text"]]


async def test_a_repair_reads_what_the_first_try_wrote(cloud: Cloud) -> None:
    cloud.script.add(None, {"points": []}, GOOD)
    used: list[Usage] = []
    model = await bedrock(cloud, CLAUDE, observe=lambda _, usage: used.append(usage))
    reply = await model.reply(LONG, Gist)
    assert used[1].cache_read_tokens == used[0].cache_write_tokens > 0
    assert reply.usage.input_tokens == sum(usage.input_tokens for usage in used)
    assert "line" in sent(cloud)["messages"][-1]["content"][0]["text"]
    assert [message["role"] for message in sent(cloud)["messages"]] == ["user", "assistant", "user"]


async def test_options_and_labels_go_with_the_request(cloud: Cloud) -> None:
    cloud.script.add(None, GOOD)
    model = await bedrock(cloud, HAIKU, guardrail="gr1abc:2", tier="flex", labels={"app": "earshot"})
    asked = PROMPT.model_copy(update={"subject": "T1:Cü:5|F" + "x" * 300, "effort": "low"})
    await model.reply(asked, Gist)
    request = sent(cloud)
    assert request["guardrailConfig"]["guardrailIdentifier"] == "gr1abc"
    assert request["guardrailConfig"]["guardrailVersion"] == "2"
    assert request["serviceTier"] == {"type": "flex"}
    assert request["requestMetadata"] == {
        "app": "earshot",
        "purpose": "summary",
        "workspace": "T1",
        "recap": ("T1:C_:5_F" + "x" * 300)[:256],
    }
    assert request["additionalModelRequestFields"]["output_config"] == {"effort": "low"}
    # The model thinks within the same limit, so the limit has room for it.
    assert request["inferenceConfig"]["maxTokens"] == 4096 + 4096


async def test_an_effort_that_the_model_does_not_know_is_not_sent(cloud: Cloud) -> None:
    cloud.script.add(None, GOOD)
    model = await bedrock(cloud, "us.anthropic.claude-haiku-4-5-20251001-v1:0")
    await model.reply(PROMPT.model_copy(update={"effort": "high"}), Gist)
    assert "additionalModelRequestFields" not in sent(cloud)


async def test_a_prompt_may_be_a_question_alone(cloud: Cloud) -> None:
    cloud.script.add(None, "Yes.")
    model = await bedrock(cloud, CLAUDE)
    assert [piece.text async for piece in model.stream(Prompt(instructions="", question="Well?"))] == ["Yes.", ""]


@pytest.mark.parametrize("name", ["gr1abc", "gr1abc:latest", "arn:aws:bedrock:us-east-1:123456789012:guardrail/abc"])
def test_a_guardrail_without_a_version_is_the_operators_to_mend(name: str) -> None:
    with pytest.raises(OperatorError, match="id:version"):
        BedrockModel(None, CLAUDE, prices=Prices(), guardrail=name)


async def test_a_model_that_converse_does_not_serve_is_refused_at_once(cloud: Cloud) -> None:
    with pytest.raises(OperatorError, match="Converse"):
        await bedrock(cloud, "openai.gpt-5.6-cyber")


async def test_missing_credentials_are_the_operators_to_mend(
    cloud: Cloud, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_BEARER_TOKEN_BEDROCK"):
        monkeypatch.delenv(name, raising=False)
    for name in ("AWS_SHARED_CREDENTIALS_FILE", "AWS_CONFIG_FILE"):
        monkeypatch.setenv(name, str(tmp_path / "none"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")

    def make() -> BedrockModel:
        import boto3  # noqa: PLC0415 - a session of its own, without the stand-in's keys

        session = boto3.Session(region_name="us-east-1")
        client = session.client("bedrock-runtime", endpoint_url=cloud.url, config=client_config())
        return BedrockModel(client, CLAUDE, prices=Prices())

    model = await asyncio.to_thread(make)
    with pytest.raises(OperatorError, match="credentials"):
        await model.reply(PROMPT, Gist)
