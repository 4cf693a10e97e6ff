"""Questions about the whole are told from questions about something in it."""

from __future__ import annotations

import pytest

from services.answering.overview import asks_for_overview, overview
from services.vocabulary.recap import Citation, Point, Summary

WHOLE = """What is this meeting about?
What was this about?
what's this about
What’s the podcast all about?
So, what was that all about?
What did they talk about?
What was discussed in the meeting?
Summarize the meeting
Can you summarise this please?
Please recap it.
tl;dr
Give me a short summary of the video
Could you give me an overview?
What are the main points?
What were the key takeaways of this call?
What is the main topic?
What was the subject of the meeting?
What topics were discussed?
What topics did they cover in this episode?
Worum geht es hier?
Worum ging es in der Besprechung?
Fasse das zusammen bitte
De quoi s'agit-il ?
Peux-tu résumer la réunion ?
¿De qué trata esto?
¿De qué hablaron?"""
PARTICULAR = """What was the talk about the budget about?
What did they say about the remote?
What is the meeting room about to cost?
What did Grace talk about?
Who summarized the meeting?
Summarize what Alan said about the lamp
What was decided?
What is this?
What is the main topic of the first chapter?
What was the subject of the mail?
When is the summary due?
Worum bat Anna die anderen?
What were the main reasons for the delay?"""


@pytest.mark.parametrize("text", WHOLE.splitlines())
def test_the_whole_is_asked_for(text: str) -> None:
    assert asks_for_overview(text)


@pytest.mark.parametrize("text", PARTICULAR.splitlines())
def test_something_in_particular_is_asked_for(text: str) -> None:
    assert not asks_for_overview(text)


def _point(text: str, segment: int) -> Point:
    return Point(
        text=text,
        citations=(Citation(first=segment, last=segment, start=segment, end=segment + 1, speaker=0, text=text),),
    )


def test_the_summary_answers_with_its_proof() -> None:
    gist = _point("They plan the release.", 1)
    summary = Summary(language="en", gist=gist, points=(gist, *(_point(f"Point {n}.", n) for n in range(2, 8))))
    answer = overview("What was this about?", summary)
    assert answer is not None
    assert answer.text == "They plan the release. Point 2. Point 3. Point 4."
    assert all(sentence.citations for sentence in answer.sentences)


def test_nothing_answers_where_nothing_was_said_or_something_else_was_asked() -> None:
    assert overview("What was this about?", Summary(language="und")) is None
    assert overview("When is the release?", Summary(language="en", gist=_point("They plan.", 0))) is None
