"""People act, and Slack and the network misbehave at random: nothing is lost, nothing is doubled."""

from __future__ import annotations

import asyncio
import contextlib
import random
import signal
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from benchmarks.bench.gauges import percentile
from tests.slack.local_workspace import LocalWorkspace, local_workspace
from tests.workflow.earshot import free_port, manifest_for, until
from tests.workflow.schedule import Schedule
from tests.workflow.test_crashes import Victim

# Slack tries again after one minute and after five, and a bot that was out of reach works off what it missed.
_BOUND_SECONDS = 600.0
_MOST_OPEN = 10
_CALLS = (
    "chat.postMessage",
    "chat.update",
    "chat.startStream",
    "chat.appendStream",
    "chat.stopStream",
    "reactions.add",
    "reactions.remove",
    "files.info",
    "files.getUploadURLExternal",
    "files.completeUploadExternal",
    "conversations.replies",
    "users.info",
    "upload",
    "download",
)


@contextlib.asynccontextmanager
async def scheduled(
    folder: Path, database: str | None, transport: str, seed: int
) -> AsyncIterator[tuple[LocalWorkspace, Schedule]]:
    """A bot as a process of its own, and people who begin to act."""
    port = free_port()
    manifest = await asyncio.to_thread(manifest_for, transport, port)
    async with local_workspace(manifest=manifest) as workspace:
        bot = Victim(workspace, folder, port, database, transport)
        try:
            await bot.start()
            yield workspace, Schedule(bot, random.Random(seed))
        finally:
            await bot.end(signal.SIGTERM)


async def _trouble(slack: LocalWorkspace, dice: random.Random, transport: str) -> None:
    """What goes wrong from now on: often nothing, sometimes more than one thing."""
    if dice.random() < 0.4:
        kind = dice.choice(("duplicate", "lost_ack", "reorder", "drop", "delay"))
        # Four drops in a row and Slack itself gives up: so one at a time.
        times = 1 if kind == "drop" else dice.randint(1, 3)
        await slack.fault(delivery=kind, times=times, delay=dice.uniform(0.1, 8.0))
    if dice.random() < 0.05:
        await slack.fault(delivery="lost_ack", event=dice.choice(("slash_commands", "block_actions")))
    if dice.random() < 0.3:
        await slack.fault(
            method=dice.choice(_CALLS),
            times=dice.randint(1, 2),
            after=dice.randint(0, 2),
            app=slack.info["bot"]["app_id"],
            **_way_to_fail(dice),
        )
    if transport == "socket" and dice.random() < 0.08:
        ways: tuple[dict[str, object], ...] = ({"hard": True}, {"reason": "refresh_requested"}, {"reason": "warning"})
        await slack.control("disconnect", most=dice.choice((1, 1, 10)), **dice.choice(ways))


def _way_to_fail(dice: random.Random) -> dict[str, object]:
    ways: tuple[dict[str, object], ...] = (
        {"status": 429, "retry_after": dice.randint(1, 4)},
        {"status": dice.choice((500, 502, 503))},
        {"error": dice.choice(("internal_error", "fatal_error", "service_unavailable"))},
        {"drop": "before"},
        {"drop": "after"},
        {"delay": dice.uniform(0.1, 3.0)},
    )
    return dice.choice(ways)


def _under_way(slack: LocalWorkspace) -> bool:
    """Whether a delivery is neither acked nor given up: to turn the clock now would be to lose its ack."""
    return any(each.acked is None and not each.failed for each in slack.slack.journal.deliveries)


async def _few_open(schedule: Schedule, slack: LocalWorkspace, most: int, seconds: float, step: float) -> None:
    """Wait until the bot owes something in no more than so many threads, and turn the clock by a step at each look."""

    async def few() -> bool:
        if not _under_way(slack):
            slack.clock.advance(step)
        return await schedule.look() <= most

    try:
        await until(few, seconds)
    except AssertionError:
        missing = [await schedule.wrong(thread) for thread in schedule.threads if thread.open]
        raise AssertionError("\n".join(missing)) from None


async def _play(folder: Path, database: str | None, transport: str, *, acts: int, seed: int) -> None:
    dice = random.Random(seed)
    began = time.monotonic()
    async with scheduled(folder, database, transport, seed + 1) as (slack, schedule):
        await schedule.open(4)
        for _ in range(acts):
            await _trouble(slack, dice, transport)
            await schedule.act()
            await asyncio.sleep(dice.uniform(0.0, 0.4))
            await _few_open(schedule, slack, _MOST_OPEN, 90, dice.uniform(0.1, 2.0))
        await slack.control("faults", reset=True)
        await _few_open(schedule, slack, 0, 120, 2.0)
        slack.clock.advance(_BOUND_SECONDS)  # whatever Slack would still send again, it sends now
        wrong = await _wrong_in_the_end(schedule)
    waits = sorted(schedule.waits)
    sys.stdout.write(
        f"\n{transport}, seed {seed}: {sum(schedule.done.values())} acts in {time.monotonic() - began:.0f} s, "
        f"{dict(schedule.done)}; answered within p50 {percentile(waits, 0.5):.0f} s, p99 {percentile(waits, 0.99):.0f} "
        f"s, max {waits[-1]:.0f} s of the turned clock; typed or pressed again: {dict(schedule.unheard)}\n"
    )
    assert not wrong, "\n".join(wrong)
    assert waits[-1] < _BOUND_SECONDS


async def _wrong_in_the_end(schedule: Schedule) -> list[str]:
    """What is wrong when the bot has had a minute: the last files may still be on their way."""
    deadline = time.monotonic() + 60
    while True:
        wrong = [found for thread in schedule.threads if (found := await schedule.wrong(thread))]
        if not wrong or time.monotonic() > deadline:
            return wrong
        await asyncio.sleep(1)


async def test_fifteen_acts_in_bad_weather(
    tmp_path: Path, fresh_database: str | None, request: pytest.FixtureRequest
) -> None:
    await _play(tmp_path, fresh_database, request.config.getoption("--transport"), acts=15, seed=1)


@pytest.mark.soak
@pytest.mark.timeout(3000)
@pytest.mark.parametrize("transport", ["socket", "http"])
async def test_five_hundred_acts_in_bad_weather(tmp_path: Path, fresh_database: str | None, transport: str) -> None:
    await _play(tmp_path, fresh_database, transport, acts=500, seed=500)
