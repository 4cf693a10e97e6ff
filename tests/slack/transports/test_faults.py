from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import AsyncExitStack

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError

from tests.slack.local_workspace import LocalWorkspace, eventually
from tests.slack.sandbox.app import Heard, connected, new_app
from tests.slack.transports.wire import wire_to

_WAIT = 60.0


def _texts(heard: Heard) -> list[str]:
    return [event["text"] for event in heard.of("message")]


async def _say(sandbox: LocalWorkspace, *texts: str) -> None:
    for text in texts:
        await sandbox.person("ada").post(sandbox.channel("general"), text)


async def test_a_reordered_delivery_comes_after_the_next(sandbox: LocalWorkspace) -> None:
    await sandbox.fault(delivery="reorder")
    async with AsyncExitStack() as stack:
        wire = await wire_to(sandbox, stack)
        assert (await wire.next())["type"] == "hello"
        await _say(sandbox, "first", "second", "third")
        sent = [await wire.next() for _ in range(3)]
        for envelope in sent:
            await wire.ack(envelope)
    assert [each["payload"]["event"]["text"] for each in sent] == ["second", "first", "third"]


async def test_a_reordered_delivery_that_nothing_follows_comes_by_itself(sandbox: LocalWorkspace) -> None:
    heard = new_app(sandbox)
    await sandbox.fault(delivery="reorder")
    async with connected(sandbox, heard.app):
        await _say(sandbox, "alone")
        await asyncio.sleep(0.05)
        assert not heard.events
        sandbox.clock.advance(3.1)
        await eventually(lambda: heard.events, _WAIT)


async def test_a_delayed_delivery_follows_the_clock(sandbox: LocalWorkspace) -> None:
    heard = new_app(sandbox)
    await sandbox.fault(delivery="delay", delay=120)
    async with connected(sandbox, heard.app):
        await _say(sandbox, "late", "in time")
        await eventually(lambda: heard.events, _WAIT)
        sandbox.clock.advance(121)
        await eventually(lambda: len(heard.events) == 2, _WAIT)
    assert _texts(heard) == ["in time", "late"]


async def test_faults_are_counted_spared_and_narrowed_to_a_type(sandbox: LocalWorkspace) -> None:
    heard = new_app(sandbox)
    bot = sandbox.info["bot"]["user_id"]
    await sandbox.fault(delivery="duplicate", event="message", after=1, times=2)
    async with connected(sandbox, heard.app):
        await _say(sandbox, f"<@{bot}> one", f"<@{bot}> two", f"<@{bot}> three", f"<@{bot}> four")
        await eventually(lambda: len(heard.events) == 10, _WAIT)
    times = Counter(text.split()[1] for text in _texts(heard))
    assert times == {"one": 1, "two": 2, "three": 2, "four": 1}
    assert len(heard.of("app_mention")) == 4
    assert not sandbox.slack.faults.to_json()


async def test_a_fault_hits_one_workspace(sandbox: LocalWorkspace) -> None:
    other, heard = await sandbox.another(), new_app(sandbox)
    await sandbox.fault(delivery="duplicate", team=other.team, times=0)
    await sandbox.fault(method="chat.postMessage", team=other.team, error="fatal_error", times=0)
    async with connected(sandbox, heard.app):
        await _say(sandbox, "here")
        with pytest.raises(SlackApiError, match="fatal_error"):
            await other.person("ada").post(other.channel("general"), "there")
        await other.person("ada").share(other.channel("general"), b"x", "x.txt")
        await eventually(lambda: len(heard.of("message", "file_share")) == 2, _WAIT)
    assert _texts(heard) == ["here"]


async def test_commands_are_hit_only_by_name(sandbox: LocalWorkspace) -> None:
    heard, ran = new_app(sandbox), list[str]()
    ada, general = sandbox.person("ada"), sandbox.channel("general")

    @heard.app.command("/go")
    async def on_command(ack: object, command: dict[str, str]) -> None:
        ran.append(command["text"])
        await ack("done")  # type: ignore[operator]

    async with connected(sandbox, heard.app):
        await sandbox.fault(delivery="drop", times=0)
        assert (await ada.command(general, "/go", "one"))["ok"]
        await sandbox.control("reset")
        for kind, heard_it in (("drop", False), ("lost_ack", True)):
            await sandbox.fault(delivery=kind, event="slash_commands")
            typed = asyncio.create_task(ada.command(general, "/go", kind))
            await eventually(lambda: sandbox.slack.journal.deliveries, _WAIT)
            while not typed.done():
                sandbox.clock.advance(1)
                await asyncio.sleep(0.02)
            assert typed.result()["error"] == "operation_timeout"
            assert (kind in ran) == heard_it
            await sandbox.control("reset")
        await sandbox.fault(delivery="duplicate", event="slash_commands")
        assert (await ada.command(general, "/go", "twice"))["response"] == {"text": "done"}
        await eventually(lambda: ran.count("twice") == 2, _WAIT)


async def test_the_journal_says_what_went_wrong(sandbox: LocalWorkspace) -> None:
    heard = new_app(sandbox)
    await sandbox.fault(delivery="lost_ack")
    async with connected(sandbox, heard.app):
        await _say(sandbox, "hello")
        await eventually(lambda: heard.events, _WAIT)
        while len(heard.events) < 2:
            sandbox.clock.advance(1)
            await asyncio.sleep(0.02)
        await eventually(lambda: sandbox.slack.journal.deliveries[-1].acked is not None, _WAIT)
    first, second = (await sandbox.journal())["deliveries"]
    assert (first["fault"], first["failed"], second["retry_reason"]) == ("lost_ack", "timeout", "timeout")
    assert (first["event_id"], first["team"], first["app"]) == (second["event_id"], sandbox.team, "A0EARSHOT01")
    await sandbox.control("reset")
    assert (await sandbox.journal()) == {"ok": True, "calls": [], "deliveries": []}


@pytest.mark.parametrize("drop", ["before", "after"])
async def test_a_connection_is_dropped_before_or_after_the_effect(sandbox: LocalWorkspace, drop: str) -> None:
    await sandbox.fault(method="chat.postMessage", drop=drop)
    general = sandbox.channel("general")
    headers, body = {"Authorization": "Bearer xoxb-sandbox"}, {"channel": general, "text": "x"}
    with pytest.raises(aiohttp.ClientError):
        async with sandbox.session.post(f"{sandbox.api_url}chat.postMessage", json=body, headers=headers):
            pass
    posted = await sandbox.person("ada").messages(general)
    assert len(posted) == (1 if drop == "after" else 0)


@pytest.mark.parametrize(
    "nonsense",
    [
        {"method": "x", "delivery": "drop"},
        {"delivery": "eaten"},
        {"times": 1},
        {"method": "x", "drop": "sometimes"},
        {"method": "x", "color": "red"},
    ],
)
async def test_a_fault_that_makes_no_sense_is_refused(sandbox: LocalWorkspace, nonsense: dict[str, object]) -> None:
    assert (await sandbox.control("faults", **nonsense))["error"] == "invalid_arguments"
    assert not sandbox.slack.faults.to_json()
