from __future__ import annotations

import pytest

from services.summarization.chapters import chapter_starts
from services.summarization.highlights import gists, points
from services.summarization.ranking import importance
from services.summarization.readability import roughness
from services.summarization.reading import Reading, read
from tests.unit.summarization.subjects import three_subjects
from tests.unit.summarization.talk import embedder, monologue


def chosen(reading: Reading) -> tuple[int, list[int]]:
    starts = chapter_starts(reading)
    scores = importance(reading, starts)
    best = gists(reading, scores)[0]
    return best, points(reading, scores, starts, but=best)


def test_points_are_in_order_differ_from_the_gist_and_come_from_every_chapter() -> None:
    reading = read(three_subjects(), embedder())
    best, picked = chosen(reading)
    starts = chapter_starts(reading)
    assert picked == sorted(set(picked) - {best})
    told = sorted([*picked, best])
    for first, after in zip(starts, [*starts[1:], len(reading.sentences)], strict=True):
        assert any(first <= index < after for index in told)


@pytest.mark.parametrize(("rounds", "least", "most"), [(1, 3, 3), (10, 3, 8), (40, 8, 10)])
def test_the_number_of_points_grows_with_the_length_and_ends_at_ten(rounds: int, least: int, most: int) -> None:
    _, picked = chosen(read(three_subjects(rounds=rounds), embedder()))
    assert least <= len(picked) <= most


def test_the_gist_says_what_the_talk_wants_where_somebody_says_so_at_the_start() -> None:
    reading = read(
        monologue(
            "Hello everyone.",
            "Today we want to talk about the new budget for marketing.",
            "The marketing budget was large in the past.",
            "Then the sales went down and the budget was cut.",
            "We spend most of the marketing budget on posters.",
        ),
        embedder(),
    )
    assert reading.texts[chosen(reading)[0]] == "Today we want to talk about the new budget for marketing."


def test_backchannels_are_never_told() -> None:
    reading = read(three_subjects(), embedder())
    best, picked = chosen(reading)
    assert all(reading.lengths[index] >= 6 for index in [best, *picked])


def test_what_is_said_again_and_again_is_told_once() -> None:
    reading = read(monologue(*["The same sentence about the budget is said again here."] * 50), embedder())
    best, picked = chosen(reading)
    assert best >= 0
    assert picked == []


def test_a_single_word_is_the_gist_of_a_recording_that_holds_no_more() -> None:
    assert chosen(read(monologue("Yes."), embedder())) == (0, [])


@pytest.mark.parametrize(
    ("worse", "better"),
    [
        ("And then it was the of the", "The launch moves to September."),
        ("Do you know what the budget is?", "The budget is forty thousand dollars."),
        ("I mean, you know, I guess it's like whatever.", "The team shipped the first release."),
        ("One, two, three, four, five, six.", "The budget has six parts this year."),
    ],
)
def test_what_reads_badly_alone_is_rougher(worse: str, better: str) -> None:
    assert roughness(worse, worse, "en") > roughness(better, better, "en") + 0.4


@pytest.mark.parametrize("language", ["ja", "ar", "th", "xx"])
def test_english_lists_judge_no_other_language(language: str) -> None:
    assert roughness("I you the of to", "I you the of to", language) == roughness("a b c d e", "a b c d e", language)
