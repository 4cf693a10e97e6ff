"""What goes wrong with Bedrock ends in the right way, and nothing is paid twice: the calls are counted."""

from __future__ import annotations

import asyncio
import time
from contextlib import aclosing
from typing import Any

import pytest
from botocore.config import Config

from sandbox.aws import Cloud
from services.language import UnusableError, Usage
from services.language.mishaps import BrokenError, BusyError, TimedOutError
from services.vocabulary.errors import OperatorError, RetryableError, UserError
from tests.contract.language_places import CLAUDE, NOVA, bedrock
from tests.unit.language.kinds import GOOD, PROMPT, Gist

LONG_TEXT = "It is about lamps, which are replaced. " * 20


@pytest.mark.parametrize("kind", ["throttle", "not_ready", "unavailable", "internal"])
async def test_what_refused_before_it_began_is_asked_once(cloud: Cloud, kind: Any) -> None:
    cloud.faults.add("Converse*", kind, times=5)
    model = await bedrock(cloud, CLAUDE)
    with pytest.raises(BusyError) as raised:
        await model.reply(PROMPT, Gist)
    assert not isinstance(raised.value, BrokenError)
    assert cloud.journal.count("Converse*") == 1


@pytest.mark.parametrize("kind", ["timeout", "model_error", "mid_stream", "cut_stream", "drop"])
async def test_what_broke_under_way_is_asked_once_more(cloud: Cloud, kind: Any) -> None:
    cloud.script.add(None, GOOD)
    cloud.faults.add("Converse*", kind)
    used: list[Usage] = []
    model = await bedrock(cloud, CLAUDE, observe=lambda _, usage: used.append(usage))
    reply = await model.reply(PROMPT, Gist)
    assert reply.value.line == "It is about lamps."
    assert cloud.journal.count("Converse*") == 2
    assert reply.usage.calls == 1


@pytest.mark.parametrize("kind", ["timeout", "model_error", "mid_stream", "cut_stream"])
async def test_what_breaks_twice_is_left_to_time(cloud: Cloud, kind: Any) -> None:
    cloud.script.add(None, GOOD)
    cloud.faults.add("Converse*", kind, times=0)
    model = await bedrock(cloud, CLAUDE)
    with pytest.raises(RetryableError):
        await model.reply(PROMPT, Gist)
    assert cloud.journal.count("Converse*") == 2


async def test_a_stream_that_breaks_before_its_first_piece_begins_anew(cloud: Cloud) -> None:
    cloud.script.add(None, LONG_TEXT)
    cloud.faults.add("Converse*", "mid_stream", after=1)
    model = await bedrock(cloud, CLAUDE)
    assert "".join([piece.text async for piece in model.stream(PROMPT)]) == LONG_TEXT
    assert cloud.journal.count("Converse*") == 2


async def test_a_stream_that_breaks_later_does_not_say_its_beginning_twice(cloud: Cloud) -> None:
    cloud.script.add(None, LONG_TEXT)
    cloud.faults.add("Converse*", "mid_stream", after=6)
    model, heard = await bedrock(cloud, CLAUDE), list[str]()

    async def hear() -> None:
        async for piece in model.stream(PROMPT):
            heard.append(piece.text)

    with pytest.raises(BrokenError):
        await hear()
    assert heard
    assert LONG_TEXT.startswith("".join(heard))
    assert cloud.journal.count("Converse*") == 1


async def test_a_slow_first_byte_is_waited_for(cloud: Cloud) -> None:
    cloud.script.add(None, GOOD)
    cloud.faults.add("Converse*", "slow", seconds=0.7)
    model = await bedrock(cloud, CLAUDE)
    reply = await model.reply(PROMPT, Gist)
    assert reply.usage.seconds > 0.6
    assert cloud.journal.count("Converse*") == 1


async def test_a_read_timeout_is_never_paid_twice(cloud: Cloud) -> None:
    cloud.script.add(None, GOOD)
    cloud.faults.add("Converse*", "slow", seconds=2, times=0)
    impatient = Config(read_timeout=0.5, retries={"mode": "standard", "total_max_attempts": 1})
    model = await bedrock(cloud, CLAUDE, config=impatient)
    with pytest.raises(TimedOutError):
        await model.reply(PROMPT, Gist)
    assert cloud.journal.count("Converse*") == 1


async def test_a_cut_reply_is_asked_for_with_twice_the_room(cloud: Cloud) -> None:
    cloud.script.add(None, GOOD)
    cloud.faults.add("Converse*", "max_tokens")
    reply = await (await bedrock(cloud, CLAUDE)).reply(PROMPT, Gist)
    limits = [call.parameters["inferenceConfig"]["maxTokens"] for call in cloud.journal.of("Converse*")]
    assert limits == [4096, 8192]
    assert reply.usage.calls == 2


async def test_and_then_for_fewer_items_and_then_no_more(cloud: Cloud) -> None:
    cloud.script.add(None, GOOD)
    cloud.faults.add("Converse*", "max_tokens", times=0)
    with pytest.raises(UnusableError):
        await (await bedrock(cloud, CLAUDE)).reply(PROMPT, Gist)
    calls = cloud.journal.of("Converse*")
    assert [call.parameters["inferenceConfig"]["maxTokens"] for call in calls] == [4096, 8192, 8192]
    assert "fewer" in str(calls[-1].parameters["messages"][-1])


async def test_what_cannot_be_lengthened_is_shortened_at_once(cloud: Cloud) -> None:
    """Nova Pro writes 10,000 tokens at most; asking it for more would be refused."""
    cloud.script.add(None, GOOD)
    cloud.faults.add("Converse*", "max_tokens")
    await (await bedrock(cloud, NOVA)).reply(PROMPT.model_copy(update={"max_tokens": 12_000}), Gist)
    calls = cloud.journal.of("Converse*")
    assert [call.parameters["inferenceConfig"]["maxTokens"] for call in calls] == [10_000, 10_000]


async def test_a_cut_stream_ends_with_its_usage(cloud: Cloud) -> None:
    cloud.script.add(None, LONG_TEXT)
    cloud.faults.add("Converse*", "max_tokens")
    model = await bedrock(cloud, CLAUDE)
    pieces = [piece async for piece in model.stream(PROMPT)]
    assert pieces[-1].usage
    assert cloud.journal.count("Converse*") == 1


@pytest.mark.parametrize(("kind", "word"), [("refusal", "declined"), ("guardrail", "rules")])
async def test_withheld_content_is_said_in_a_sentence(cloud: Cloud, kind: Any, word: str) -> None:
    cloud.script.add(None, GOOD)
    cloud.faults.add("Converse*", kind, times=0)
    model = await bedrock(cloud, CLAUDE)
    with pytest.raises(UserError, match=word):
        await model.reply(PROMPT, Gist)
    with pytest.raises(UserError, match=word):
        [piece async for piece in model.stream(PROMPT)]
    assert cloud.journal.count("Converse*") == 2


async def test_malformed_json_is_repaired_once(cloud: Cloud) -> None:
    cloud.script.add(None, GOOD)
    cloud.faults.add("Converse*", "malformed")
    reply = await (await bedrock(cloud, CLAUDE)).reply(PROMPT, Gist)
    assert (reply.usage.calls, cloud.journal.count("Converse*")) == (2, 2)


async def test_malformed_json_twice_is_unusable(cloud: Cloud) -> None:
    cloud.script.add(None, GOOD)
    cloud.faults.add("Converse*", "malformed", times=0)
    with pytest.raises(UnusableError):
        await (await bedrock(cloud, NOVA)).reply(PROMPT, Gist)
    assert cloud.journal.count("Converse*") == 2


@pytest.mark.parametrize("kind", ["denied", "not_found", "quota"])
async def test_wrong_settings_name_their_remedy(cloud: Cloud, kind: Any) -> None:
    cloud.faults.add("Converse*", kind)
    with pytest.raises(OperatorError, match=r"Check|Ask"):
        await (await bedrock(cloud, CLAUDE)).reply(PROMPT, Gist)
    assert cloud.journal.count("Converse*") == 1


async def test_a_window_that_overflows_while_writing_is_the_callers_fault(cloud: Cloud) -> None:
    from sandbox.aws.replies import Reply  # noqa: PLC0415 - the stand-in's, for a rare stop

    cloud.script.add(None, Reply(text="{", stop="model_context_window_exceeded"))
    with pytest.raises(ValueError, match="too long"):
        await (await bedrock(cloud, CLAUDE)).reply(PROMPT, Gist)


async def test_leaving_a_stream_ends_the_call_and_counts_what_was_heard(cloud: Cloud) -> None:
    cloud.script.add(None, "word " * 30_000)
    used: list[Usage] = []
    model = await bedrock(cloud, CLAUDE, observe=lambda _, usage: used.append(usage), at_once=1)
    began = time.monotonic()
    async with aclosing(model.stream(PROMPT.model_copy(update={"max_tokens": 60_000}))) as pieces:
        async for piece in pieces:
            if piece.text:
                break
    assert len(used) == 1
    assert 0 < used[0].output_tokens < 100
    # The only lane is free again.
    cloud.script.reset()
    cloud.script.add(None, GOOD)
    await model.reply(PROMPT, Gist)
    assert time.monotonic() - began < 10


async def test_a_canceled_call_gives_its_lane_back(cloud: Cloud) -> None:
    cloud.script.add(None, GOOD)
    cloud.faults.add("Converse*", "slow", seconds=3)
    model = await bedrock(cloud, CLAUDE, at_once=1)
    task = asyncio.create_task(model.reply(PROMPT, Gist))
    await asyncio.sleep(0.3)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with asyncio.timeout(2):
        assert (await model.reply(PROMPT, Gist)).value


async def test_no_more_calls_run_at_once_than_were_allowed(cloud: Cloud) -> None:
    cloud.script.add(None, GOOD)
    cloud.faults.add("Converse*", "slow", seconds=0.2, times=0)
    model = await bedrock(cloud, CLAUDE, at_once=2)
    began = time.monotonic()
    await asyncio.gather(*(model.reply(PROMPT, Gist) for _ in range(6)))
    assert time.monotonic() - began >= 0.6
