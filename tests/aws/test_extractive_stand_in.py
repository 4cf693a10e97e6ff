"""The extractive engines as a model: they read the product's own prompts, and what they say passes its checks."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any, TypeVar

import pytest

from sandbox.aws import Conversation
from sandbox.aws.catalog import MODELS
from sandbox.aws.extractive import ExtractiveResponder
from sandbox.aws.material import material
from services.answering.extractive import ExtractiveAnswerer
from services.answering.generative import GenerativeAnswerer
from services.language import Piece, Prompt, Reply, Usage
from services.summarization.extractive import ExtractiveSummarizer
from services.summarization.generative import GenerativeSummarizer
from services.summarization.output_forms import BlogPostReply, ShowNotesReply
from services.vocabulary.base import Value
from services.vocabulary.question import Question
from services.vocabulary.recap import Point
from services.vocabulary.transcript import Segment, Speaker, Transcript

T = TypeVar("T", bound=Value)
SAID = (
    (0, "Good morning everyone, I am Grace, and today we talk about the offline mode of our app."),
    (1, "The offline mode keeps the last twenty documents on the phone, so that people can read in trains."),
    (0, "We decided to release the offline mode on Tuesday, the ninth of May."),
    (1, "I will write the release notes by Monday."),
    (0, "The tests of the new search failed twice on the old server this week."),
    (1, "The old server has only four gigabytes of memory, and the search index needs six."),
    (0, "So we move the search to the new server before the release."),
    (1, "That takes about two days, and the budget for the server is 300 dollars a month."),
)


def talk(times: int = 1) -> Transcript:
    segments = tuple(
        Segment(id=index, speaker=speaker, start=index * 6.0, end=index * 6.0 + 5.5, text=text)
        for index, (speaker, text) in enumerate(SAID * times)
    )
    speakers = (Speaker(id=0, name="Grace", evidence=(0,), share=0.5), Speaker(id=1, share=0.5))
    return Transcript(language="en", duration=6.0 * len(segments), segments=segments, speakers=speakers)


def conversation(prompt: Prompt, form: dict[str, Any] | None) -> Conversation:
    content = [{"text": text} for text in (prompt.material, prompt.question) if text]
    parameters: dict[str, Any] = {"messages": [{"role": "user", "content": content}]}
    if form:
        parameters["outputConfig"] = {"textFormat": {"structure": {"jsonSchema": {"schema": json.dumps(form)}}}}
    return Conversation(MODELS[0], MODELS[0].id, parameters, streamed=False)


class Model:
    """A `LanguageModel` whose replies are the responder's. `context` may be made small."""

    engine = "stand-in, not a model"

    def __init__(self, responder: ExtractiveResponder) -> None:
        self.context = 100_000
        self.asked: list[str] = []
        self._responder = responder

    def tokens(self, text: str) -> int:
        return len(text) // 4 + 1

    async def reply(self, prompt: Prompt, kind: type[T]) -> Reply[T]:
        self.asked.append(prompt.purpose)
        said = await self._responder(conversation(prompt, kind.model_json_schema()))
        return Reply(value=kind.model_validate(said.value), usage=Usage(model=self.engine))

    async def stream(self, prompt: Prompt) -> AsyncIterator[Piece]:
        said = await self._responder(conversation(prompt, None))
        yield Piece(text=said.text)


@pytest.fixture
async def model() -> AsyncIterator[Model]:
    summarizer, answerer = ExtractiveSummarizer(), ExtractiveAnswerer()
    try:
        yield Model(ExtractiveResponder(summarizer, answerer))
    finally:
        await summarizer.close()
        await answerer.close()


class Nobody:
    """A fallback that nobody may need."""

    engine = "nobody"

    async def summarize(self, transcript: Transcript, *, language: str | None = None, subject: str = "") -> Any:
        raise AssertionError("the fallback was needed")

    async def answer(self, question: Question, transcript: Transcript, say: Any = None, *, subject: str = "") -> Any:
        raise AssertionError("the fallback was needed")


def test_lines_are_read_with_their_numbers_times_and_speakers() -> None:
    read = material(
        "Rules.\n<transcript>\n[3] Anna (1:02:03): Hello: you\n[5] Speaker 2 (1:02:10): Yes.\n</transcript>\nSo?"
    )
    first, second = read.transcript.segments
    assert (first.text, first.start, second.text, second.speaker) == ("Hello: you", 3723.0, "Yes.", 1)
    assert [speaker.name for speaker in read.transcript.speakers] == ["Anna", None]
    assert read.labels == ("Anna", "Speaker 2")
    assert read.named(0, 1) == [3, 5]


def test_notes_are_read_without_times() -> None:
    read = material("[3, 4] decided: We release it.\n[9] said: It works.")
    assert read.numbers == ((3, 4), (9,))
    assert read.labels == ()
    assert read.transcript.duration > read.transcript.segments[1].start > 0
    assert material("Nothing of the kind.").transcript.segments == ()


async def test_the_product_sums_a_recording_up_by_it(model: Model) -> None:
    summary = await (await asyncio.to_thread(GenerativeSummarizer, model=model, fallback=Nobody())).summarize(talk())
    assert summary.gist is not None
    assert summary.points
    assert summary.traced == summary.statements
    assert [item.owner for item in summary.action_items] == [1]
    assert summary.decisions[0].citations[0].first == 2
    assert {point.text for point in summary.points} <= {text for _, text in SAID}


async def test_the_product_sums_a_long_recording_up_by_parts(model: Model) -> None:
    model.context = 12_000
    summary = await (await asyncio.to_thread(GenerativeSummarizer, model=model, fallback=Nobody())).summarize(talk(60))
    assert model.asked.count("notes") > 1
    assert model.asked[-1] == "merge"
    assert summary.gist is not None
    assert summary.points


async def test_the_product_answers_by_it(model: Model) -> None:
    answerer = await asyncio.to_thread(GenerativeAnswerer, model=model, fallback=Nobody())
    answer = await answerer.answer(Question(text="When is the offline mode released?"), talk())
    assert "ninth of May" in answer.text
    unknown = await answerer.answer(Question(text="What does the elephant eat for breakfast?"), talk())
    assert not unknown.found
    told: list[Point] = []

    async def say(point: Point) -> bool:
        told.append(point)
        return True

    answer = await answerer.answer(Question(text="When is the release?"), talk(), say)
    assert any("ninth of May" in point.text for point in told)
    assert answer.sentences == tuple(told)


async def test_other_outputs_are_filled(model: Model) -> None:
    lines = "\n".join(f"[{i}] Speaker {s + 1} (0:{i * 6:02}): {text}" for i, (s, text) in enumerate(SAID))
    prompt = Prompt(instructions="", material=lines, question="Write it.")
    notes = (await model.reply(prompt, ShowNotesReply)).value
    assert notes.title.text
    assert notes.introduction[0].segments
    assert notes.highlights
    post = (await model.reply(prompt, BlogPostReply)).value
    assert post.sections[0].heading
    assert post.sections[0].sentences[0].segments


async def test_a_schema_in_the_words_of_the_prompt_is_kept(model: Model) -> None:
    schema = json.dumps(ShowNotesReply.model_json_schema())
    question = f"Write it.\n\nReply with one JSON object of this schema and nothing else:\n{schema}"
    prompt = Prompt(
        instructions="", material="[0] A (0:00): We release the offline mode on Tuesday.", question=question
    )
    said = await model._responder(conversation(prompt, None))
    assert ShowNotesReply.model_validate(said.value).title.text


async def test_tools_are_filled_too(model: Model) -> None:
    form = {"type": "object", "properties": {"gist": {"type": "string"}, "mood": {"enum": ["good"]}}}
    content = [{"text": "[0] A (0:00): We release the offline mode on Tuesday."}]
    parameters = {
        "messages": [{"role": "user", "content": content}],
        "toolConfig": {"tools": [{"toolSpec": {"name": "t", "inputSchema": {"json": {**form, "required": ["mood"]}}}}]},
    }
    said = await model._responder(Conversation(MODELS[0], "x", parameters, streamed=False))
    assert said.value == {"gist": "We release the offline mode on Tuesday.", "mood": "good"}
