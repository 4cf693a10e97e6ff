"""What modals, buttons and reactions say, read from Slack's dicts; what is not ours comes to nothing."""

from __future__ import annotations

from typing import Any

import pytest

from handlers import forms, payloads
from services.publishing.places import Place
from services.vocabulary.manner import Manner

TEAM, BOT = {"id": "T1"}, "UBOT"
VIDEO = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
AUDIO = {"id": "F1", "name": "standup.m4a", "mimetype": "audio/mp4"}


def submitted(place: Place | None = None, **chosen: Any) -> dict[str, Any]:
    """A submission in which these were chosen; what has a list is checkboxes."""

    def state(name: str, value: Any) -> dict[str, Any]:
        if name == "link":
            return {"type": "url_text_input", "value": value}
        if name == "channel":
            return {"type": "conversations_select", "selected_conversation": value}
        if isinstance(value, list):
            return {"type": "checkboxes", "selected_options": [{"value": each} for each in value]}
        return {"type": "static_select", "selected_option": {"value": value} if value else None}

    values = {name: {name: state(name, value)} for name, value in chosen.items()}
    kept = (place or Place(channel="C1", response_url="https://hooks.slack.com/1")).model_dump_json()
    view = {"id": "V1", "private_metadata": kept, "state": {"values": values}}
    return {"team": TEAM, "user": {"id": "U1"}, "view": view}


def test_a_wish_with_all_its_choices() -> None:
    body = submitted(link=VIDEO, language="de", length="short", audio=["spoken"], where="me")
    summons = forms.summons_from_view(body, 5.0)
    assert summons.id == "T1:C1:V1:summons"
    assert summons.urls == (VIDEO,)
    assert (summons.language, summons.length, summons.audio, summons.direct) == ("de", "short", True, True)
    assert summons.response_url == "https://hooks.slack.com/1"


def test_what_is_left_as_it_was_is_no_wish() -> None:
    summons = forms.summons_from_view(
        submitted(recording="F9", language="any", length="any", audio=[], where="here"), 5.0
    )
    assert summons.picked == "F9"
    assert not summons.urls
    assert (summons.language, summons.length, summons.audio, summons.direct) == (None, None, False, False)


def test_a_link_into_slack_is_looked_up_with_the_persons_rights() -> None:
    link = "https://acme.slack.com/archives/C024BE91L/p1795224385000100"
    summons = forms.summons_from_view(submitted(link=link), 5.0)
    assert summons.text == link
    assert not summons.urls


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        ({}, "Give me a link"),
        ({"link": None, "recording": None}, "Give me a link"),
        ({"link": VIDEO, "recording": "F1"}, "not both"),
        ({"link": "https://open.spotify.com/episode/1"}, "Spotify"),
        ({"link": "https://www.youtube.com/playlist?list=PL0123456789abcdef"}, "first 3"),
        ({"link": "ftp://example.org/a.mp3"}, "http"),
    ],
)
def test_what_is_missing_or_wrong_is_said_beside_the_link(chosen: dict[str, Any], words: str) -> None:
    with pytest.raises(forms.Incomplete) as raised:
        forms.summons_from_view(submitted(**chosen), 5.0)
    assert list(raised.value.sentences) == ["link"]
    assert words in raised.value.sentences["link"]


def test_the_channel_is_the_one_that_was_chosen_only_where_none_was_known() -> None:
    assert forms.summons_from_view(submitted(Place(), link=VIDEO, channel="C7"), 5.0).channel == "C7"
    assert forms.summons_from_view(submitted(link=VIDEO, channel="C7"), 5.0).channel == "C1"


def test_settings_from_the_modal_and_from_a_word() -> None:
    change = forms.change_from_view(submitted(manner="offer"))
    assert (change.channel, change.manner, change.id) == ("C1", Manner.OFFER, "T1:C1:V1:manner")
    command = {"team_id": "T1", "channel_id": "C1", "user_id": "U1", "trigger_id": "1.2.x", "response_url": "https://h"}
    found = {
        word: forms.change_from_command({**command, "text": word}) for word in ("off", " Mention ", "offer", "off now")
    }
    assert [change and change.manner for change in found.values()] == [Manner.OFF, Manner.MENTION, Manner.OFFER, None]


def pressed(value: str) -> dict[str, Any]:
    actions = [{"action_id": "recap_again", "value": value, "action_ts": "7.7"}]
    return {
        "team": TEAM,
        "user": {"id": "U1"},
        "channel": {"id": "C1"},
        "actions": actions,
        "response_url": "https://h",
    }


def test_recap_anyway_asks_again_with_the_rights_of_who_presses() -> None:
    value = '{"file_id":"F1","language":"de","direct":true}'
    summons = forms.summons_again(pressed(value), value, 5.0)
    assert summons is not None
    assert (summons.picked, summons.file_ids, summons.language) == ("F1", (), "de")
    assert (summons.again, summons.direct, summons.channel) == (True, True, "C1")


@pytest.mark.parametrize("value", ["", "{}", "[]", "nonsense", '{"url":5}', '{"team":"T2","url":"https://youtu.be/a"}'])
def test_values_that_are_not_ours_ask_for_nothing(value: str) -> None:
    assert forms.summons_again(pressed(value), value, 5.0) is None


def reaction(name: str = "ear", **changes: Any) -> dict[str, Any]:
    item = {"type": "message", "channel": "C1", "ts": "1.1"}
    return {"type": "reaction_added", "user": "U2", "reaction": name, "item": item, **changes}


@pytest.mark.parametrize("name", ["ear", "headphones", "ear::skin-tone-3"])
def test_an_ear_or_headphones_ask(name: str) -> None:
    assert payloads.asks_by_reaction(reaction(name), BOT)


@pytest.mark.parametrize(
    "event",
    [
        reaction("eyes"),
        reaction("ear_of_rice"),
        reaction(user=BOT),
        reaction(user=None),
        reaction(item={"type": "file", "file": "F1"}),
        reaction(item=None),
    ],
)
def test_other_reactions_do_not(event: dict[str, Any]) -> None:
    assert not payloads.asks_by_reaction(event, BOT)


def test_a_reaction_means_the_recordings_of_the_message_and_else_its_links() -> None:
    held = {"user": "U1", "text": f"<{VIDEO}>", "files": [AUDIO]}
    summons = payloads.summons_from_reaction(reaction(), held, "T1", BOT, 5.0, abroad=False)
    assert summons is not None
    assert (summons.file_ids, summons.urls, summons.user, summons.quiet) == (("F1",), (), "U2", True)
    reply = {"user": "U1", "text": f"<{VIDEO}>", "thread_ts": "0.9"}
    summons = payloads.summons_from_reaction(reaction(), reply, "T1", BOT, 5.0, abroad=True)
    assert summons is not None
    assert (summons.urls, summons.thread_ts, summons.ts, summons.abroad) == ((VIDEO,), "0.9", "1.1", True)


@pytest.mark.parametrize(
    "held",
    [{}, {"user": "U1", "text": "hi"}, {"user": BOT, "text": f"<{VIDEO}>"}, {"user": "U1", "text": f"`{VIDEO}`"}],
)
def test_a_reaction_on_anything_else_is_only_a_reaction(held: dict[str, Any]) -> None:
    assert payloads.summons_from_reaction(reaction(), held, "T1", BOT, 5.0, abroad=False) is None


def test_two_reactions_on_one_message_are_one_act() -> None:
    held = {"user": "U1", "files": [AUDIO]}
    acts = [
        payloads.summons_from_reaction(reaction(user=user), held, "T1", BOT, 5.0, abroad=False) for user in ("U1", "U2")
    ]
    assert len({act.id for act in acts if act}) == 1
