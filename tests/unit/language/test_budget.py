"""One allowance for all workers, in the database."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from sandbox.aws import Cloud
from services.language.budget import SharedBudget
from services.language.mishaps import BusyError, CrowdedError
from services.storage.database import migrate, open_database
from services.storage.token_buckets import TokenBuckets
from tests.contract.language_places import CLAUDE, bedrock
from tests.unit.language.kinds import GOOD, PROMPT, Gist


class Clock:
    """Sleeping moves it, so that nobody waits for real."""

    def __init__(self) -> None:
        self.time = 1_800_000_000.0
        self.slept = 0.0

    def now(self) -> float:
        return self.time

    async def sleep(self, seconds: float) -> None:
        self.slept += seconds
        self.time += seconds
        await asyncio.sleep(0)


@pytest.fixture
async def buckets(tmp_path: Path) -> AsyncIterator[TokenBuckets]:
    url = f"sqlite:///{tmp_path}/buckets.sqlite"
    await migrate(url)
    engine = await asyncio.to_thread(open_database, url)
    yield TokenBuckets(engine)
    await engine.dispose()


def budget(
    buckets: TokenBuckets, clock: Clock, *, tokens: int = 6_000, calls: int = 60, wait: float = 90
) -> SharedBudget:
    return SharedBudget(
        buckets, tokens_per_minute=tokens, calls_per_minute=calls, longest_wait=wait, now=clock.now, sleep=clock.sleep
    )


async def use(shared: SharedBudget, tokens: int, used: int, model: str = "m") -> None:
    async with shared.room(model, tokens) as room:
        room.used = used


async def test_a_minutes_allowance_goes_at_once_and_then_it_refills(buckets: TokenBuckets) -> None:
    clock = Clock()
    shared = budget(buckets, clock)
    await use(shared, 3_000, 3_000)
    await use(shared, 3_000, 3_000)
    assert clock.slept == 0
    await use(shared, 1_000, 1_000)
    assert clock.slept == pytest.approx(10, abs=0.1)


async def test_what_was_not_used_is_given_back(buckets: TokenBuckets) -> None:
    clock = Clock()
    shared = budget(buckets, clock)
    for _ in range(10):
        await use(shared, 5_000, 100)
    assert clock.slept == 0


async def test_a_failed_call_used_nothing(buckets: TokenBuckets) -> None:
    clock = Clock()
    shared = budget(buckets, clock)

    async def fail() -> None:
        async with shared.room("m", 6_000):
            raise BusyError("throttled")

    for _ in range(3):
        with pytest.raises(BusyError):
            await fail()
    assert clock.slept == 0


async def test_calls_are_counted_too(buckets: TokenBuckets) -> None:
    clock = Clock()
    shared = budget(buckets, clock, calls=6)
    for _ in range(7):
        await use(shared, 1, 1)
    assert clock.slept == pytest.approx(10, abs=0.1)


async def test_a_call_beyond_the_whole_allowance_starts_from_a_full_bucket(buckets: TokenBuckets) -> None:
    clock = Clock()
    shared = budget(buckets, clock)
    await use(shared, 1_000, 1_000)
    await use(shared, 100_000, 100_000)
    assert clock.slept == pytest.approx(10, abs=0.1)


async def test_who_would_wait_too_long_is_refused_at_once(buckets: TokenBuckets) -> None:
    clock = Clock()
    shared = budget(buckets, clock, wait=30)
    await use(shared, 6_000, 6_000)
    with pytest.raises(CrowdedError):
        await use(shared, 4_000, 4_000)
    assert clock.slept == 0
    await use(shared, 3_000, 3_000)
    await use(shared, 6_000, 6_000, model="another")


async def test_turns_come_in_the_order_of_asking_and_early_returns_help(buckets: TokenBuckets) -> None:
    """Real time, sixty times faster than it looks: 6,000 tokens a minute are 100 a second."""
    shared = SharedBudget(buckets, tokens_per_minute=60_000, calls_per_minute=6_000, longest_wait=30)
    order: list[int] = []
    done = asyncio.Event()

    async def holder() -> None:
        async with shared.room("m", 60_000) as room:
            await done.wait()
            room.used = 30_000

    async def waiter(index: int) -> None:
        async with shared.room("m", 10_000) as room:
            order.append(index)
            room.used = 10_000

    first = asyncio.create_task(holder())
    await asyncio.sleep(0.2)
    waiters = []
    for index in range(3):
        waiters.append(asyncio.create_task(waiter(index)))
        await asyncio.sleep(0.1)
    assert not order
    done.set()
    async with asyncio.timeout(8):
        await asyncio.gather(first, *waiters)
    assert order == [0, 1, 2]


async def test_a_canceled_waiter_gives_its_place_back(buckets: TokenBuckets) -> None:
    shared = SharedBudget(buckets, tokens_per_minute=60_000, calls_per_minute=6_000, longest_wait=60)
    await use(shared, 60_000, 60_000)
    waiting = asyncio.create_task(use(shared, 60_000, 0))
    await asyncio.sleep(0.3)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    await asyncio.sleep(0.1)
    assert await buckets.returned("m") == pytest.approx(60)


async def test_every_call_of_a_reply_takes_its_share(buckets: TokenBuckets, cloud: Cloud) -> None:
    clock = Clock()
    cloud.script.add(None, {"points": []}, GOOD)
    shared = budget(buckets, clock, tokens=120_000)
    model = await bedrock(cloud, CLAUDE, budget=shared)
    reply = await model.reply(PROMPT, Gist)
    place = await buckets.book(CLAUDE, tokens=0, calls=0, now=clock.now(), latest=clock.now() + 600)
    assert place
    taken = (place.tokens - place.returned - clock.now()) / 60 * 120_000
    usage = reply.usage
    assert taken == pytest.approx(usage.input_tokens + 5 * usage.output_tokens, rel=0.01)
    assert place.calls - clock.now() == pytest.approx(2.0)


async def test_a_crowded_allowance_is_an_error_to_retry_and_costs_no_call(buckets: TokenBuckets, cloud: Cloud) -> None:
    clock = Clock()
    shared = budget(buckets, clock, wait=1)
    await use(shared, 6_000, 6_000, model=CLAUDE)
    model = await bedrock(cloud, CLAUDE, budget=shared)
    with pytest.raises(CrowdedError):
        await model.reply(PROMPT, Gist)
    assert cloud.journal.count("Converse*") == 0
