from __future__ import annotations

import pytest

from services.answering.smalltalk import asks_for_help, is_small_talk


@pytest.mark.parametrize(
    "text", ["hi", "Hello there!", "thanks a lot!", "Thank you so much :tada:", "👍", "danke dir", "ok, great", "merci"]
)
def test_politeness_is_small_talk(text: str) -> None:
    assert is_small_talk(text)


@pytest.mark.parametrize(
    "text",
    [
        "thanks, and who pays?",
        "hi, what was decided?",
        "the lamp",
        "no budget",
        "great lamp",
        "Super Bowl",
        "yesterday",
    ],
)
def test_what_holds_a_question_is_not(text: str) -> None:
    assert not is_small_talk(text)
    assert not asks_for_help(text)


@pytest.mark.parametrize(
    "text",
    [
        "help",
        "What can you do?",
        "hi, what can you do",
        "How do I get a recap?",
        "how does this work?",
        "Was kannst du?",
    ],
)
def test_who_asks_how_it_works_is_heard(text: str) -> None:
    assert asks_for_help(text)


@pytest.mark.parametrize("text", ["What can they do about it?", "how does this compare?", "What helps?", "who is it?"])
def test_a_question_to_the_recording_is_none_to_us(text: str) -> None:
    assert not asks_for_help(text)
