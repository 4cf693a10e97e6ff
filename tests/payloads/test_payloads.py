"""Slack's dicts become requests, or nothing. One case for each kind of message that Slack sends."""

from __future__ import annotations

from typing import Any

import pytest

from handlers import payloads, presses
from services.workflows.requests import Act

BOT, TEAM = "UBOT", "T1"
AUDIO = {"id": "F1", "name": "standup.m4a", "mimetype": "audio/mp4"}


def message(**changes: Any) -> dict[str, Any]:
    """A person's message in a channel."""
    plain = {
        "type": "message",
        "channel": "C1",
        "channel_type": "channel",
        "user": "U1",
        "ts": "1795224385.000100",
        "text": "hello",
    }
    return {**plain, **changes}


def test_a_shared_recording_is_a_request_for_its_own_thread() -> None:
    (request,) = payloads.recap_requests(message(subtype="file_share", files=[AUDIO]), TEAM, BOT)
    assert request.id == "T1:C1:1795224385.000100:F1"
    assert request.thread_ts == request.ts == "1795224385.000100"
    assert request.arrived == pytest.approx(1795224385.0001)


def test_a_recording_shared_in_a_thread_is_answered_in_that_thread() -> None:
    (request,) = payloads.recap_requests(message(files=[AUDIO], thread_ts="1.1"), TEAM, BOT)
    assert request.thread_ts == "1.1"


def test_each_recording_of_a_message_is_a_request() -> None:
    files = [AUDIO, {"id": "F2", "name": "notes.pdf", "mimetype": "application/pdf"}, {**AUDIO, "id": "F3"}]
    assert [r.file_id for r in payloads.recap_requests(message(files=files), TEAM, BOT)] == ["F1", "F3"]


@pytest.mark.parametrize(
    "file",
    [
        {"name": "a.mp3", "mimetype": "application/octet-stream"},
        {"name": "no suffix", "mimetype": "video/quicktime"},
        {"name": "clip", "subtype": "slack_audio"},
        {"name": "x", "filetype": "ogg"},
        {"file_access": "check_file_info"},
    ],
)
def test_recordings_are_told_by_type_kind_or_name(file: dict[str, Any]) -> None:
    assert payloads.recap_requests(message(files=[{"id": "F1", **file}]), TEAM, BOT)


@pytest.mark.parametrize("name", ["notes.txt", "slides.pdf", "photo.png", "mp3", "song.mp3.zip"])
def test_other_files_in_a_channel_are_left_alone(name: str) -> None:
    assert not payloads.recap_requests(message(files=[{"id": "F1", "name": name}]), TEAM, BOT)


def test_any_file_counts_where_the_person_addressed_us() -> None:
    files = [{"id": "F1", "name": "recording.bin"}]
    assert payloads.recap_requests(message(files=files, channel="D1", channel_type="im"), TEAM, BOT)
    assert payloads.recap_requests(message(files=files, text="<@UBOT> please"), TEAM, BOT)


@pytest.mark.parametrize(
    "changes",
    [
        {"bot_id": "B1"},
        {"user": BOT},
        {"user": "USLACKBOT"},
        {"subtype": "message_changed", "message": {"text": "edited"}},
        {"edited": {"user": "U1", "ts": "1795224386.000000"}},
        {"subtype": "message_deleted"},
        {"subtype": "channel_join"},
        {"subtype": "bot_message"},
        {"subtype": "thread_broadcast", "hidden": True},
        {"user": None},
    ],
)
def test_bots_edits_deletions_and_notices_are_not_persons(changes: dict[str, Any]) -> None:
    assert not payloads.from_person(message(**changes), BOT)


@pytest.mark.parametrize("subtype", [None, "file_share", "thread_broadcast"])
def test_what_people_write_is(subtype: str | None) -> None:
    assert payloads.from_person(message(subtype=subtype), BOT)


def test_a_reply_is_a_question_without_our_mention() -> None:
    question = payloads.question(message(thread_ts="1.1", text="<@UBOT> when is it due?"), TEAM, BOT)
    assert question is not None
    assert question.text == "when is it due?"
    assert question.id == "T1:C1:1795224385.000100:question"


@pytest.mark.parametrize(
    "changes",
    [
        {"text": "when?"},
        {"thread_ts": "1.1", "text": "<@U2> when can you do it?"},
        {"thread_ts": "1.1", "text": "<@UBOT>"},
        {"thread_ts": "1.1", "text": "   "},
    ],
)
def test_what_stands_alone_or_is_meant_for_others_is_no_question(changes: dict[str, Any]) -> None:
    assert payloads.question(message(**changes), TEAM, BOT) is None


def test_a_command_is_known_by_its_trigger() -> None:
    command = {"team_id": "T1", "channel_id": "C1", "user_id": "U1", "trigger_id": "9.8.x", "text": " a link "}
    summons = payloads.summons_from_command(command, 5.0)
    assert (summons.id, summons.text, summons.arrived) == ("T1:C1:9.8.x:summons", "a link", 5.0)


def test_a_shortcut_takes_the_recordings_first_and_else_any_file() -> None:
    body = {"team": {"id": "T1"}, "channel": {"id": "C1"}, "user": {"id": "U1"}, "trigger_id": "t"}
    other = {"id": "F9", "name": "a.bin"}
    both = payloads.summons_from_shortcut({**body, "message": message(files=[other, AUDIO])}, 0)
    alone = payloads.summons_from_shortcut({**body, "message": message(files=[other])}, 0)
    assert (both.file_ids, alone.file_ids) == (("F1",), ("F9",))


def test_a_press_from_another_workspace_or_channel_is_not_ours() -> None:
    def press(value: str, channel: str = "C1") -> dict[str, Any]:
        action = {"value": value, "action_ts": "7.7"}
        return {"team": {"id": "T1"}, "channel": {"id": channel}, "user": {"id": "U1"}, "actions": [action]}

    control = presses.control(press("T1:C1:1.1:F1"), Act.CANCEL)
    assert control is not None
    assert control.id == "T1:C1:1.1:F1:cancel:7.7"
    assert presses.control(press("T2:C1:1.1:F1"), Act.DELETE) is None
    assert presses.control(press("T1:C1:1.1:F1", "C2"), Act.DELETE) is None
    assert presses.control(press(""), Act.RETRY) is None
