from __future__ import annotations

import pytest

from services.summarization import transitions
from services.summarization.chapters import chapter_starts
from services.summarization.extract import extract
from services.summarization.reading import read
from services.vocabulary.transcript import Transcript
from tests.unit.summarization.subjects import three_subjects
from tests.unit.summarization.talk import embedder, monologue, talk


def starts(transcript: Transcript) -> list[int]:
    return chapter_starts(read(transcript, embedder(transcript.language)))


def test_chapters_begin_where_the_subject_changes() -> None:
    transcript = three_subjects()
    summary = extract(transcript, embedder())
    openings = [transcript.segments[chapter.first].text for chapter in summary.chapters]
    assert [" ".join(text.split()[:3]) for text in openings] == [
        "Welcome, today we",
        "Okay, let's move",
        "Right, the next",
    ]


def test_titles_name_the_subject_of_each_chapter() -> None:
    titles = [chapter.title for chapter in extract(three_subjects(), embedder()).chapters]
    for title, word in zip(titles, ("Bread", "Boat", "Tax"), strict=True):
        assert word in title


def test_a_short_recording_has_one_chapter_and_an_empty_one_none() -> None:
    assert starts(monologue("I am late today.", "Please start the meeting without me.")) == [0]
    assert starts(Transcript(language="en", duration=3)) == []


@pytest.mark.parametrize(("rounds", "most"), [(1, 1), (10, 4), (40, 7)])
def test_longer_recordings_have_more_chapters_but_not_in_proportion(rounds: int, most: int) -> None:
    assert len(starts(three_subjects(rounds=rounds))) <= most


def test_no_chapter_begins_inside_a_sentence_that_another_speaker_interrupts() -> None:
    lines = [(i % 2, text) for i, text in enumerate(["We went to", "mm-hmm", "the harbour and saw the boat."] * 100)]
    reading = read(talk(*lines), embedder())
    for start in chapter_starts(reading)[1:]:
        assert reading.sentences[start].first > reading.sentences[start - 1].last


def test_transitions_are_heard_in_the_languages_we_know_and_in_no_other() -> None:
    assert transitions.announces("Kommen wir zum nächsten Punkt.", "de")
    assert transitions.opens("Okay, so the budget.", "en")
    assert not transitions.opens("Okay, so the budget.", "ja")
    assert not transitions.announces("Let's move on.", "ar")


def test_a_silence_counts_as_a_break_the_longer_the_more() -> None:
    assert transitions.pause(0.2) == 0
    assert 0 < transitions.pause(1.5) < transitions.pause(3.0) < 1
    assert transitions.pause(60) == 1
