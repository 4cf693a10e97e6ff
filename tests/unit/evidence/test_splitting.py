from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.evidence.splitting import LONGEST, is_finished, split_text, word_count


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("It works. Does it? Yes!", ["It works.", "Does it?", "Yes!"]),
        ("Dr. J. Brown met Mr. Smith. They left.", ["Dr. J. Brown met Mr. Smith.", "They left."]),
        (
            "It costs 12.5 euros. No. 5 is sold out. No. We wait.",
            ["It costs 12.5 euros.", "No. 5 is sold out.", "No.", "We wait."],
        ),
        ('She said "go." Then she left.', ['She said "go."', "Then she left."]),
        ("We met at 5 p.m. and talked. Good.", ["We met at 5 p.m. and talked.", "Good."]),
        ("你好。我们开始吧！好吗？", ["你好。", "我们开始吧！", "好吗？"]),
        ("मैं ठीक हूँ। आप कैसे हैं?", ["मैं ठीक हूँ।", "आप कैसे हैं?"]),
        ("كيف حالك؟ أنا بخير.", ["كيف حالك؟", "أنا بخير."]),
        ("", []),
        ("  \n ", []),
    ],
)
def test_sentences_end_where_they_end_in_their_script(text: str, pieces: list[str]) -> None:
    assert split_text(text) == pieces


@given(st.text())
def test_no_character_but_white_space_is_lost(text: str) -> None:
    assert "".join("".join(split_text(text)).split()) == "".join(text.split())


def test_a_speech_without_a_full_stop_is_cut_at_clauses() -> None:
    speech = ", and ".join(f"then number {i} went to the market with the others" for i in range(40))
    pieces = split_text(speech)
    assert len(pieces) > 8
    assert all(word_count(piece) <= LONGEST for piece in pieces)
    assert all(piece.startswith(("then", "and")) for piece in pieces)


def test_two_characters_count_as_a_word_where_no_spaces_are_written() -> None:
    assert word_count("今日は会議です") == 4
    assert word_count("we met 今日") == 3


def test_an_open_end_is_not_finished() -> None:
    assert is_finished("We left. ")
    assert not is_finished("and then we,")
