"""Every language model keeps one contract: the fake, Bedrock by each way to a typed reply, a local server, a list."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import aclosing
from typing import Any, cast

import pytest

from sandbox.aws import Cloud, running
from services.language import Prompt
from services.vocabulary.base import Value
from services.vocabulary.errors import OperatorError, RetryableError, UserError
from tests.contract.language_places import CLAUDE, FABLE, NOVA, Place, place


class Gist(Value):
    """What it is about."""

    line: str
    points: tuple[str, ...] = ()


GOOD = {"line": "It is about lamps.", "points": ["A lamp is replaced."]}
PROMPT = Prompt(
    instructions="Sum up what you are given.",
    material="The lamp will be replaced. " * 40,
    question="What is it about?",
    purpose="summary",
    subject="T1:C1:17.5:F1",
)


@pytest.fixture(scope="module")
def cloud() -> Iterator[Cloud]:
    with running() as started:
        yield started


@pytest.fixture(params=["fake", CLAUDE, NOVA, FABLE, "openai", "preferred"])
async def on(request: pytest.FixtureRequest, cloud: Cloud) -> AsyncIterator[Place]:
    cloud.reset()
    async with place(request.param, cloud) as opened:
        yield opened


async def test_a_reply_has_the_type_that_was_asked_for(on: Place) -> None:
    on.says(GOOD)
    reply = await on.model.reply(PROMPT, Gist)
    assert reply.value == Gist(line="It is about lamps.", points=("A lamp is replaced.",))
    usage = reply.usage
    assert usage.model
    assert usage.calls == 1
    assert usage.input_tokens > 50
    assert usage.output_tokens > 3
    assert usage.cost is not None
    assert on.calls == 1


async def test_a_reply_that_does_not_fit_is_sent_back_once(on: Place) -> None:
    on.says({"points": ["no line"]}, GOOD)
    reply = await on.model.reply(PROMPT, Gist)
    assert reply.value.line == "It is about lamps."
    assert (reply.usage.calls, on.calls) == (2, 2)


async def test_a_reply_that_stays_unusable_is_an_error_to_retry(on: Place) -> None:
    on.says("I would rather talk about the weather.")
    with pytest.raises(RetryableError):
        await on.model.reply(PROMPT, Gist)
    assert on.calls <= 4  # two for each model there is


async def test_text_comes_in_pieces_and_the_usage_at_last(on: Place) -> None:
    text = "It is about lamps, which are replaced. " * 5
    on.says(text)
    pieces = [piece async for piece in on.model.stream(PROMPT)]
    assert "".join(piece.text for piece in pieces) == text
    assert len(pieces) > 3
    assert pieces[-1].usage
    assert pieces[-1].usage.input_tokens > 50
    assert not any(piece.usage for piece in pieces[:-1])


async def test_a_stream_may_be_left_early(on: Place) -> None:
    on.says("word " * 4000)
    async with aclosing(cast("Any", on.model.stream(PROMPT))) as pieces:
        async for _ in pieces:
            break
    on.says(GOOD)
    assert on.calls == 1


async def test_a_busy_model_is_an_error_to_retry(on: Place) -> None:
    on.fails("throttle", times=20)
    with pytest.raises(RetryableError):
        await on.model.reply(PROMPT, Gist)


async def test_declined_content_is_one_sentence_for_the_person(on: Place) -> None:
    on.says(GOOD)
    on.fails("refusal")
    with pytest.raises(UserError) as raised:
        await on.model.reply(PROMPT, Gist)
    assert str(raised.value).endswith(".")
    assert on.calls == 1


async def test_missing_access_is_for_the_operator(on: Place) -> None:
    on.says(GOOD)
    on.fails("denied", times=2)
    with pytest.raises(OperatorError):
        await on.model.reply(PROMPT, Gist)


async def test_a_prompt_beyond_the_context_is_the_callers_fault(on: Place) -> None:
    huge = PROMPT.model_copy(update={"material": "word " * on.model.context})
    with pytest.raises(ValueError, match="tokens"):
        await on.model.reply(huge, Gist)
    with pytest.raises(ValueError, match="tokens"):
        await anext(aiter(on.model.stream(huge)))
    assert on.calls == 0


async def test_the_service_may_find_a_prompt_too_long_that_we_did_not(on: Place) -> None:
    on.says(GOOD)
    on.fails("too_long")
    with pytest.raises(ValueError, match="too long"):
        await on.model.reply(PROMPT, Gist)
    assert on.calls == 1


async def test_tokens_grow_with_the_text_and_the_engine_has_a_name(on: Place) -> None:
    assert on.model.tokens("") == 0
    assert 4 <= on.model.tokens("The lamp will be replaced.") <= 14
    assert on.model.tokens("лампа " * 100) >= 100
    assert on.model.engine
