"""Cards under links, and what steps of workflows hand on: whatever a recording holds, they fit and are never read."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from services.publishing import Message
from services.publishing.step_texts import step_outputs
from services.publishing.unfurl_blocks import unfurl_card
from services.vocabulary.recap import Recap
from tests.unit.publishing.recaps import recaps
from tests.unit.publishing.slack_rules import check_message
from tests.unit.publishing.test_limits import many

_URL = "https://earshot.example.com/r/" + "x" * 120


@many
@given(recaps(), st.none() | st.floats(0, 1e5))
def test_every_card_fits(recap: Recap, at: float | None) -> None:
    check_message(Message(text="card", blocks=tuple(unfurl_card(recap, _URL, at)["blocks"])))


@many
@given(recaps())
def test_every_output_fits_a_section_and_holds_no_mention(recap: Recap) -> None:
    outputs = step_outputs(recap, "https://sandbox.slack.com/archives/C1/p1")
    assert set(outputs) == {"summary", "permalink", "action_items"}
    for text in outputs.values():
        assert 0 < len(text) <= 3_000
        assert "<" not in text
