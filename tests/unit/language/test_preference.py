"""A list of models in order of preference, with a circuit breaker for each."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from typing import Any

import pytest

from sandbox.aws import Cloud
from services.language import UnusableError
from services.language.breaker import Breaker
from services.language.mishaps import BrokenError, BusyError, CrowdedError, TimedOutError
from services.language.preference import PreferredModels
from services.vocabulary.errors import OperatorError, RetryableError, UserError
from tests.contract.language_places import CLAUDE, NOVA, bedrock, no_pause
from tests.fakes.language import FakeLanguageModel
from tests.fakes.times import FakeTime
from tests.unit.language.kinds import GOOD, PROMPT, Gist


def fakes(*errors: Exception | None) -> list[FakeLanguageModel]:
    """Models that raise those errors, or reply."""
    return [FakeLanguageModel([("*", error or GOOD)], engine=f"fake-{index}") for index, error in enumerate(errors)]


class Pauses:
    def __init__(self) -> None:
        self.taken: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.taken.append(seconds)


@pytest.mark.parametrize(
    "error",
    [BusyError("x"), BrokenError("x"), TimedOutError("x"), CrowdedError("x"), UnusableError("x"), OperatorError("x")],
)
async def test_the_next_model_does_what_the_first_cannot(error: Exception) -> None:
    first, second = fakes(error, None)
    pauses = Pauses()
    assert (await PreferredModels([first, second], sleep=pauses).reply(PROMPT, Gist)).value.line
    assert (first.calls, second.calls, pauses.taken) == (1, 1, [])


@pytest.mark.parametrize("error", [UserError("No."), ValueError("too long")])
async def test_what_is_wrong_with_the_content_is_not_taken_elsewhere(error: Exception) -> None:
    first, second = fakes(error, None)
    with pytest.raises(type(error)):
        await PreferredModels([first, second]).reply(PROMPT, Gist)
    assert second.calls == 0


async def test_busy_models_are_tried_again_after_growing_pauses() -> None:
    first, second = fakes(BusyError("x"), BusyError("y"))
    pauses = Pauses()
    with pytest.raises(RetryableError):
        await PreferredModels([first, second], sleep=pauses).reply(PROMPT, Gist)
    assert (first.calls, second.calls) == (3, 3)
    assert 0.5 <= pauses.taken[0] <= 1 <= pauses.taken[1] <= 2


async def test_the_pause_is_as_long_as_the_service_asked() -> None:
    asked = BusyError("x")
    asked.after = 7.0
    model = FakeLanguageModel([("*", GOOD)])
    model.add("*", asked, times=1)
    pauses = Pauses()
    await PreferredModels([model], sleep=pauses).reply(PROMPT, Gist)
    assert pauses.taken == [7.0]


@pytest.mark.parametrize("error", [TimedOutError("x"), BrokenError("x"), UnusableError("x"), CrowdedError("x")])
async def test_what_may_have_been_paid_is_not_asked_in_rounds(error: Exception) -> None:
    (model,) = fakes(error)
    with pytest.raises(RetryableError):
        await PreferredModels([model], sleep=no_pause).reply(PROMPT, Gist)
    assert model.calls == 1


@pytest.mark.parametrize(
    "error", [BrokenError("x"), TimedOutError("x"), CrowdedError("x"), UnusableError("x"), OperatorError("x")]
)
async def test_only_the_busy_ones_are_asked_in_the_next_rounds(error: Exception) -> None:
    """Another round of a model that works, and is of no use, would be paid again."""
    first, second = fakes(error, BusyError("y"))
    with pytest.raises(RetryableError):
        await PreferredModels([first, second], sleep=Pauses()).reply(PROMPT, Gist)
    assert (first.calls, second.calls) == (1, 3)


async def test_if_all_is_wrongly_set_the_operator_is_told() -> None:
    with pytest.raises(OperatorError, match="first"):
        await PreferredModels(fakes(OperatorError("first"), OperatorError("second"))).reply(PROMPT, Gist)
    with pytest.raises(RetryableError, match="busy"):
        await PreferredModels(fakes(OperatorError("first"), BusyError("busy")), sleep=no_pause).reply(PROMPT, Gist)


async def test_a_model_that_failed_often_is_left_alone_and_then_tried_once() -> None:
    clock = FakeTime()
    bad, good = fakes(BusyError("x"), None)
    models = PreferredModels([bad, good], breaker=lambda: Breaker(failures=3, window=60, rest=30, now=clock.now))
    for _ in range(5):
        await models.reply(PROMPT, Gist)
    assert bad.calls == 3
    await clock.advance(31)
    await models.reply(PROMPT, Gist)  # the trial fails
    await models.reply(PROMPT, Gist)
    assert bad.calls == 4
    await clock.advance(31)
    bad.add("*", GOOD)
    await models.reply(PROMPT, Gist)
    await models.reply(PROMPT, Gist)
    assert (bad.calls, good.calls) == (6, 7)


async def test_when_all_are_left_alone_nobody_is_asked() -> None:
    clock = FakeTime()
    (model,) = fakes(BusyError("x"))
    models = PreferredModels(
        [model], rounds=1, breaker=lambda: Breaker(failures=1, window=60, rest=30, now=clock.now), sleep=no_pause
    )
    for _ in range(3):
        with pytest.raises(RetryableError):
            await models.reply(PROMPT, Gist)
    assert model.calls == 1


def test_old_failures_do_not_count() -> None:
    clock = FakeTime()
    breaker = Breaker(failures=2, window=10, rest=30, now=clock.now)
    breaker.failed()
    asyncio.run(clock.advance(11))
    breaker.failed()
    assert breaker.enter()
    breaker.failed()
    assert not breaker.enter()


def test_one_trial_at_a_time_and_a_canceled_one_decides_nothing() -> None:
    clock = FakeTime()
    breaker = Breaker(failures=1, window=10, rest=30, now=clock.now)
    breaker.failed()
    asyncio.run(clock.advance(31))
    assert breaker.enter()
    assert not breaker.enter()
    breaker.left()
    assert breaker.enter()
    breaker.succeeded()
    assert breaker.enter()
    assert breaker.enter()


async def test_a_stream_moves_on_only_before_its_first_piece(cloud: Cloud) -> None:
    text = "It is about lamps, which are replaced. " * 10
    cloud.script.add(None, text)
    models = PreferredModels([await bedrock(cloud, name) for name in (CLAUDE, NOVA)], sleep=no_pause)
    cloud.faults.add("Converse*", "throttle", model="claude")
    assert "".join([piece.text async for piece in models.stream(PROMPT)]) == text
    cloud.journal.reset()
    cloud.faults.add("Converse*", "mid_stream", after=6)

    async def hear() -> None:
        async for _ in models.stream(PROMPT):
            pass

    with pytest.raises(BrokenError):
        await hear()
    assert cloud.journal.count("Converse*") == 1


async def test_a_stream_left_early_is_no_failure_and_no_success() -> None:
    clock = FakeTime()
    model = FakeLanguageModel([("*", "one two three")])
    breaker = Breaker(failures=1, now=clock.now)
    models: Any = PreferredModels([model], breaker=lambda: breaker)
    async with aclosing(models.stream(PROMPT)) as pieces:
        await anext(pieces)
    assert model.closed == 1
    assert breaker.enter()


@pytest.mark.parametrize(
    "kind", ["throttle", "timeout", "model_error", "unavailable", "denied", "not_found", "malformed"]
)
async def test_each_fault_of_the_first_model_is_made_good_by_the_second(cloud: Cloud, kind: Any) -> None:
    cloud.script.add(None, GOOD)
    cloud.faults.add("Converse*", kind, model="claude", times=0)
    models = PreferredModels([await bedrock(cloud, name) for name in (CLAUDE, NOVA)], sleep=no_pause)
    reply = await models.reply(PROMPT, Gist)
    assert reply.usage.model == NOVA
    asked = [call.parameters["modelId"] for call in cloud.journal.of("Converse*")]
    assert asked.count(NOVA) == 1
    assert asked.count(CLAUDE) == {"timeout": 2, "model_error": 2, "malformed": 2}.get(kind, 1)


def test_a_list_is_as_able_as_its_least_member() -> None:
    models = [FakeLanguageModel(context=9_000, engine="a"), FakeLanguageModel(context=5_000, engine="b")]
    both = PreferredModels(models)
    assert (both.context, both.engine) == (5_000, "a|b")
