"""Outputs as messages."""

from __future__ import annotations

import json

from services.publishing.actions import Action
from services.publishing.blocks import MESSAGE
from services.publishing.output_blocks import kind_of, output_failure, output_message


def test_an_output_shows_its_kind_title_and_how_far_it_is_proved() -> None:
    message = output_message("show_notes", "The lamp", "* A new lamp", statements=5, traced=4, cost=0.0123)
    shown = json.dumps(message.blocks)
    assert "Show notes: The lamp" in shown
    assert "4 of 5 statements" in shown
    assert "$0.012" in shown


def test_marks_of_slack_in_the_body_are_only_text() -> None:
    body = output_message("blog_post", "T", "<!channel> <@U123>", statements=1, traced=1, cost=None).blocks[1]["text"]
    assert "<" not in body


def test_a_long_body_is_cut_at_a_paragraph_and_says_so() -> None:
    body = "\n\n".join(f"Paragraph {n} " + "word " * 40 for n in range(100))
    message = output_message("blog_post", "T", body, statements=1, traced=1, cost=None)
    assert len(json.dumps(message.blocks)) < MESSAGE
    assert message.blocks[1]["text"].endswith("word ")
    assert "the rest is in the file" in json.dumps(message.blocks)


def test_a_failure_can_be_tried_again_alone() -> None:
    message = output_failure("show_notes", "The model is busy.", value="T:C:1|show_notes", reference="3f9a01bc")
    button = message.blocks[-1]["elements"][0]
    assert (button["action_id"], button["value"]) == (Action.OUTPUT.value, "T:C:1|show_notes")
    assert "3f9a01bc" in json.dumps(message.blocks)
    assert len(output_failure("show_notes", "No.", value=None, reference=None).blocks) == 1


def test_kinds_read_like_words() -> None:
    assert kind_of("blog_post") == "Blog post"
