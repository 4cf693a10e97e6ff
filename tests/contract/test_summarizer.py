"""What every summarizer promises: the extractive one, the generative one on a fake and on Bedrock, and the fake."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator

import pytest

from sandbox.aws import Cloud
from services.evidence.checker import Checker
from services.summarization import Summarizer
from services.summarization.extractive import ExtractiveSummarizer
from services.summarization.generative import GenerativeSummarizer
from services.vocabulary.recap import ActionItem, Point
from services.vocabulary.transcript import Transcript
from tests.contract.honest import quoting_cloud
from tests.contract.language_places import CLAUDE, bedrock
from tests.fakes.engines import FakeSummarizer
from tests.fakes.language import FakeLanguageModel
from tests.fakes.writers import summary_of
from tests.unit.summarization.subjects import three_subjects
from tests.unit.summarization.talk import monologue


@pytest.fixture(scope="module")
def cloud() -> Iterator[Cloud]:
    with quoting_cloud() as started:
        yield started


@pytest.fixture(params=["fake", "extractive", "generative", "bedrock"])
async def summarizer(request: pytest.FixtureRequest, cloud: Cloud) -> AsyncIterator[Summarizer]:
    if request.param == "fake":
        yield FakeSummarizer()
        return
    if request.param in ("generative", "bedrock"):
        fake = FakeLanguageModel([("summary", summary_of), ("notes", summary_of), ("merge", summary_of)])
        model = fake if request.param == "generative" else await bedrock(cloud, CLAUDE)
        yield await asyncio.to_thread(GenerativeSummarizer, model=model, fallback=FakeSummarizer())
        return
    extractive = ExtractiveSummarizer()
    yield extractive
    await extractive.close()


async def test_every_statement_passes_the_checker(summarizer: Summarizer) -> None:
    transcript = three_subjects()
    summary = await summarizer.summarize(transcript)
    assert summary.gist is not None
    checker = Checker(transcript)
    statements: list[Point | ActionItem] = [summary.gist, *summary.points, *summary.action_items, *summary.decisions]
    assert all(checker.check(statement.text, statement.citations).passed for statement in statements)
    assert summary.traced == len(statements) <= summary.statements


async def test_points_are_in_order_of_time_and_chapters_cover_all_segments(summarizer: Summarizer) -> None:
    transcript = three_subjects()
    summary = await summarizer.summarize(transcript)
    for told in (summary.points, summary.action_items, summary.decisions):
        times = [item.citations[0].start for item in told]
        assert times == sorted(times)
    covered = [i for chapter in summary.chapters for i in range(chapter.first, chapter.last + 1)]
    assert covered == list(range(len(transcript.segments)))
    assert all(chapter.start <= chapter.end and chapter.title for chapter in summary.chapters)


async def test_the_same_transcript_gives_an_equal_summary_also_at_once(summarizer: Summarizer) -> None:
    transcript = three_subjects()
    first, second = await asyncio.gather(summarizer.summarize(transcript), summarizer.summarize(transcript))
    assert first == second


async def test_a_recording_without_words_has_no_gist(summarizer: Summarizer) -> None:
    summary = await summarizer.summarize(Transcript(language="und", duration=60))
    assert (summary.gist, summary.points, summary.chapters) == (None, (), ())


async def test_the_language_that_was_written_is_stated(summarizer: Summarizer) -> None:
    """None of these translates: the scripted model writes what was said, so that its fallback quotes it."""
    transcript = monologue("Heute geht es um die neue Software.", "Die Schulung beginnt im März.", language="de")
    assert (await summarizer.summarize(transcript, language="en")).language == "de"
    assert (await summarizer.summarize(transcript)).language == "de"


async def test_the_engine_is_named(summarizer: Summarizer) -> None:
    summary = await summarizer.summarize(three_subjects(rounds=1))
    assert summary.engine == summarizer.engine
