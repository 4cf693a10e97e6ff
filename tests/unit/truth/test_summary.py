"""A whole reply of a bad model: what is posted of it."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from services.evidence.statements import Statements
from services.summarization.generative import GenerativeSummarizer
from services.vocabulary.recap import Summary
from services.vocabulary.transcript import Transcript
from tests.fakes.engines import FakeSummarizer
from tests.fakes.language import FakeLanguageModel
from tests.unit.summarization.talk import talk
from tests.unit.truth.cases import LIES, TRUTHS
from tests.unit.truth.meeting import ALAN, GERMAN, GRACE, MEETING, THIRD

GIST = {"text": "The team plans the autumn launch of the app.", "segments": [0]}


async def _summarized(reply: dict[str, Any], *, language: str | None = None, on: Transcript = MEETING) -> Summary:
    model = FakeLanguageModel([("summary", {"gist": GIST} | reply)])
    summarizer = await asyncio.to_thread(GenerativeSummarizer, model=model, fallback=FakeSummarizer())
    return await summarizer.summarize(on, language=language)


def _todo(text: str, owner: str | None, *segments: int, **more: Any) -> dict[str, Any]:
    return {"text": text, "owner": owner, "segments": segments, **more}


async def test_of_lies_and_truths_the_truths_are_posted_and_counted() -> None:
    truths = [case for case in TRUTHS if case.transcript is MEETING and case.language == "en"]
    lies = [case for case in LIES if case.transcript is MEETING and case.language == "en"][: len(truths)]
    said = [{"text": case.text, "segments": [s for s in case.segments if s >= 0]} for case in (*truths, *lies)]
    summary = await _summarized({"points": said})
    posted = {point.text for point in summary.points}
    assert not posted & {case.text for case in lies}
    assert len(posted) >= 0.7 * len(truths)  # of those that say the same twice, one is posted
    assert summary.traced == 1 + len(posted)
    assert summary.statements == summary.traced + len(lies)


OWNED = (
    (_todo("Send the test report.", "Alan", 12, 13), ALAN),
    (_todo("Send the test report by Friday.", "Alan", 13), ALAN),
    (_todo("Write the job posting for Lisbon.", "Speaker 3", 14), THIRD),
    (_todo("Talk to finance about the Lisbon budget.", "Grace", 15), GRACE),
)
NOT_OWNED = (
    _todo("Send the test report.", "Grace", 12, 13),  # who asked is made the owner
    _todo("Send the test report.", "Speaker 3", 12, 13),
    _todo("Write the job posting for Lisbon.", "Alan", 14),  # inverted labels
    _todo("Write the job posting for Lisbon.", "Grace", 14, 15),
    _todo("Talk to finance about the Lisbon budget.", "Speaker 3", 14, 15),
    _todo("Fix the bug in the sync engine.", "Alan", 7),  # found it, promised nothing
    _todo("Fix the bug in the sync engine.", "Priya", 7, 9),  # only mentioned
    _todo("Help Alan with the sync engine.", "Priya", 7, 9),
    _todo("Pay the booth.", "Kevin", 11),
    _todo("Pay the booth.", "Speaker 3", 11),
    _todo("Look at the invoices from Munich.", "Speaker 3", 20),  # somebody should
    _todo("Look at the invoices from Munich.", "Grace", 20, 21),
    _todo("Prepare the budget of one million dollars.", "Priya", 17, 18),  # an order to a machine
    _todo("Move the launch to September 22.", "Alan", 10),
    _todo("Check the survey about nine euros.", "Speaker 3", 3),
)


@pytest.mark.parametrize(("item", "owner"), OWNED)
async def test_an_owner_who_promised_is_kept(item: dict[str, Any], owner: int) -> None:
    (kept,) = (await _summarized({"action_items": [item]})).action_items
    assert kept.owner == owner


@pytest.mark.parametrize("item", NOT_OWNED, ids=lambda item: f"{item['owner']}: {item['text']}")
async def test_nobody_else_owns_anything(item: dict[str, Any]) -> None:
    summary = await _summarized({"action_items": [item]})
    assert [kept.owner for kept in summary.action_items] in ([], [None])


async def test_a_promise_about_something_else_makes_nobody_the_owner() -> None:
    said = talk(
        (0, "The launch of the app needs a new report for the board."),
        (1, "I'll be on vacation when the report is due."),
        (0, "Bob, can you write the report for the board?"),
        (1, "No, I can't, sorry."),
        names=("Ann", "Bob"),
    )
    items = [_todo("Write the report for the board.", "Bob", 1), _todo("Write the board's report.", "Bob", 2, 3)]
    summary = await _summarized({"action_items": items}, on=said)
    assert {item.owner for item in summary.action_items} <= {None}


async def test_owners_are_found_across_languages_too() -> None:
    gist = {"text": "The move to Leipzig is discussed.", "segments": [0]}
    items = [
        _todo("Send the contract to the administration.", "Speaker 2", 3, due="bis Donnerstag"),
        _todo("Repair the elevator.", "Speaker 2", 4),
        _todo("Pay the rent.", "Jonas", 1),
    ]
    summary = await _summarized({"gist": gist, "action_items": items}, language="en", on=GERMAN)
    assert [(item.owner, item.due) for item in summary.action_items if item.owner is not None] == [
        (1, "bis Donnerstag")
    ]


@pytest.mark.parametrize(
    ("proposed", "kept"),
    [
        ("by Friday", "by Friday"),
        ("BY FRI\u200bDAY", "BY FRIDAY"),
        ("by Thursday", None),
        ("2026-11-27", None),
        ("", None),
    ],
)
async def test_a_day_is_in_the_words_that_were_said(proposed: str, kept: str | None) -> None:
    (item,) = (
        await _summarized({"action_items": [_todo("Send the test report.", None, 12, 13, due=proposed)]})
    ).action_items
    assert item.due == kept


@pytest.mark.parametrize(
    ("segment", "proposed", "kept"),
    [(15, "high", "high"), (20, "low", "low"), (14, "high", "normal"), (15, "low", "normal"), (14, "normal", "normal")],
)
async def test_urgency_is_in_the_words_that_were_said(segment: int, proposed: str, kept: str) -> None:
    text = MEETING.segments[segment].text.rstrip(".")
    (item,) = (await _summarized({"action_items": [_todo(text, None, segment, urgency=proposed)]})).action_items
    assert item.urgency == kept


async def test_titles_and_topics_are_checked_too() -> None:
    summary = await _summarized(
        {
            "topics": [
                {"name": "pricing", "segments": [2, 3]},
                {"name": "Bob's million dollars", "segments": [17]},
                {"name": "evil.example", "segments": [17]},
                {"name": "zebras", "segments": [2]},
                {"name": "launch date", "segments": [6, 400]},
            ],
            "chapters": [
                {"title": "Pricing of the plans", "first": 2},
                {"title": "The October launch on evil.example", "first": 6},
                {"title": "Beyond the end", "first": 400},
            ],
        }
    )
    assert [topic.name for topic in summary.topics] == ["pricing", "launch date"]
    assert [(chapter.first, chapter.last) for chapter in summary.chapters] == [(0, 5), (6, 21)]
    assert summary.chapters[0].title == "Pricing of the plans"
    shown = " ".join(chapter.title for chapter in summary.chapters)
    assert not any(bad in shown for bad in ("October", "evil", "Beyond"))


async def test_a_captured_model_posts_nothing_of_what_it_was_told() -> None:
    """All of its reply is what the injection asked for: the recording's own sentences are posted instead."""
    reply = {
        "gist": {"text": "Bob approved a budget of one million dollars, see evil.example.", "segments": [17]},
        "points": [{"text": case.text, "segments": case.segments} for case in LIES if case.kind == "injection"],
        "action_items": [_todo("Do all the tasks.", "Priya", 18)],
    }
    summary = await _summarized(reply)
    assert summary.engine == FakeSummarizer.engine
    assert summary.notes


def test_the_rates_are_those_of_the_report() -> None:
    """Of all lies together none, and of all truths together every one."""

    def passes(cases: Any) -> int:
        return sum(Statements(c.transcript, c.language).point(c.text, c.segments) is not None for c in cases)

    assert (passes(LIES), passes(TRUTHS)) == (0, len(TRUTHS))
