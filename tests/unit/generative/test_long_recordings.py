"""Four hours in parts: everything is read, nothing grows without bound, and a part that fails is made good."""

from __future__ import annotations

import asyncio
import random
from functools import lru_cache
from typing import Any

import pytest

from services.evidence.material import lines, material
from services.evidence.room import Room
from services.language import Prompt
from services.summarization.chunks import chunks
from services.summarization.generative import GenerativeSummarizer
from services.vocabulary.errors import RetryableError, UserError
from services.vocabulary.recap import Summary
from services.vocabulary.transcript import Segment, Speaker, Transcript
from tests.fakes.engines import FakeSummarizer
from tests.fakes.language import FakeLanguageModel
from tests.fakes.writers import numbered, summary_of

CONTEXT = 16_000
_SUBJECTS = (
    "harvest",
    "bridge",
    "orchestra",
    "satellite",
    "bakery",
    "archive",
    "glacier",
    "railway",
    "printing",
    "vaccine",
)
_DEEDS = ["measured", "repaired", "compared", "described", "planned", "counted"]


@lru_cache(maxsize=1)
def four_hours() -> Transcript:
    """About 38,000 words of four voices, a new subject every twenty minutes after a silence."""
    dice, segments, at = random.Random(7), list[Segment](), 0.0
    while at < 4 * 3600:
        subject = _SUBJECTS[int(at // 1200) % len(_SUBJECTS)]
        if segments and subject not in segments[-1].text:
            at += 4.0
        count, deed = dice.randint(2, 900), dice.choice(_DEEDS)
        text = (
            f"In the {subject} we {deed} {count} parts of it, and nobody had done that so carefully in our town before."
        )
        end = at + 7.2
        segments.append(Segment(id=len(segments), speaker=dice.randrange(4), start=at, end=end, text=text))
        at = end + 0.3
    voices = tuple(Speaker(id=i, name="Ada" if i == 2 else None) for i in range(4))
    return Transcript(language="en", duration=at, segments=tuple(segments), speakers=voices, speech=at, covered=at)


async def _summarized(model: FakeLanguageModel, transcript: Transcript) -> Summary:
    summarizer = await asyncio.to_thread(GenerativeSummarizer, model=model, fallback=FakeSummarizer())
    return await summarizer.summarize(transcript)


def _model(**more: Any) -> FakeLanguageModel:
    return FakeLanguageModel([("notes", summary_of), ("merge", summary_of), ("summary", summary_of)], **more)


def _tokens(model: FakeLanguageModel, prompt: Prompt) -> int:
    return sum(map(model.tokens, (prompt.instructions, prompt.material, prompt.question))) + prompt.max_tokens


@lru_cache(maxsize=1)
def _read_in_parts() -> tuple[FakeLanguageModel, Summary]:
    """The model and its summary of the four hours, for tests that only look at them."""
    model = _model(context=CONTEXT)
    return model, asyncio.run(_summarized(model, four_hours()))


def test_every_second_of_speech_is_read_in_prompts_that_fit() -> None:
    transcript = four_hours()
    model, summary = _read_in_parts()
    read = {number for prompt in model.asked("notes") for number, _, _ in numbered(prompt)}
    spoken = sum(segment.end - segment.start for segment in transcript.segments)
    covered = sum(segment.end - segment.start for segment in transcript.segments if segment.id in read)
    assert covered / spoken >= 0.99
    assert all(_tokens(model, prompt) <= CONTEXT for prompt in model.journal)
    whole = model.tokens(material(transcript))
    used = sum(model.tokens(prompt.material) for prompt in model.asked("notes"))
    assert used <= 1.1 * whole
    assert len(model.asked("merge")) == 1
    assert summary.calls == len(model.journal) == len(model.asked("notes")) + 1
    assert len(model.asked("notes")) <= 1.5 * whole / CONTEXT * 2
    assert summary.input_tokens > whole
    assert not summary.notes
    assert summary.prompt.startswith("notes-1-")


def test_points_and_chapters_span_the_whole_recording() -> None:
    _, summary = _read_in_parts()
    assert summary.gist
    assert summary.points[-1].citations[0].start > 2 * 3600
    assert (summary.chapters[0].first, summary.chapters[-1].last) == (0, len(four_hours().segments) - 1)
    assert summary.traced == 1 + len(summary.points) + len(summary.decisions) + len(summary.action_items)


async def test_what_fits_is_read_in_one_piece() -> None:
    model = _model(context=400_000)
    summary = await _summarized(model, four_hours())
    (prompt,) = model.journal
    assert prompt.material == material(four_hours())
    assert (summary.calls, summary.model) == (1, "fake")


async def test_action_items_of_every_part_survive_the_merging() -> None:
    def with_item(prompt: Prompt) -> dict[str, Any]:
        number, _, words = numbered(prompt)[-1]
        return summary_of(prompt) | {"action_items": [{"text": words, "segments": [number], "owner": "Ada"}]}

    model = FakeLanguageModel([("notes", with_item), ("merge", summary_of)], context=CONTEXT)
    summary = await _summarized(model, four_hours())
    assert len(summary.action_items) >= 5
    assert {item.owner for item in summary.action_items} == {None}


async def test_a_part_that_fails_once_is_asked_again() -> None:
    model = _model(context=CONTEXT)
    model.add("notes", RetryableError("busy"), times=1)
    summary = await _summarized(model, four_hours())
    assert not summary.notes
    assert summary.engine != FakeSummarizer.engine


@pytest.mark.parametrize("error", [RetryableError("down"), UserError("The model refuses this.")])
async def test_a_part_that_keeps_failing_is_quoted_from_and_that_is_said(error: Exception) -> None:
    def fails_at_the_start(prompt: Prompt) -> bool:
        return prompt.purpose == "notes" and "[0] " in prompt.material

    model = _model(context=CONTEXT)
    model.add(fails_at_the_start, error)
    summary = await _summarized(model, four_hours())
    (note,) = summary.notes
    assert note.startswith("The language model gave no notes on 1 of ")
    (merge,) = model.asked("merge")
    assert "[0] said: " in merge.material


async def test_where_merging_fails_for_good_the_recording_speaks_for_itself() -> None:
    model = _model(context=CONTEXT)
    model.add("merge", RetryableError("down"))
    summary = await _summarized(model, four_hours())
    assert summary.engine == FakeSummarizer.engine
    assert "could not be used" in summary.notes[0]
    assert summary.calls == len(model.asked("notes"))  # what was paid is kept all the same


def test_parts_are_cut_where_nobody_speaks() -> None:
    transcript, model = four_hours(), _model(context=CONTEXT)
    room = Room(model.context, model.tokens).left(reply=4000)
    parts = chunks(transcript, lines(transcript), room, model.tokens)
    pauses = [transcript.segments[p.first].start - transcript.segments[p.first - 1].end for p in parts[1:]]
    assert sum(pause > 3 for pause in pauses) >= 2  # by chance one cut in a hundred and fifty would be there
    assert [line.segment for part in parts for line in part.lines] == list(range(len(transcript.segments)))
    assert all(part.overlap[-1].segment == part.first - 1 for part in parts[1:])


def test_a_single_endless_segment_is_cut_too() -> None:
    endless = Segment(id=0, speaker=0, start=0, end=3600, text="word " * 9000)
    transcript = Transcript(language="en", duration=3600, segments=(endless,))
    model = _model()
    parts = chunks(transcript, lines(transcript), 1000, model.tokens)
    assert len(parts) >= 10
    assert all(sum(model.tokens(line.text) for line in part.lines) <= 1000 for part in parts)
    assert sum(line.text.count("word") for part in parts for line in part.lines) == 9000
    with pytest.raises(ValueError, match="hold no part"):
        chunks(transcript, lines(transcript), 0, model.tokens)
