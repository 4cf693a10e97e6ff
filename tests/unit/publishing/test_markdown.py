from __future__ import annotations

import pytest

from services.publishing import markdown
from services.publishing.answer_blocks import spoken_sentence
from services.publishing.times import no_link
from tests.fakes.recaps import sample_recap


@pytest.mark.parametrize(
    "text",
    [
        "*bold* _low_ ~gone~ `code`",
        "[press](https://evil.example) ![x](y)",
        "# heading",
        "> quoted",
        "- item",
        "1. item",
        "a | b",
        "back\\slash <b> <@U123> <!channel>",
        "see https://evil.example and www.evil.example",
        ":tada:",
    ],
)
def test_words_of_strangers_are_shown_and_never_read(text: str) -> None:
    shown = markdown.literal(text)
    for mark in ("*", "`", "[", "](", "<", ">", "#", "|", "\\", "~", "https://", "www.evil", ":tada:"):
        assert mark not in shown
    assert not shown.startswith(("- ", "1. "))


def test_plain_words_stay_as_they_are() -> None:
    for text in ("R&D costs 4,500 euros (net).", "snake_case and 3:45, isn't it?", "Grüße, 你好"):
        assert markdown.literal(text) == text


def test_a_link_ends_where_it_should() -> None:
    assert markdown.link("https://e.example/r/(a)#t=1", "0:01") == "[0:01](https://e.example/r/%28a%29#t=1)"
    assert markdown.link("javascript:alert(1)", "0:01") == "0:01"
    assert markdown.link(None, "0:01") == "0:01"


def test_a_sentence_carries_its_proofs() -> None:
    recap = sample_recap()
    point = recap.summary.points[0]
    said = spoken_sentence(point, link=lambda seconds: f"https://e.example/r#t={int(seconds)}")
    assert said.startswith(markdown.literal(point.text)[:20])
    assert f"#t={int(point.citations[0].start)})" in said
    assert "](" not in spoken_sentence(point, link=no_link)
