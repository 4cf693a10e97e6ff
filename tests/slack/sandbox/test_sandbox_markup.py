from __future__ import annotations

import pytest

from sandbox.slack.richtext import normalize, rich_text


@pytest.mark.parametrize(
    ("composed", "stored"),
    [
        ("see https://a.b/c.", "see <https://a.b/c>."),
        ("(https://en.wikipedia.org/wiki/A_(b))", "(<https://en.wikipedia.org/wiki/A_(b)>)"),
        ("https://youtu.be/x?t=1&v=2", "<https://youtu.be/x?t=1&amp;v=2>"),
        ("https://a.b?c=1&amp;d=2", "<https://a.b?c=1&amp;d=2>"),
        ("<https://a.b|here> and <@U1> <!here>", "<https://a.b|here> and <@U1> <!here>"),
        ("`https://a.b` stays", "`https://a.b` stays"),
        ("1 < 2 > 0 & more", "1 &lt; 2 &gt; 0 &amp; more"),
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
    ],
)
def test_text_is_stored_in_slacks_own_markup(composed: str, stored: str) -> None:
    assert normalize(composed) == stored


def test_text_becomes_rich_text() -> None:
    text = "*bold _both_* ~gone~ `code` <https://a.b|here> <@U1> :eyes: a_b_c &lt;x&gt;"
    [block] = rich_text(text, "id")
    [section] = block["elements"]
    assert section["elements"] == [
        {"type": "text", "text": "bold ", "style": {"bold": True}},
        {"type": "text", "text": "both", "style": {"bold": True, "italic": True}},
        {"type": "text", "text": " "},
        {"type": "text", "text": "gone", "style": {"strike": True}},
        {"type": "text", "text": " "},
        {"type": "text", "text": "code", "style": {"code": True}},
        {"type": "text", "text": " "},
        {"type": "link", "url": "https://a.b", "text": "here"},
        {"type": "text", "text": " "},
        {"type": "user", "user_id": "U1"},
        {"type": "text", "text": " "},
        {"type": "emoji", "name": "eyes"},
        {"type": "text", "text": " a_b_c <x>"},
    ]


def test_quotes_and_code_blocks_are_parts_of_their_own() -> None:
    [block] = rich_text("said:\n&gt; one\n&gt; two\n```\nx = 1\n```\n<!date^1^{date}|then> <!date^x^y>", "id")
    assert [part["type"] for part in block["elements"]] == [
        "rich_text_section",
        "rich_text_quote",
        "rich_text_preformatted",
        "rich_text_section",
    ]
    assert block["elements"][1]["elements"] == [{"type": "text", "text": "one\ntwo"}]
    assert block["elements"][2]["elements"] == [{"type": "text", "text": "x = 1"}]
    assert rich_text("  ", "id") == []


def test_hostile_text_is_read_quickly() -> None:
    for text in (
        "*" * 40_000,
        "<" * 40_000,
        "_a " * 13_000,
        "`" * 40_000,
        "https://" * 5_000,
        "https://a" + ")" * 39_000,
    ):
        rich_text(normalize(text), "id")
