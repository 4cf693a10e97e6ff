from __future__ import annotations

import pytest

from services.storage.recaps import RecapRecord, Status
from services.workflows.subjects import names, title, unnamed
from services.workflows.welcome import prompts


def record(name: str) -> RecapRecord:
    place = {"id": f"T1:D1:1.1:{name}", "team": "T1", "channel": "D1", "thread_ts": "1.1", "user": "U1"}
    return RecapRecord(**place, request={"name": name}, status=Status.DONE)


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("What was decided in “weekly”?", "What was decided?"),
        ("Which weekly wage was meant?", "Which weekly wage was meant?"),
        ("“weekly”", "“weekly”"),
        ('Who spoke most in "Weekly" and why?', "Who spoke most and why?"),
        ("When will the lamp be replaced?", "When will the lamp be replaced?"),
    ],
)
def test_the_name_is_taken_out_of_the_question(question: str, left: str) -> None:
    assert unnamed(question, "weekly") == left


def test_a_name_is_found_however_it_is_written() -> None:
    assert names("what about the WEEKLY?", "weekly")
    assert not names("what about it?", "")
    assert not names("what about the biweekly?", "weekly")
    assert names("what was in plan (v2)?", "plan (v2)")


def test_four_prompts_about_the_newest_first_each_naming_its_recording() -> None:
    assert len(prompts([])) == 2
    suggested = prompts([record("weekly.mp3"), record("budget.mp3"), record("old.mp3")])
    assert [prompt.message.split("“")[1].split("”")[0] for prompt in suggested] == ["weekly"] * 3 + ["budget"]
    for prompt in suggested:
        assert title(record("weekly.mp3")) in prompt.message or "budget" in prompt.message


def test_a_prompt_of_a_long_name_stays_short_on_its_button() -> None:
    (first, *_) = prompts([record("a " * 100 + ".mp3")])
    assert len(first.title) < 60
