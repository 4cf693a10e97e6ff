"""What every answerer promises, held to the extractive one, the generative one and the fake."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from services.answering import Answerer
from services.answering.extractive import ExtractiveAnswerer
from services.answering.generative import GenerativeAnswerer
from services.evidence.checker import Checker
from services.vocabulary.question import Exchange, Question
from services.vocabulary.transcript import Transcript
from tests.fakes.engines import FakeAnswerer
from tests.fakes.language import FakeLanguageModel
from tests.fakes.writers import answer_to
from tests.unit.answering.launch import transcript

ASKED = Question(text="What did they decide about the launch date?")


@pytest.fixture(params=["fake", "extractive", "generative"])
async def answerer(request: pytest.FixtureRequest) -> AsyncIterator[Answerer]:
    if request.param == "fake":
        yield FakeAnswerer()
        return
    if request.param == "generative":
        model = FakeLanguageModel([("answer", answer_to)])
        yield await asyncio.to_thread(GenerativeAnswerer, model=model, fallback=FakeAnswerer())
        return
    extractive = ExtractiveAnswerer()
    yield extractive
    await extractive.close()


async def test_every_sentence_is_cited_and_passes_the_checker(answerer: Answerer) -> None:
    meeting = transcript()
    answer = await answerer.answer(ASKED, meeting)
    checker = Checker(meeting)
    assert answer.found
    assert answer.sentences
    assert all(checker.check(sentence.text, sentence.citations).passed for sentence in answer.sentences)


async def test_what_the_recording_does_not_say_is_not_found(answerer: Answerer) -> None:
    answer = await answerer.answer(Question(text="Which zebras won yesterday?"), transcript())
    assert (answer.found, answer.sentences, answer.text) == (False, (), "")


async def test_a_recording_without_words_answers_nothing(answerer: Answerer) -> None:
    assert not (await answerer.answer(ASKED, Transcript(language="und", duration=60))).found


async def test_the_same_question_gives_an_equal_answer_also_at_once(answerer: Answerer) -> None:
    meeting = transcript()
    first, second = await asyncio.gather(answerer.answer(ASKED, meeting), answerer.answer(ASKED, meeting))
    assert first == second


async def test_a_long_thread_is_no_trouble(answerer: Answerer) -> None:
    history = tuple(
        Exchange(question=f"What about number {i}?", answer="The recording does not say.") for i in range(50)
    )
    await answerer.answer(Question(text="and the launch?", history=history), transcript())


async def test_the_extractive_answerer_tells_two_recordings_apart() -> None:
    answerer = ExtractiveAnswerer()
    other = transcript(
        "Eve: The launch is on Monday in Oslo, we decided that long ago.\nBob: Yes, that launch date is fixed."
    )
    try:
        assert "September" in (await answerer.answer(ASKED, transcript())).text
        assert "Monday" in (await answerer.answer(ASKED, other)).text
        assert "September" in (await answerer.answer(ASKED, transcript())).text
    finally:
        await answerer.close()
