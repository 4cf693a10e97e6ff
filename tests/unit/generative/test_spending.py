"""Each call of a model goes out in the name of its recap, and what it used is kept with what was made of it."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from services.answering.generative import GenerativeAnswerer
from services.language import Prompt
from services.summarization.generative import GenerativeSummarizer
from services.summarization.outputs import write
from services.summarization.speakers import propose_names
from services.vocabulary.errors import RetryableError
from services.vocabulary.question import Answer, Exchange, Question
from services.vocabulary.recap import Point
from services.vocabulary.written import Written
from tests.fakes.engines import FakeAnswerer, FakeSummarizer
from tests.fakes.language import FakeLanguageModel
from tests.fakes.writers import answer_to, summary_of
from tests.unit.generative.test_long_recordings import CONTEXT, four_hours
from tests.unit.generative.test_outputs import NOTES, SUMMARY
from tests.unit.generative.test_speakers import MEETING as NAMELESS
from tests.unit.summarization.talk import talk
from tests.unit.truth.meeting import MEETING

RECAP = "T1:C1:17.5:F1"
WHEN = Question(text="When is the launch?")
TOLD = "The launch moves to September 22. [10]\nThe booth cost 4,500 euros. [11]"


def _model(**more: Any) -> FakeLanguageModel:
    search = {"question": "How was the glacier measured?", "words": ["glacier"]}
    script: list[Any] = [(purpose, summary_of) for purpose in ("summary", "notes", "merge")]
    script += [("answer", answer_to), ("stream", TOLD), ("search", search)]
    return FakeLanguageModel([*script, ("show_notes", NOTES), ("names", {"speakers": []})], **more)


async def _ask(model: FakeLanguageModel, question: Question = WHEN, *, told: int = 0, on: Any = MEETING) -> Answer:
    """The answer; told sentence by sentence to one who stops after so many where that is asked for."""
    answerer = await asyncio.to_thread(GenerativeAnswerer, model=model, fallback=FakeAnswerer())
    heard = 0

    async def say(_: Point) -> bool:
        nonlocal heard
        heard += 1
        return heard < told

    return await answerer.answer(question, on, say if told else None, subject=RECAP)


def _used(written: Written, prompts: list[Prompt]) -> None:
    model = FakeLanguageModel()
    sent = sum(model.tokens(text) for p in prompts for text in (p.instructions, p.material, p.question))
    assert (written.calls, written.input_tokens) == (len(prompts), sent)
    assert (written.model, written.cost) == ("fake", 0.0)
    assert written.output_tokens > 0
    assert written.prompt


@pytest.mark.parametrize("context", [CONTEXT, 400_000])
async def test_a_summary_is_for_its_recap_in_one_piece_and_in_parts(context: int) -> None:
    model = _model(context=context)
    summarizer = await asyncio.to_thread(GenerativeSummarizer, model=model, fallback=FakeSummarizer())
    _used(await summarizer.summarize(four_hours(), subject=RECAP), model.journal)
    assert {prompt.subject for prompt in model.journal} == {RECAP}


async def test_names_and_other_outputs_are_for_their_recap() -> None:
    model = _model()
    await propose_names(model, talk(*NAMELESS, names=(None, None, None)), subject=RECAP)
    output = await write("show_notes", model, MEETING, SUMMARY, subject=RECAP)
    assert [(prompt.purpose, prompt.subject) for prompt in model.journal] == [("names", RECAP), ("show_notes", RECAP)]
    _used(output, model.asked("show_notes"))


async def test_an_answer_keeps_what_it_used_at_once_and_told() -> None:
    for told in (0, 99):
        model = _model()
        answer = await _ask(model, told=told)
        assert answer.found
        assert {prompt.subject for prompt in model.journal} == {RECAP}
        _used(answer, model.journal)
        assert answer.prompt.startswith("stream-" if told else "answer-")


async def test_the_search_before_an_answer_is_counted_with_it() -> None:
    model = _model(context=CONTEXT)
    followed = Question(text="and the glacier?", history=(Exchange(question="Who measured?", answer="They did."),))
    answer = await _ask(model, followed, on=four_hours())
    assert [prompt.purpose for prompt in model.journal] == ["search", "answer"]
    _used(answer, model.journal)


async def test_not_said_is_counted_too() -> None:
    model = _model()
    model.add("stream", "NOT SAID\nAnd this is more than was asked for.")
    answer = await _ask(model, told=99)
    assert not answer.found
    _used(answer, model.journal)


async def test_of_what_was_broken_off_only_that_it_was_is_known() -> None:
    answer = await _ask(_model(), told=1)
    assert answer.text == "The launch moves to September 22."
    assert (answer.calls, answer.cost, answer.model, answer.input_tokens) == (1, None, "", 0)


async def test_where_the_model_was_down_nothing_was_used() -> None:
    model = _model()
    model.add("answer", RetryableError("busy"))
    answer = await _ask(model)
    assert answer.note
    assert (answer.calls, answer.cost, answer.model, answer.prompt) == (0, None, "", "")
