from __future__ import annotations

import asyncio

import pytest

from services.publishing import Edit, Message, Priority, WorkspaceBudget
from services.publishing.progress import ProgressMessage
from services.vocabulary.errors import RetryableError
from services.vocabulary.progress import Progress, Stage
from tests.fakes.publisher import MemoryPublisher
from tests.fakes.times import FakeTime, settle


class SlowPublisher(MemoryPublisher):
    """Edits take as long as `gate` is closed; `broken` makes them fail."""

    def __init__(self, time: FakeTime) -> None:
        super().__init__("C1", budget=WorkspaceBudget(clock=time.now, sleep=time.sleep))
        self.gate = asyncio.Event()
        self.gate.set()
        self.broken = False
        self.arrived: list[str] = []

    async def update(self, channel: str, ts: str, message: Message, *, priority: Priority = Priority.RESULT) -> Edit:
        if self.broken:
            raise RetryableError("Slack is away")
        await self.gate.wait()
        edit = await super().update(channel, ts, message, priority=priority)
        if edit is Edit.MADE:
            self.arrived.append(message.text)
        return edit


@pytest.fixture
def time() -> FakeTime:
    return FakeTime()


@pytest.fixture
async def publisher(time: FakeTime) -> SlowPublisher:
    return SlowPublisher(time)


async def message_in(publisher: SlowPublisher, time: FakeTime, key: str = "R:recap") -> ProgressMessage:
    ts = await publisher.post(key, channel="C1", thread_ts="1.1", message=Message(text="starting"))

    def render(progress: Progress, remaining: float | None) -> Message:
        left = "" if remaining is None else f" {remaining:.0f} s left"
        return Message(text=f"{progress.fraction:.0%}{left}")

    return ProgressMessage(publisher, channel="C1", ts=ts, render=render, clock=time.now, sleep=time.sleep)


def at(fraction: float) -> Progress:
    return Progress(stage=Stage.TRANSCRIBE, fraction=fraction)


async def test_a_burst_of_reports_becomes_the_first_and_the_latest(publisher: SlowPublisher, time: FakeTime) -> None:
    async with await message_in(publisher, time) as report:
        report(at(0.01))
        await settle()
        for step in range(2, 50):
            report(at(step / 100))
        await time.advance(2.9)
        assert publisher.arrived == ["1%"]
        await time.advance(0.2)
        assert [text.split()[0] for text in publisher.arrived] == ["1%", "49%"]


async def test_equal_progress_is_not_sent_again(publisher: SlowPublisher, time: FakeTime) -> None:
    async with await message_in(publisher, time) as report:
        for _ in range(5):
            report(at(0.101))
            await time.advance(4)
        assert publisher.arrived == ["10%"]


async def test_nothing_is_edited_after_the_end(publisher: SlowPublisher, time: FakeTime) -> None:
    report = await message_in(publisher, time)
    report(at(0.1))
    await settle()
    report(at(0.2))
    await report.finish()
    report(at(0.3))
    await time.advance(60)
    assert publisher.arrived == ["10%"]
    await report.finish()


async def test_an_edit_on_its_way_arrives_before_the_end(publisher: SlowPublisher, time: FakeTime) -> None:
    """Whoever writes the result after `finish` can be sure that it stays."""
    report = await message_in(publisher, time)
    publisher.gate.clear()
    report(at(0.1))
    await settle()
    ending = asyncio.ensure_future(report.finish())
    await settle()
    assert not ending.done()
    publisher.gate.set()
    await ending
    assert publisher.arrived == ["10%"]


async def test_a_broken_slack_never_reaches_the_reporter(publisher: SlowPublisher, time: FakeTime) -> None:
    async with await message_in(publisher, time) as report:
        publisher.broken = True
        report(at(0.1))
        await time.advance(5)
        publisher.broken = False
        report(at(0.2))
        await time.advance(5)
        assert [text.split()[0] for text in publisher.arrived] == ["20%"]


async def test_progress_without_room_waits_and_the_latest_goes_out(publisher: SlowPublisher, time: FakeTime) -> None:
    while publisher.budget.edits.progress():
        pass
    async with await message_in(publisher, time) as report:
        report(at(0.1))
        await time.advance(30)
        assert publisher.arrived == []
        report(at(0.6))
        await time.advance(40)
        assert [text.split()[0] for text in publisher.arrived] == ["60%"]


async def test_a_deleted_message_is_left_alone(publisher: SlowPublisher, time: FakeTime) -> None:
    async with await message_in(publisher, time) as report:
        await publisher.delete("R")
        for step in range(1, 5):
            report(at(step / 10))
            await time.advance(10)
        assert publisher.arrived == []


async def test_twenty_jobs_share_the_budget_fairly(publisher: SlowPublisher, time: FakeTime) -> None:
    reports = [await message_in(publisher, time, f"R{number}:recap") for number in range(20)]
    for report in reports:
        await report.__aenter__()
    for second in range(300):
        for report in reports:
            report(at(second / 300))
        await time.advance(1)
    edits = [ts for ts, _, _ in publisher.edits]
    counts = [edits.count(ts) for ts in publisher.posted]
    assert sum(counts) <= 35 * 6
    assert min(counts) >= max(counts) - 3
    assert min(counts) >= 6
    for report in reports:
        await report.__aexit__(None, None, None)


async def test_time_in_the_waiting_line_does_not_count_in_the_estimate(
    publisher: SlowPublisher, time: FakeTime
) -> None:
    async with await message_in(publisher, time) as report:
        report(Progress(stage=Stage.INGEST, fraction=1.0))
        await time.advance(4)
        report(Progress(stage=Stage.QUEUED, fraction=0.0))
        await time.advance(600)
        for second in range(0, 41, 4):
            report(at(second / 100))
            await time.advance(4)
        assert float(publisher.arrived[-1].split()[1]) < 120


async def test_the_estimate_waits_for_some_work_and_then_follows_it(publisher: SlowPublisher, time: FakeTime) -> None:
    async with await message_in(publisher, time) as report:
        for second in range(0, 101, 4):
            report(at(second / 100))
            await time.advance(4)
        assert publisher.arrived[0] == "0%"
        halfway = next(text for text in publisher.arrived if text.startswith("52%"))
        assert "about" not in halfway
        assert float(halfway.split()[1]) == pytest.approx(87, abs=8)
