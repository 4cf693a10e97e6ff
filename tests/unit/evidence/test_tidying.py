from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.evidence.tidying import tidy


@pytest.mark.parametrize(
    ("said", "language", "read"),
    [
        ("um, so the the plan is uh good", "en", "So the plan is good."),
        ("I think I think we, we should wait", "en", "I think we should wait."),
        ("well, okay, it is, you know, a nice idea", "en", "It is, a nice idea."),
        ("wha- what did she say?", "en", "What did she say?"),
        ("w we can be better", "en", "We can be better."),
        ("it is very very good", "en", "It is very very good."),
        ("we need two two two of them", "en", "We need two of them."),
        ("call 5 5 5 now", "en", "Call 5 5 5 now."),
        ("We met Duran Duran in New York New York", "en", "We met Duran Duran in New York New York."),
        ("Well, yes", "en", "Well, yes."),
        ("um", "en", ""),
        ("Mm-hmm. Uh.", "en", ""),
        ("", "en", ""),
        ("äh, wir treffen uns um acht", "de", "Wir treffen uns um acht."),
        ("um dia bonito", "pt", "Um dia bonito."),
        ("er kommt morgen", "de", "Er kommt morgen."),
        ("えーと 明日です", "ja", "明日です。"),
        ("and then we,", "en", "And then we."),
    ],
)
def test_spoken_words_read_well(said: str, language: str, read: str) -> None:
    assert tidy(said, language) == read


WORDS = st.lists(
    st.sampled_from(
        [
            "um",
            "uh",
            "the",
            "the",
            "I",
            "think",
            "we",
            "we",
            "should",
            "be",
            "better",
            "5",
            "5",
            "very",
            "you",
            "know,",
            "so",
            "well,",
            "no-",
            "not.",
        ]
    )
)


@given(WORDS.map(" ".join))
def test_no_word_is_added_replaced_or_moved(text: str) -> None:
    rest = iter(re.findall(r"\w+", text.casefold()))
    assert all(word in rest for word in re.findall(r"\w+", tidy(text).casefold()))


@given(st.text())
def test_any_text_is_survived(text: str) -> None:
    tidied = tidy(text)
    assert not tidied or re.search(r"\w", tidied)
