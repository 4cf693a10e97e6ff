from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.publishing.mrkdwn import clip, label, link, literal, one_line, size

NASTY = st.text() | st.text(alphabet="*_~`<>&:!@#|\n\u202e\u200d\u0301🎉ab1 ", max_size=200)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<!channel> & <@U1>", "&lt;!channel&gt; &amp; &lt;@U1&gt;"),
        ("*bold* ~gone~ `code`", "∗bold∗ ∼gone∼ ˋcodeˋ"),
        ("_slanted_ but my_file_name.mp3", "ˍslantedˍ but my_file_name.mp3"),
        ("> quoted", "&gt; quoted"),
        ("one\ntwo\tthree\x00", "one two three"),
        ("safe \u202etxt.exe", "safe txt.exe"),
        ("at 10:30:45 we met", "at 10:30:45 we met"),
        ("party :tada: now", "party :\u2060tada: now"),
    ],
)
def test_text_is_shown_letter_by_letter(text: str, shown: str) -> None:
    assert literal(text) == shown


@given(NASTY, st.integers(2, 80))
def test_no_text_can_style_mention_link_or_grow_too_long(text: str, limit: int) -> None:
    safe = literal(text, limit)
    assert size(safe) <= limit
    assert not re.search(r"[*~`<>\n]", safe)
    assert not re.search(r"&(?!amp;|lt;|gt;)", safe)
    assert not re.search(r"(?<![^\W_])_|_(?![^\W_…])", safe)
    assert not re.search(r":[a-z][a-z_]*:", safe)


@given(NASTY)
def test_what_slack_decodes_again_is_the_line_that_was_written(text: str) -> None:
    decoded = literal(text, 10_000).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    plain = one_line(text)
    look_alikes = str.maketrans({"\u2217": "*", "\u223c": "~", "\u02cb": "`", "\u02cd": "_", "\u2060": ""})
    assert decoded.translate(look_alikes) == plain.translate(look_alikes)


@given(st.text(), st.integers(1, 50))
def test_clipped_text_is_a_beginning_with_an_ellipsis(text: str, limit: int) -> None:
    short = clip(text, limit)
    assert size(short) <= limit
    assert short == one_line(text) or one_line(text).startswith(short.removesuffix("…"))


def test_a_cut_goes_to_the_end_of_a_word() -> None:
    assert literal("the quick brown fox", 13) == "the quick…"


@pytest.mark.parametrize("cluster", ["👩‍👩‍👧", "👍🏽", "é", "कि"])
def test_a_cut_never_parts_a_letter_from_its_marks(cluster: str) -> None:
    for limit in range(4, 16):
        body = clip(f"abc{cluster}{cluster}{cluster}", limit).removesuffix("…")
        assert body in {"abc" + cluster * count for count in range(4)}


def test_plain_text_keeps_everything_but_angle_brackets() -> None:
    assert label("<!here> *a* & :tada:", 50) == "‹!here› *a* & :tada:"


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://e.example/r/x#t=7", "<https://e.example/r/x#t=7|0:07>"),
        ("https://e.example/?a=1&b=2", "<https://e.example/?a=1&amp;b=2|0:07>"),
        ("https://e.example/a|b> <!channel>", "<https://e.example/a%7Cb%3E%20%3C!channel%3E|0:07>"),
        ("javascript:alert(1)", "0:07"),
        ("https://", "0:07"),
        ("http://[", "0:07"),
        ("https://e.example/" + "x" * 5_000, "0:07"),
        (None, "0:07"),
    ],
)
def test_only_a_web_address_becomes_a_link(url: str | None, shown: str) -> None:
    assert link(url, "0:07") == shown


def test_a_bar_in_a_name_cannot_end_the_address() -> None:
    assert link("https://e.example", "a|b 0:07") == "<https://e.example|a¦b 0:07>"
