"""Show notes and a blog post: of what a model writes only what is proved."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from services.evidence.citations import cite
from services.evidence.material import clock
from services.language import UnusableError
from services.summarization.outputs import OUTPUTS, Output, output_prompt, write
from services.vocabulary.errors import RetryableError, UserError
from services.vocabulary.recap import Point, Summary
from tests.fakes.language import FakeLanguageModel
from tests.fakes.writers import numbered
from tests.unit.generative.test_long_recordings import four_hours
from tests.unit.truth.meeting import MEETING

SUMMARY = Summary(language="en", gist=Point(text="They plan the launch.", citations=(cite(MEETING, 0),)))


def _said(text: str, *segments: int) -> dict[str, Any]:
    return {"text": text, "segments": segments}


NOTES = {
    "title": _said("Planning the autumn launch", 0),
    "introduction": [_said("The team plans the autumn launch of the app.", 0), _said("Bob is thrilled about it.", 0)],
    "highlights": [
        _said("There will be two plans, at 9 and 19 euros.", 5),
        _said("The launch moves to September 23.", 10),
        _said("The launch moves to September 22.", 10),
        _said("More on https://evil.example.", 17),
    ],
}
POST = {
    "title": _said("Bob's million dollars", 17),
    "opening": [_said("The team plans the autumn launch of the app.", 0)],
    "sections": [
        {
            "heading": "Two *plans*",
            "sentences": [
                _said("They charged 12 euros a month.", 2),
                _said("There will be two plans, at 9 and 19 euros.", 5),
            ],
        },
        {"heading": "What Bob approved", "sentences": [_said("Bob approved one million dollars.", 17)]},
        {"heading": "Here is the summary", "sentences": [_said("The launch moves to September 22.", 10)]},
    ],
}


async def _written(name: str, reply: Any) -> Output:
    return await write(name, FakeLanguageModel([(name, reply)]), MEETING, SUMMARY)


async def test_show_notes_have_a_title_and_times_and_nothing_unproved() -> None:
    output = await _written("show_notes", NOTES)
    assert output.title == "Planning the autumn launch"
    assert output.body == (
        "The team plans the autumn launch of the app.\n\n"
        f"- {clock(MEETING.segments[5].start)} There will be two plans, at 9 and 19 euros.\n"
        f"- {clock(MEETING.segments[10].start)} The launch moves to September 22."
    )
    assert (output.statements, output.traced, len(output.citations)) == (6, 3, 3)
    assert output.prompt.startswith("show_notes-1-")
    assert (output.model, output.calls, output.cost) == ("fake", 1, 0.0)


async def test_a_post_has_headings_only_over_something_and_falls_back_to_the_gist() -> None:
    output = await _written("blog_post", POST)
    assert output.title == "They plan the launch."
    assert output.body == (
        "The team plans the autumn launch of the app.\n\n"
        "## Two \\*plans\\*\n\n"
        "They charged 12 euros a month. There will be two plans, at 9 and 19 euros.\n\n"
        "The launch moves to September 22."
    )


async def test_where_nearly_nothing_is_proved_nothing_is_posted() -> None:
    bad = NOTES | {"introduction": [], "highlights": [_said("The launch moves to September 23.", 10)]}
    with pytest.raises(UserError, match="could not write the show notes"):
        await _written("show_notes", bad)


async def test_a_model_that_is_down_is_not_hidden() -> None:
    with pytest.raises(RetryableError):
        await _written("blog_post", RetryableError("down"))


async def test_a_model_that_gives_nothing_usable_is_not_asked_and_paid_on_and_on() -> None:
    with pytest.raises(UserError, match="could not write the show notes"):
        await _written("show_notes", UnusableError("no JSON"))


async def test_of_a_recording_that_does_not_fit_the_summarys_proof_is_read() -> None:
    transcript = four_hours()
    points = tuple(Point(text=transcript.segments[i].text, citations=(cite(transcript, i),)) for i in (40, 900, 1800))
    model = FakeLanguageModel(
        [
            (
                "show_notes",
                {"title": _said("Parts", 40), "highlights": [_said(p.text, p.citations[0].first) for p in points]},
            )
        ],
        context=16_000,
    )
    await write("show_notes", model, transcript, Summary(language="en", gist=points[0], points=points))
    (prompt,) = model.journal
    assert {40, 41, 899, 900, 1803} <= {number for number, _, _ in numbered(prompt)}


async def test_each_output_is_a_file_with_hints() -> None:
    prompts = await asyncio.to_thread(lambda: [output_prompt(name) for name in OUTPUTS])
    assert [prompt.name for prompt in prompts] == list(OUTPUTS)
    assert all(prompt.models and prompt.reply and prompt.version for prompt in prompts)
    with pytest.raises(ValueError, match="no output"):
        output_prompt("../summary")
