from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import aiohttp
import pytest
import pytest_asyncio

from tests.slack.local_workspace import LocalWorkspace, eventually
from tests.slack.sandbox.app import connected, new_app
from tests.slack.transports.wire import Wire, wire_to

_WAIT = 60.0


@pytest_asyncio.fixture
async def wires(sandbox: LocalWorkspace) -> AsyncIterator[list[Wire]]:
    """Two connections of the app, greeted."""
    async with AsyncExitStack() as stack:
        found = [await wire_to(sandbox, stack) for _ in range(2)]
        assert [(await wire.next())["num_connections"] for wire in found] == [1, 2]
        yield found


async def _say(sandbox: LocalWorkspace, *texts: str) -> None:
    for text in texts:
        await sandbox.person("ada").post(sandbox.channel("general"), text)


async def test_deliveries_take_turns_and_any_connection_may_ack(sandbox: LocalWorkspace, wires: list[Wire]) -> None:
    await _say(sandbox, "one", "two")
    first, second = await wires[0].next(), await wires[1].next()
    assert {each["payload"]["event"]["text"] for each in (first, second)} == {"one", "two"}
    await wires[0].ack(second)
    await wires[0].ack(first)
    await eventually(lambda: all(each.acked is not None for each in sandbox.slack.journal.deliveries), _WAIT)
    sandbox.clock.advance(600)
    await asyncio.sleep(0.05)
    assert len(sandbox.slack.journal.deliveries) == 2


async def test_what_a_dead_connection_took_comes_again_on_the_other(sandbox: LocalWorkspace, wires: list[Wire]) -> None:
    await _say(sandbox, "hello")
    first = await wires[0].next()
    await wires[0].socket.close()
    await eventually(lambda: sandbox.slack.socket_mode.connections == 1, _WAIT)
    sandbox.clock.advance(3.1)
    again = await wires[1].next()
    assert again["payload"] == first["payload"]
    assert (again["retry_attempt"], again["retry_reason"]) == (1, "timeout")
    await wires[1].ack(again)


async def test_after_a_request_to_refresh_an_ack_still_counts(sandbox: LocalWorkspace, wires: list[Wire]) -> None:
    await _say(sandbox, "hello")
    envelope = await wires[0].next()
    assert (await sandbox.control("disconnect"))["connections"] == 2
    assert (await wires[0].next())["reason"] == "refresh_requested"
    assert sandbox.slack.socket_mode.connections == 0
    await wires[0].ack(envelope)
    await eventually(lambda: sandbox.slack.journal.deliveries[0].acked is not None, _WAIT)
    sandbox.clock.advance(10.1)
    assert await wires[0].end() in {aiohttp.WSMsgType.CLOSED, aiohttp.WSMsgType.ERROR}


async def test_a_warning_comes_ten_seconds_before_the_request(sandbox: LocalWorkspace, wires: list[Wire]) -> None:
    await sandbox.control("disconnect", reason="warning")
    assert [(await wire.next())["reason"] for wire in wires] == ["warning", "warning"]
    await _say(sandbox, "still there")
    await wires[0].ack(await wires[0].next())
    sandbox.clock.advance(10.1)
    assert [(await wire.next())["reason"] for wire in wires] == ["refresh_requested", "refresh_requested"]


async def test_a_hard_disconnect_says_nothing(sandbox: LocalWorkspace, wires: list[Wire]) -> None:
    assert (await sandbox.control("disconnect", hard=True))["connections"] == 2
    for wire in wires:
        assert await wire.end() in {aiohttp.WSMsgType.CLOSED, aiohttp.WSMsgType.ERROR, aiohttp.WSMsgType.CLOSE}


async def test_a_disabled_link_lets_nobody_in_until_it_is_enabled(sandbox: LocalWorkspace, wires: list[Wire]) -> None:
    await sandbox.control("disconnect", reason="link_disabled")
    assert [(await wire.next())["reason"] for wire in wires] == ["link_disabled", "link_disabled"]
    async with AsyncExitStack() as stack:
        refused = await wire_to(sandbox, stack)
        assert (await refused.next())["reason"] == "link_disabled"
        await _say(sandbox, "waits")
        await sandbox.control("socket_mode")
        taken = await wire_to(sandbox, stack)
        assert (await taken.next())["type"] == "hello"
        assert (await taken.next())["payload"]["event"]["text"] == "waits"


async def test_the_eleventh_connection_is_one_too_many(sandbox: LocalWorkspace) -> None:
    async with AsyncExitStack() as stack:
        for _ in range(10):
            assert (await (await wire_to(sandbox, stack)).next())["type"] == "hello"
        assert (await (await wire_to(sandbox, stack)).next())["reason"] == "too_many_websockets"


async def test_each_app_has_its_own_connections(sandbox: LocalWorkspace, wires: list[Wire]) -> None:
    other = await sandbox.control("apps", name="Other", install=True)
    async with AsyncExitStack() as stack:
        wire = await wire_to(sandbox, stack, other["app_token"])
        assert (await wire.next())["connection_info"] == {"app_id": other["app_id"]}
        await _say(sandbox, "hello")
        mine, theirs = await wires[0].next(), await wire.next()
        assert mine["payload"]["event"] == theirs["payload"]["event"]
        assert mine["payload"]["event_id"] != theirs["payload"]["event_id"]
        assert theirs["payload"]["api_app_id"] == other["app_id"]
        await wires[0].ack(theirs)
        await wires[0].ack(mine)
        await eventually(lambda: sum(e.acked is not None for e in sandbox.slack.journal.deliveries) == 1, _WAIT)
        await wire.ack(theirs)
        await eventually(lambda: sum(e.acked is not None for e in sandbox.slack.journal.deliveries) == 2, _WAIT)


@pytest.mark.parametrize("hard", [False, True])
async def test_two_bolts_share_the_work_and_lose_nothing_while_they_reconnect(
    sandbox: LocalWorkspace, *, hard: bool
) -> None:
    apps = [new_app(sandbox), new_app(sandbox)]
    texts = [f"number {number}" for number in range(12)]

    def heard() -> set[str]:
        return {event["text"] for app in apps for event in app.events}

    async with connected(sandbox, apps[0].app), connected(sandbox, apps[1].app):
        await _say(sandbox, *texts[:6])
        assert (await sandbox.control("disconnect", hard=hard))["connections"] == 2
        await _say(sandbox, *texts[6:])
        await eventually(lambda: heard() == set(texts), _WAIT)
        assert all(app.events for app in apps)
