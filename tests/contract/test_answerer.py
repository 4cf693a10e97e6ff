"""What every answerer promises: the extractive one, the generative one on a fake and on Bedrock, and the fake."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator

import pytest

from sandbox.aws import Cloud
from services.answering import Answerer
from services.answering.extractive import ExtractiveAnswerer
from services.answering.generative import GenerativeAnswerer
from services.evidence.checker import Checker
from services.vocabulary.question import Exchange, Question
from services.vocabulary.recap import Point
from services.vocabulary.transcript import Transcript
from tests.contract.honest import quoting_cloud
from tests.contract.language_places import CLAUDE, bedrock
from tests.fakes.engines import FakeAnswerer
from tests.fakes.language import FakeLanguageModel
from tests.fakes.writers import answer_to, told_to
from tests.unit.answering.launch import transcript

ASKED = Question(text="What did they decide about the launch date?")


@pytest.fixture(scope="module")
def cloud() -> Iterator[Cloud]:
    with quoting_cloud() as started:
        yield started


@pytest.fixture(params=["fake", "extractive", "generative", "bedrock"])
async def answerer(request: pytest.FixtureRequest, cloud: Cloud) -> AsyncIterator[Answerer]:
    if request.param == "fake":
        yield FakeAnswerer()
        return
    if request.param in ("generative", "bedrock"):
        fake = FakeLanguageModel([("answer", answer_to), ("stream", told_to)])
        model = fake if request.param == "generative" else await bedrock(cloud, CLAUDE)
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


async def test_sentences_are_told_as_they_are_answered_or_not_at_all(answerer: Answerer) -> None:
    said: list[Point] = []

    async def say(point: Point) -> bool:
        said.append(point)
        return True

    answer = await answerer.answer(ASKED, transcript(), say, subject="T1:C1:1.1:F1")
    assert answer.found
    assert said in ([], list(answer.sentences))
    said.clear()
    assert not (await answerer.answer(Question(text="Which zebras won yesterday?"), transcript(), say)).found
    assert said == []


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
