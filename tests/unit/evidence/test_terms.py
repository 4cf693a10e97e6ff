from __future__ import annotations

import pytest

from services.evidence.languages import language_of
from services.evidence.terms import stem, terms, tokens


def test_words_are_folded_to_one_form() -> None:
    assert tokens("The PM’s Idea isn't ＢＡＤ") == ["the", "pm", "s", "idea", "isn't", "bad"]
    assert tokens("12,500 or 3.5") == ["12,500", "or", "3.5"]
    assert tokens("l'été d'accord") == ["été", "accord"]


def test_text_without_spaces_comes_as_pairs_of_characters() -> None:
    assert tokens("日本語の") == ["日本", "本語", "の"]
    assert tokens("サーバーは新しい") == ["サーバー", "は", "新", "しい"]
    assert tokens("हिन्दी भाषा") == ["हिन्दी", "भाषा"]


@pytest.mark.parametrize(
    "family",
    [
        "design designs designed designing",
        "make makes making",
        "study studies studied",
        "plan plans planned planning",
        "box boxes",
    ],
)
def test_inflections_of_an_english_word_meet(family: str) -> None:
    assert len({stem(word) for word in family.split()}) == 1


@pytest.mark.parametrize(("one", "other"), [("pass", "past"), ("call", "calm"), ("bus", "bu"), ("red", "r")])
def test_other_words_stay_apart(one: str, other: str) -> None:
    assert stem(one) != stem(other)


def test_words_without_a_topic_are_left_out() -> None:
    assert terms("What do you think about the new budget, um, yeah?") == ["new", "budget"]
    assert terms("Was ist mit dem Haushalt?", "de") == ["haushalt"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("What did they say about the price?", "en"),
        ("Was haben sie über den Preis gesagt?", "de"),
        ("Qu'est-ce qu'ils ont dit sur le prix ?", "fr"),
        ("¿Qué dijeron sobre el precio?", "es"),
        ("何を決めましたか", "ja"),
        ("Что они решили?", "ru"),
        ("Budget?", None),
    ],
)
def test_the_language_of_a_question_is_told_by_script_and_common_words(text: str, language: str | None) -> None:
    assert language_of(text) == language
