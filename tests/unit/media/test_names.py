from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.media.names import LONGEST, display_name


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("Weekly meeting 12:30.mp4", "Weekly meeting 12:30.mp4"),
        ("  two   spaces\tand\na newline .mp3 ", "two spaces and a newline .mp3"),
        ("../../etc/passwd", "etc_passwd"),
        ("C:\\Users\\me\\talk.wav", "C:_Users_me_talk.wav"),
        (".hidden.mp3", "hidden.mp3"),
        ("..", "recording"),
        ("", "recording"),
        ("\u202e3pm.exe", "3pm.exe"),
        ("talk\u2066\u200f\u061c.mp3", "talk.mp3"),
        ("a\x00b\x07c\x1b[31m.mp3", "abc[31m.mp3"),
        ("zero\u200bwidth\ufeff.mp3", "zerowidth.mp3"),
        ("\u3164\u2800\u115f", "recording"),
        ("joined\u200dlatin.mp3", "joinedlatin.mp3"),
        ("\u200d\u200d\u200d", "recording"),
        (
            "family \U0001f468\u200d\U0001f469\u200d\U0001f467 \U0001f389.mp4",
            "family \U0001f468\u200d\U0001f469\u200d\U0001f467 \U0001f389.mp4",
        ),
        (
            "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645.ogg",
            "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645.ogg",
        ),
        ("会议录音.m4a", "会议录音.m4a"),
        ("\ud800broken.mp3", "broken.mp3"),
        ("e\u0301te\u0301.mp3", "été.mp3"),
        ("z" + "\u0336" * 50 + ".mp3", "z" + "\u0336" * 3 + ".mp3"),
        ("line\u2028separator.mp3", "line separator.mp3"),
    ],
)
def test_a_name_is_shown_without_what_deceives(raw: str, shown: str) -> None:
    assert display_name(raw) == shown


def test_a_name_of_300_characters_is_cut_in_the_middle_and_keeps_its_extension() -> None:
    name = display_name("a" * 150 + "b" * 146 + ".mp4")

    assert len(name) == LONGEST
    assert name.startswith("aaaa")
    assert name.endswith("….mp4")


def test_a_long_name_without_an_extension_keeps_its_end() -> None:
    name = display_name("a" * 200 + " the end")

    assert len(name) <= LONGEST
    assert name.endswith(" the end")


@given(st.text(max_size=400))
def test_whatever_comes_the_name_is_short_plain_and_stable(raw: str) -> None:
    name = display_name(raw)

    assert 0 < len(name) <= LONGEST
    assert not set("/\\\n\r\t") & set(name)
    assert not any(unicodedata.category(character) in ("Cc", "Cs", "Cn", "Zl", "Zp") for character in name)
    assert not any(unicodedata.bidirectional(character) in ("RLO", "LRO", "RLE", "LRE", "PDF") for character in name)
    assert display_name(name) == name
