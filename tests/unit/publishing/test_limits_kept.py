from __future__ import annotations

import asyncio

import pytest

from services.publishing import Priority, WorkspaceBudget
from services.publishing.budget import StreamBudget
from services.publishing.posting import PostBudget
from tests.fakes.times import FakeTime


@pytest.fixture
def time() -> FakeTime:
    return FakeTime()


def posts_at(time: FakeTime) -> PostBudget:
    return PostBudget(clock=time.now, sleep=time.sleep)


async def test_five_posts_at_once_then_one_a_second(time: FakeTime) -> None:
    posts, gone = posts_at(time), []

    async def post() -> None:
        await posts.turn("C1")
        gone.append(time.now())

    tasks = [asyncio.create_task(post()) for _ in range(20)]
    await time.advance(60)
    assert all(task.done() for task in tasks)
    assert [moment - gone[0] for moment in gone] == pytest.approx([0] * 5 + list(range(1, 16)), abs=0.01)


async def test_a_result_overtakes_what_waits_to_begin(time: FakeTime) -> None:
    posts, order = posts_at(time), []

    async def post(name: str, priority: Priority) -> None:
        await posts.turn("C1", priority)
        order.append(name)

    tasks = [asyncio.create_task(post(f"begin {number}", Priority.PROGRESS)) for number in range(8)]
    await time.advance(0.1)
    tasks.append(asyncio.create_task(post("answer", Priority.RESULT)))
    await time.advance(10)
    assert order == [*(f"begin {n}" for n in range(5)), "answer", "begin 5", "begin 6", "begin 7"]
    assert all(task.done() for task in tasks)


async def test_who_gives_up_holds_nobody_up(time: FakeTime) -> None:
    posts = posts_at(time)
    for _ in range(5):
        await posts.turn("C1")
    first, second = (asyncio.create_task(posts.turn("C1")) for _ in range(2))
    await time.advance(0.1)
    first.cancel()
    await time.advance(2)
    assert second.done()
    assert not second.cancelled()


async def test_a_limit_in_one_channel_holds_up_that_one_alone(time: FakeTime) -> None:
    budget = WorkspaceBudget(clock=time.now, sleep=time.sleep)
    refused = asyncio.create_task(budget.pause("chat.postMessage", "C1", 30))
    await time.advance(0)
    other = asyncio.create_task(budget.posts.turn("C1"))
    await asyncio.wait_for(budget.posts.turn("C2"), 1)
    await asyncio.wait_for(budget.edits.result(), 1)
    await time.advance(29)
    assert not refused.done()
    assert not other.done()
    await time.advance(2)
    assert refused.done()
    assert other.done()


async def test_a_limit_on_edits_lets_no_progress_through(time: FakeTime) -> None:
    budget = WorkspaceBudget(clock=time.now, sleep=time.sleep)
    refused = asyncio.create_task(budget.pause("chat.update", "C1", 10))
    await time.advance(0)
    assert not budget.edits.progress()
    await asyncio.wait_for(budget.room("reactions.add"), 1)
    await time.advance(11)
    assert budget.edits.progress()
    await refused


async def test_calls_of_a_method_keep_to_its_tier(time: FakeTime) -> None:
    budget, made = WorkspaceBudget(clock=time.now, sleep=time.sleep), []

    async def call() -> None:
        await budget.room("reactions.remove")
        made.append(time.now())

    tasks = [asyncio.create_task(call()) for _ in range(50)]
    await time.advance(180)
    assert all(task.done() for task in tasks)
    assert all(later - first >= 60 for first, later in zip(made, made[18:], strict=False))


async def test_never_more_than_18_streams_begin_or_end_in_a_minute(time: FakeTime) -> None:
    streams = StreamBudget(clock=time.now, sleep=time.sleep)
    begun, ended, running = list[float](), list[float](), list[float]()
    for second in range(600):
        while streams.start():
            begun.append(time.now())
            running.append(time.now() + 30 + second % 40)
        while running and running[0] <= time.now():
            running.pop(0)
            streams.end()
            ended.append(time.now())
        await time.advance(1)
    for moments in (begun, ended):
        assert len(moments) > 60
        assert all(later - first >= 60 for first, later in zip(moments, moments[18:], strict=False))


async def test_streams_that_nobody_ends_make_room_again(time: FakeTime) -> None:
    streams = StreamBudget(clock=time.now, sleep=time.sleep)
    for _ in range(18):
        assert streams.start()
    await time.advance(120)
    assert not streams.start()
    await time.advance(181)
    assert streams.start()
