"""Which links are taken from a message as Slack sends it: where people put them, and nowhere else."""

from __future__ import annotations

from typing import Any

import pytest

from handlers.links import MOST, links_in, links_of, without_links
from services.media.links.address import LONGEST

VIDEO = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
TALK = "https://vimeo.com/76979871"
PERMALINK = "https://acme.slack.com/archives/C024BE91L/p1795224385000100"


def link(url: str, **changes: Any) -> dict[str, Any]:
    return {"type": "link", "url": url, **changes}


def text(words: str) -> dict[str, Any]:
    return {"type": "text", "text": words}


def section(*elements: dict[str, Any], kind: str = "rich_text_section") -> dict[str, Any]:
    return {"type": kind, "elements": list(elements)}


def rich(*elements: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"type": "rich_text", "block_id": "b", "elements": list(elements)}]


def message(**changes: Any) -> dict[str, Any]:
    return {"type": "message", "user": "U1", "channel": "C1", "ts": "1795224385.000200", "text": "", **changes}


def forward(**changes: Any) -> dict[str, Any]:
    """What Slack attaches where a person forwards a message."""
    shape = {
        "is_msg_unfurl": True,
        "is_share": True,
        "from_url": PERMALINK,
        "author_id": "U2",
        "channel_id": "C024BE91L",
        "ts": "1795224385.000100",
        "fallback": f"[today] bo: {VIDEO}",
        "footer": "Slack Conversation",
    }
    return {**shape, **changes}


def test_a_link_in_a_sentence() -> None:
    blocks = rich(section(text("have you seen "), link(VIDEO), text(" ?")))
    assert links_of(message(blocks=blocks, text=f"have you seen <{VIDEO}> ?")) == [VIDEO]


def test_links_in_lists_and_quotes() -> None:
    items = section(section(link(VIDEO)), section(text("and "), link(TALK)), kind="rich_text_list")
    nested = section(items, kind="rich_text_list")
    quote = section(link("https://example.org/a.mp3"), kind="rich_text_quote")
    assert links_of(message(blocks=rich(nested, quote))) == [VIDEO, TALK, "https://example.org/a.mp3"]


def test_code_is_quoted_not_asked_for() -> None:
    blocks = rich(
        section(link(VIDEO), kind="rich_text_preformatted"),
        section(link(TALK, style={"code": True}), link("https://example.org/a.mp3", style={"bold": True})),
    )
    assert links_of(message(blocks=blocks)) == ["https://example.org/a.mp3"]
    assert links_of(message(text=f"```<{VIDEO}>\n```  `<{TALK}>` <https://example.org/a.mp3>")) == [
        "https://example.org/a.mp3"
    ]


def test_a_message_with_blocks_is_not_read_twice() -> None:
    """The text beside the blocks holds the same words, and the code too."""
    blocks = rich(section(text(VIDEO), kind="rich_text_preformatted"))
    assert links_of(message(blocks=blocks, text=f"<{VIDEO}>")) == []


def test_a_label_is_never_believed() -> None:
    blocks = rich(section(link("https://evil.example/x", text=VIDEO)))
    assert links_of(message(blocks=blocks)) == ["https://evil.example/x"]
    assert links_of(message(text=f"<https://evil.example/x|{VIDEO}>")) == ["https://evil.example/x"]


@pytest.mark.parametrize(
    "words",
    [
        f"<@U123|{VIDEO}>",
        f"<#C123|{VIDEO}>",
        f"<!subteam^S1|{VIDEO}>",
        "<!here> look",
        "<mailto:a@example.org|a@example.org>",
        "<tel:+15551234567|call>",
        "no link at all",
        "<ftp://example.org/a.mp3>",
        "file:///a.mp3 and example.org/a.mp3",
        "mail bo@youtube.com/dQw4w9WgXcQ",
        "notyoutube.com/watch?v=dQw4w9WgXcQ",
        "evil.youtube.com/watch?v=dQw4w9WgXcQ",
    ],
)
def test_what_is_no_link(words: str) -> None:
    assert links_of(message(text=words)) == []


def test_other_elements_of_rich_text_hold_no_links() -> None:
    mention = {"type": "user", "user_id": "U2", "url": VIDEO}
    blocks = rich(section(mention, {"type": "broadcast", "range": "here"}, {"type": "emoji", "name": "tv"}))
    assert links_of(message(blocks=blocks)) == []


@pytest.mark.parametrize(
    "url",
    [
        PERMALINK,
        f"{PERMALINK}?thread_ts=1795224385.000100&cid=C024BE91L",
        "https://acme.slack.com/files/U024BE7LH/F024BERPE/a.mp4",
        "https://files.slack.com/files-pri/T024BE7LD-F024BERPE/a.mp4",
        "https://app.slack.com/huddle/T1/C1",
        "https://acme.enterprise.slack.com/archives/C024BE91L",
        "https://acme.slack-gov.com/archives/C024BE91L",
        "http://127.0.0.1:8080/archives/C024BE91L/p1795224385000100",
    ],
)
def test_slacks_own_addresses_are_left_to_their_own_ways(url: str) -> None:
    assert links_of(message(text=f"<{url}>")) == []
    assert links_of(message(blocks=rich(section(link(url))))) == []


def test_a_look_alike_of_slack_is_not_slack() -> None:
    assert links_of(message(text="<https://files.slack.com.evil.example/a.mp4>")) != []


def test_slacks_escapes_are_undone_and_no_others() -> None:
    url = "https://example.org/a?x=1&copy=2&lt=3"
    assert links_of(message(text="<https://example.org/a?x=1&amp;copy=2&amp;lt=3>")) == [url]
    assert links_of(message(blocks=rich(section(link("https://example.org/a?x=1&amp;copy=2&amp;lt=3"))))) == [url]
    assert links_of(message(blocks=rich(section(link(url))))) == [url]
    assert links_in("https://example.org/a?x=1&amp;copy=2&amp;lt=3") == [url]


def test_one_recording_counts_once_however_it_is_spelled() -> None:
    words = f"<{VIDEO}> <https://youtu.be/dQw4w9WgXcQ?t=90> <{TALK}?utm_source=x> <{TALK}>"
    assert links_of(message(text=words)) == [VIDEO, f"{TALK}?utm_source=x"]


def test_refused_links_are_given_too_so_that_the_person_learns_why() -> None:
    words = "<https://open.spotify.com/episode/1> <https://user:pw@example.org/> <https://open.spotify.com/episode/1>"
    assert links_of(message(text=words)) == ["https://open.spotify.com/episode/1", "https://user:pw@example.org/"]


def test_a_flood_of_links_is_cut() -> None:
    blocks = rich(section(*(link(f"https://example.org/{n}.mp3") for n in range(500))))
    assert links_of(message(blocks=blocks)) == [f"https://example.org/{n}.mp3" for n in range(MOST)]


def test_a_preview_is_an_echo() -> None:
    preview = {
        "from_url": VIDEO,
        "original_url": VIDEO,
        "title_link": "https://www.youtube.com/watch?v=AAAAAAAAAAA",
        "text": "<https://example.org/in-the-description.mp3>",
        "service_name": "YouTube",
    }
    assert links_of(message(text=f"<{VIDEO}>", attachments=[preview])) == [VIDEO]
    assert links_of(message(text="", attachments=[preview])) == []


def test_a_forwarded_message_is_read_by_its_blocks() -> None:
    held = {"team": "T1", "channel": "C024BE91L", "ts": "1.1", "message": {"blocks": rich(section(link(VIDEO)))}}
    assert links_of(message(attachments=[forward(message_blocks=[held], text="<https://example.org/x>")])) == [VIDEO]


def test_a_forwarded_message_without_rich_text_is_read_by_its_text() -> None:
    """So are forwarded posts of apps, whose blocks are sections."""
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": f"<{VIDEO}>"}}]
    held = {"team": "T1", "channel": "C1", "ts": "1.1", "message": {"blocks": blocks}}
    assert links_of(message(attachments=[forward(message_blocks=[held], text=f"<{VIDEO}|new>")])) == [VIDEO]
    assert links_of(message(attachments=[forward(text=f"<{VIDEO}>")])) == [VIDEO]


def test_own_words_come_before_those_forwarded() -> None:
    attached = [forward(text=f"<{VIDEO}>")]
    assert links_of(message(blocks=rich(section(link(TALK))), attachments=attached)) == [TALK, VIDEO]


def test_the_preview_of_a_message_that_is_linked_is_an_echo() -> None:
    """The person pasted the permalink: what they mean is found by it, with their rights checked."""
    echo = forward(is_share=False, text=f"<{VIDEO}>")
    assert links_of(message(text=f"<{PERMALINK}>", attachments=[echo])) == []


def test_an_edit_gives_no_links() -> None:
    """Slack sends one when it adds a preview, too."""
    edited = message(subtype="message_changed", text=f"<{VIDEO}>", message=message(text=f"<{VIDEO}>"))
    assert links_of(edited) == []


@pytest.mark.parametrize("empty", [{}, {"blocks": None, "text": None, "attachments": None}, {"blocks": [{}]}])
def test_messages_without_anything(empty: dict[str, Any]) -> None:
    assert links_of(empty) == []


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (VIDEO, [VIDEO]),
        (f"{VIDEO}, and {TALK}.", [VIDEO, TALK]),
        (f"({VIDEO})", [VIDEO]),
        ("https://en.wikipedia.org/wiki/Radio_(film)", ["https://en.wikipedia.org/wiki/Radio_(film)"]),
        ("(see https://en.wikipedia.org/wiki/Radio_(film))", ["https://en.wikipedia.org/wiki/Radio_(film)"]),
        (f"\u201c{VIDEO}\u201d!", [VIDEO]),
        (f"`{VIDEO}`", [VIDEO]),
        (f"&lt;{VIDEO}&gt;", [VIDEO]),
        ("HTTPS://youtu.be/dQw4w9WgXcQ", ["HTTPS://youtu.be/dQw4w9WgXcQ"]),
        ("https://youtu.be/dQw4w9WgX__", ["https://youtu.be/dQw4w9WgX__"]),
        ("youtu.be/dQw4w9WgXc-", ["https://youtu.be/dQw4w9WgXc-"]),
        ("www.youtube.com/watch?v=dQw4w9WgXcQ&amp;t=5", ["https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=5"]),
        (f"<{VIDEO}|youtube.com/watch?v=AAAAAAAAAAA>", [VIDEO]),
        ("https://", []),
        ("", []),
    ],
)
def test_links_typed_into_a_command(typed: str, expected: list[str]) -> None:
    assert links_in(typed) == expected


def test_a_wall_of_brackets_is_cut_not_counted_out() -> None:
    assert links_in(f"https://example.org/a{')' * 40_000}") == ["https://example.org/a"]
    (long,) = links_in(f"https://example.org/{'a' * 40_000}")
    assert len(long) > LONGEST


def test_a_text_without_its_links() -> None:
    assert without_links(f"<@U1> sum up <{VIDEO}|this> in German, {TALK} too") == "sum up in German, too"
