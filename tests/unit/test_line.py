"""The waiting line: order of arrival, places told, cancellation."""

from __future__ import annotations

import asyncio

import pytest

from services.workflows.line import Line, Position


async def test_who_arrived_first_goes_first_whoever_asked_first() -> None:
    line, order = Line(1), list[str]()

    async def work(name: str, arrived: float) -> None:
        async with line.turn(arrived, lambda _place: None):
            order.append(name)
            await asyncio.sleep(0)

    async with line.turn(0, lambda _place: None):
        tasks = [asyncio.create_task(work(name, at)) for name, at in (("late", 3), ("early", 1), ("middle", 2))]
        await asyncio.sleep(0)
    await asyncio.gather(*tasks)
    assert order == ["early", "middle", "late"]


async def test_places_are_told_as_they_change() -> None:
    line, told = Line(1), list[int]()

    async def wait(arrived: float, moved: Position) -> None:
        async with line.turn(arrived, moved):
            pass

    async with line.turn(0, lambda _place: None):
        tasks = [asyncio.create_task(wait(2, told.append))]
        await asyncio.sleep(0)
        tasks.append(asyncio.create_task(wait(1, lambda _place: None)))
        await asyncio.sleep(0)
    await asyncio.gather(*tasks)
    assert told == [1, 2, 1]


async def test_a_canceled_waiter_gives_up_its_place_and_takes_none() -> None:
    line = Line(1)

    async def wait() -> None:
        async with line.turn(1, lambda _place: None):
            await asyncio.sleep(10)

    async with line.turn(0, lambda _place: None):
        canceled = asyncio.create_task(wait())
        await asyncio.sleep(0)
    canceled.cancel()
    with pytest.raises(asyncio.CancelledError):
        await canceled
    async with asyncio.timeout(1), line.turn(2, lambda _place: None):
        pass


async def test_no_more_than_the_places_are_taken() -> None:
    line, inside, most = Line(2), 0, 0

    async def work(arrived: float) -> None:
        nonlocal inside, most
        async with line.turn(arrived, lambda _place: None):
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0.001)
            inside -= 1

    await asyncio.gather(*(work(n) for n in range(20)))
    assert most == 2
