"""What Slack tells of the agent chat, and what it becomes."""

from __future__ import annotations

from typing import Any

import pytest

from handlers.agent import question_of, stop_of, welcome_of

OPENED = {"type": "app_home_opened", "user": "U1", "channel": "D1", "tab": "messages", "event_ts": "1795224385.000100"}
STOPPED = {
    "type": "agent_session_stopped",
    "channel": "D1",
    "thread_ts": "1795224300.000100",
    "user": "U1",
    "streaming_message_ts": ["1795224380.000100"],
    "event_ts": "1795224385.000100",
}


def test_who_comes_again_within_the_hour_is_the_same_visit() -> None:
    first, later = welcome_of(OPENED, "T1"), welcome_of({**OPENED, "event_ts": "1795226385.000100"}, "T1")
    tomorrow = welcome_of({**OPENED, "event_ts": "1795310785.000100"}, "T1")
    assert first
    assert later
    assert tomorrow
    assert first.id == welcome_of(OPENED, "T1").id  # type: ignore[union-attr]
    assert tomorrow.id != first.id


@pytest.mark.parametrize("change", [{"tab": "home"}, {"channel": None}, {"tab": None}])
def test_what_is_not_the_chat_is_no_visit(change: dict[str, Any]) -> None:
    assert welcome_of({**OPENED, **change}, "T1") is None


def test_stop_is_of_one_thread_and_moment() -> None:
    stop = stop_of(STOPPED, "T1")
    assert stop
    assert stop.id == "T1:D1:1795224300.000100:stop:1795224385.000100"
    assert stop_of({**STOPPED, "thread_ts": None}, "T1") is None


def test_a_message_to_us_alone_is_a_question_of_its_own_thread() -> None:
    message = {"channel": "D1", "channel_type": "im", "ts": "5.1", "user": "U1", "text": "<@UBOT> what was decided?"}
    question = question_of(message, "T1", "UBOT")
    assert question
    assert (question.thread_ts, question.text, question.direct) == ("5.1", "what was decided?", True)
    reply = question_of({**message, "thread_ts": "4.1"}, "T1", "UBOT")
    assert reply
    assert reply.thread_ts == "4.1"
    assert question_of({**message, "text": ""}, "T1", "UBOT") is None
