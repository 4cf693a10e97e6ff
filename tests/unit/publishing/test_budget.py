from __future__ import annotations

import asyncio
import itertools

import pytest

from services.publishing import EditBudget, WorkspaceBudget
from tests.fakes.times import FakeTime


def budget_at(time: FakeTime) -> EditBudget:
    return EditBudget(clock=time.now, sleep=time.sleep)


async def test_never_more_than_45_edits_in_any_minute() -> None:
    time = FakeTime()
    budget, made = budget_at(time), []

    async def edit() -> None:
        await budget.result()
        made.append(time.now())

    edits = [asyncio.ensure_future(edit()) for _ in range(200)]
    await time.advance(600)
    assert all(task.done() for task in edits)
    assert all(later - first >= 60 for first, later in zip(made, made[45:], strict=False))


async def test_results_go_out_in_the_order_of_asking() -> None:
    time = FakeTime()
    budget, order = budget_at(time), []

    async def edit(number: int) -> None:
        await budget.result()
        order.append(number)

    tasks = [asyncio.ensure_future(edit(number)) for number in range(100)]
    await time.advance(300)
    assert order == list(range(100))
    await asyncio.gather(*tasks)


async def test_progress_leaves_room_for_results() -> None:
    time = FakeTime()
    budget = budget_at(time)
    assert [budget.progress() for _ in range(40)].count(True) == 35
    for _ in range(10):
        await asyncio.wait_for(budget.result(), 1)


async def test_progress_never_goes_before_a_waiting_result() -> None:
    time = FakeTime()
    budget = budget_at(time)
    waiting = [asyncio.ensure_future(budget.result()) for _ in range(50)]
    await time.advance(59)
    assert not budget.progress()
    await time.advance(2)
    assert all(task.done() for task in waiting)


async def test_room_comes_back_after_a_minute() -> None:
    time = FakeTime()
    budget = budget_at(time)
    while budget.progress():
        pass
    await time.advance(59.9)
    assert not budget.progress()
    await time.advance(0.2)
    assert budget.progress()


@pytest.mark.parametrize(("jobs", "seconds"), [(0, 3.0), (1, 3.0), (2, 3.43), (7, 12.0), (35, 60.0)])
def test_the_interval_grows_with_the_jobs_and_is_never_under_three_seconds(jobs: int, seconds: float) -> None:
    budget = EditBudget()
    for _ in range(jobs):
        budget.join()
    assert budget.interval == pytest.approx(seconds, abs=0.01)
    for _ in range(jobs):
        budget.leave()
    assert budget.interval == 3.0


def test_at_its_interval_every_job_finds_room() -> None:
    """Edits of n jobs, spread over their interval, fill the share of progress and no more."""
    for jobs in (2, 5, 20, 60):
        budget = EditBudget()
        for _ in itertools.repeat(None, jobs):
            budget.join()
        assert jobs * 60 / budget.interval <= 35 + 1e-9


async def test_processes_side_by_side_stay_under_the_limit_of_one() -> None:
    time = FakeTime()
    budgets, made = [budget_at(time) for _ in range(3)], []
    for budget in budgets:
        budget.share(3)

    async def edit(budget: EditBudget) -> None:
        await budget.result()
        made.append(time.now())

    assert sum(budget.progress() for budget in budgets for _ in range(40)) <= 35
    edits = [asyncio.ensure_future(edit(budget)) for budget in budgets for _ in range(40)]
    await time.advance(300)
    assert all(task.done() for task in edits)
    assert all(later - first >= 60 for first, later in zip(made, made[45:], strict=False))
    budgets[0].share(1)
    assert budgets[0].interval == 3.0


async def test_half_of_a_process_s_own_part_is_kept_for_calls_that_matter() -> None:
    time = FakeTime()
    budget = WorkspaceBudget(clock=time.now, sleep=time.sleep)
    budget.share(4)
    begun = 0
    while budget.has_room("reactions.add"):
        await budget.room("reactions.add")
        begun += 1
    for _ in range(begun - 1):
        await budget.room("reactions.add")
    assert begun > 1
    assert not budget.delay("reactions.add")
