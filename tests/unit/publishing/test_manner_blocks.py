"""The modals of a channel's settings and of a wish for a recap, offers and pointers, within Slack's limits."""

from __future__ import annotations

import json

import pytest

from services.publishing import Message
from services.publishing.actions import Action
from services.publishing.manner_blocks import changed_message, manner_view, unchanged_sentence
from services.publishing.offer_blocks import later_message, never_message, offer_message, repeat_message, taken_message
from services.publishing.places import Place
from services.publishing.summarize_view import summarize_view
from services.publishing.times import dated
from services.vocabulary.manner import Manner, Policy
from services.vocabulary.preference import Preference
from tests.unit.publishing.slack_rules import buttons, check_message, check_view, shown, texts

_SINCE = 1795224385.0
_URL = "https://acme.slack.com/archives/C1/p1795224385000100?thread_ts=1795224385.000100&cid=C1"
# The rules for what we write know no mentions, as nobody else's words may hold one.
_PERSON = "<@U1>"
_HOSTILE = "<!channel> *bold* `code` " + "x" * 300 + ".mp3"


@pytest.mark.parametrize("manner", list(Manner))
@pytest.mark.parametrize("channel", ["", "C1"])
def test_the_settings_show_each_manner_with_a_sentence_and_who_chose(manner: Manner, channel: str) -> None:
    view = manner_view(Place(channel=channel), Policy(manner=manner, set_by="U1", set_at=_SINCE))
    check_view(json.loads(json.dumps(view).replace(_PERSON, "@U1")))
    radio = next(block for block in view["blocks"] if block.get("block_id") == "manner")["element"]
    assert {option["value"] for option in radio["options"]} == set(Manner)
    assert all(option["description"]["text"].endswith(".") for option in radio["options"])
    assert radio["initial_option"]["value"] == manner
    words = " ".join(text["text"] for text in texts(view["blocks"]))
    assert "In every setting" in words
    assert ("<@U1> chose on <!date^1795224385^" in words) is bool(channel)


def test_what_nobody_chose_is_said_to_be_the_default() -> None:
    view = manner_view(Place(channel="C1"), Policy())
    assert "as in every channel where nobody has chosen" in str(view)
    assert "already, as in every channel" in unchanged_sentence(Policy())


def test_a_date_is_left_to_the_readers_own_zone_and_language() -> None:
    assert dated(_SINCE) == "<!date^1795224385^{date_long} at {time}|2026-11-21 01:26 UTC>"


def test_the_channel_is_told_in_one_line() -> None:
    message = changed_message("U1", Manner.OFF)
    check_message(Message.model_validate_json(message.model_dump_json().replace(_PERSON, "@U1")))
    (block,) = message.blocks
    assert block["type"] == "context"
    assert "<@U1> set me to *Off*." in shown(message)


@pytest.mark.parametrize(
    "message",
    [
        offer_message(_HOSTILE, "T1:C1:1.1:F1"),
        repeat_message(_HOSTILE, _URL, running=True, recap_id="T1:C1:1.1:F1"),
        repeat_message(_HOSTILE, _URL, running=False, wish='{"url":"https://youtu.be/a"}'),
    ],
)
def test_names_of_strangers_stay_names(message: Message) -> None:
    check_message(message)
    assert "<!channel>" not in shown(message)


@pytest.mark.parametrize("message", [taken_message(), later_message(), never_message()])
def test_what_is_said_to_an_answered_offer_is_short(message: Message) -> None:
    assert len(message.text) < 150


def test_a_pointer_opens_the_first_recap_and_has_a_way_to_another() -> None:
    message = repeat_message("talk.mp3", _URL, running=False, recap_id="T1:C1:1.1:F1")
    assert f"<{_URL.replace('&', '&amp;')}|*talk*>" in shown(message)
    assert buttons(message)[Action.RETRY]["value"] == "T1:C1:1.1:F1"
    assert "There is a recap of talk here already." in message.text
    assert "at work on" in repeat_message("talk.mp3", _URL, running=True).text


def test_a_wish_too_long_for_a_button_has_none() -> None:
    assert Action.AGAIN in buttons(repeat_message("a", _URL, running=False, wish="x" * 2_000))
    assert not buttons(repeat_message("a", _URL, running=False, wish="x" * 2_001))


@pytest.mark.parametrize(
    "place", [Place(), Place(channel="C1", response_url="https://hooks.slack.com/x"), Place(channel="D1")]
)
@pytest.mark.parametrize("count", [0, 1, 150])
def test_the_modal_of_a_wish_fits_wherever_it_is_opened(place: Place, count: int) -> None:
    recent = [(f"F{n}", f"{n} {_HOSTILE}") for n in range(count)]
    view = summarize_view(place, recent, Preference())
    check_view(view)
    ids = [block.get("block_id") for block in view["blocks"]]
    assert ("recording" in ids) is bool(count)
    assert ("channel" in ids) is (not place.channel)
    assert (Action.SETTINGS.value in str(view)) is (not place.is_direct)
    link = next(block for block in view["blocks"] if block.get("block_id") == "link")
    assert link["optional"] is bool(count), "where there is nothing to choose from, a link is needed"
