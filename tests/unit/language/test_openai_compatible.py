"""A server that speaks OpenAI's chat completions, in what is its own."""

from __future__ import annotations

import asyncio
import json
from contextlib import aclosing

import pytest

from services.language import Usage
from services.language.mishaps import BrokenError, BusyError
from services.vocabulary.errors import OperatorError, UserError
from tests.contract.language_places import chat
from tests.unit.language.kinds import GOOD, PROMPT, Gist

TEXT = "It is about lamps, which are replaced. " * 10


async def test_the_type_goes_as_a_schema() -> None:
    async with chat(key="k") as (server, model):
        server.says = [json.dumps(GOOD)]
        await model.reply(PROMPT, Gist)
    (request,) = server.requests
    assert request["response_format"]["json_schema"]["schema"]["required"][:1] == ["line"]
    assert request["max_tokens"] == 4096
    assert request["messages"][0] == {"role": "system", "content": PROMPT.instructions}


async def test_a_server_that_refuses_schemas_gets_words() -> None:
    async with chat() as (server, model):
        server.says = [f"Here you are:\n```json\n{json.dumps(GOOD)}\n```"]
        server.faults = ["no_schemas"]
        reply = await model.reply(PROMPT, Gist)
    assert reply.value.line == "It is about lamps."
    assert ["response_format" in request for request in server.requests] == [True, False]
    assert '"line"' in str(server.requests[1]["messages"][-1]["content"])


@pytest.mark.parametrize("fault", ["mid_stream", "hang_up"])
async def test_a_broken_stream_is_asked_for_once_more(fault: str) -> None:
    async with chat() as (server, model):
        server.says = [json.dumps(GOOD)]
        server.faults = [fault]
        assert (await model.reply(PROMPT, Gist)).value
        assert len(server.requests) == 2
        server.faults = [fault, fault]
        with pytest.raises(BrokenError):
            await model.reply(PROMPT, Gist)
        assert len(server.requests) == 4


@pytest.mark.parametrize("fault", ["throttle", "overloaded", "broken"])
async def test_a_busy_server_is_asked_once(fault: str) -> None:
    async with chat() as (server, model):
        server.faults = [fault]
        with pytest.raises(BusyError):
            await model.reply(PROMPT, Gist)
    assert len(server.requests) == 1


@pytest.mark.parametrize("fault", ["denied", "unknown"])
async def test_a_wrong_key_or_name_is_the_operators_to_mend(fault: str) -> None:
    async with chat() as (server, model):
        server.faults = [fault]
        with pytest.raises(OperatorError, match="Check"):
            await model.reply(PROMPT, Gist)


async def test_a_server_that_is_not_there_is_busy() -> None:
    async with chat() as (server, _):
        pass
    async with chat() as (_, other):
        other._client.base_url = server.url
        with pytest.raises(BusyError):
            await other.reply(PROMPT, Gist)


async def test_a_cut_reply_and_a_filtered_one() -> None:
    async with chat() as (server, model):
        server.says = [json.dumps(GOOD)]
        server.faults = ["cut"]
        assert (await model.reply(PROMPT, Gist)).usage.calls == 2
        assert [request["max_tokens"] for request in server.requests] == [4096, 8192]
        server.faults = ["filtered"]
        with pytest.raises(UserError, match="declined"):
            await model.reply(PROMPT, Gist)


async def test_leaving_a_stream_hangs_up() -> None:
    used: list[Usage] = []
    async with chat(observe=lambda _, usage: used.append(usage)) as (server, model):
        server.says = [TEXT * 40]
        async with aclosing(model.stream(PROMPT)) as pieces:
            async for _ in pieces:
                break
        for _ in range(100):
            if server.left:
                break
            await asyncio.sleep(0.02)
    assert server.left == 1
    assert len(used) == 1
    assert used[0].cost
