"""Messages that people see being written: what every publisher promises, and what Slack does to the real one."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from services.publishing import Stream
from services.publishing.streams import LONGEST_SECONDS, Place, SlackStream
from tests.contract.publisher_places import (
    SUBJECT,
    MemoryPlace,
    SlackPlace,
    post,
    publisher_in,
    slack_place,
    words,
)
from tests.contract.publisher_places import Place as Somewhere
from tests.fakes.posts import Killed
from tests.fakes.publisher import MemoryPublisher
from tests.fakes.times import FakeTime

KEY = f"{SUBJECT}:answer"
FEEDBACK = {"type": "divider"}
WHOLE = words("It moves. In May.")


@pytest.fixture
async def slack() -> AsyncIterator[SlackPlace]:
    async with slack_place() as found:
        yield found


@pytest.fixture(params=["memory", "slack"])
async def place(request: pytest.FixtureRequest) -> AsyncIterator[Somewhere]:
    if request.param == "memory":
        yield MemoryPlace(MemoryPublisher("C1"))
        return
    async with slack_place() as found:
        yield found


def stream_in(place: Somewhere, key: str = KEY) -> Stream:
    return place.publisher.stream(key, channel=place.channel, thread_ts=place.thread, reader=place.reader)


async def texts(place: Somewhere) -> list[str]:
    return [text.replace("\n\n", " ") for _, text in await place.replies()]


async def test_what_is_said_is_shown_at_once_and_stays(place: Somewhere) -> None:
    stream = stream_in(place)
    assert await stream.say("It moves.")
    assert await texts(place) == ["It moves."]
    assert await stream.say("In May.")
    ts = await stream.end(WHOLE, [FEEDBACK])
    assert await place.replies() == [(ts, "It moves.\n\nIn May.")]


async def test_where_nothing_was_said_the_whole_is_posted_once(place: Somewhere) -> None:
    ts = await stream_in(place).end(WHOLE)
    assert await stream_in(place).end(WHOLE) == ts
    assert await place.replies() == [(ts, WHOLE.text)]


async def test_a_try_that_died_in_the_middle_is_finished_and_not_repeated(place: Somewhere) -> None:
    await stream_in(place).say("It mo")
    again = stream_in(place)
    assert await again.say("It moves.")
    assert await texts(place) == ["It mo"]
    ts = await again.end(WHOLE, [FEEDBACK])
    assert await place.replies() == [(ts, WHOLE.text)]


async def test_an_end_that_is_not_remembered_is_repeated_in_its_place(place: Somewhere) -> None:
    stream = stream_in(place)
    await stream.say("It moves.")
    ts = await stream.end(WHOLE, [FEEDBACK])
    assert await stream_in(place).end(WHOLE, [FEEDBACK]) == ts
    assert len(await place.replies()) == 1


async def test_halting_leaves_what_was_said(place: Somewhere) -> None:
    assert not await stream_in(place).halt()
    await stream_in(place).say("It moves.")
    assert await stream_in(place).halt()
    assert await texts(place) == ["It moves."]


async def test_a_streamed_message_is_deleted_with_its_subject(place: Somewhere) -> None:
    stream = stream_in(place)
    await stream.say("It moves.")
    await stream.end(WHOLE)
    await place.publisher.delete(SUBJECT)
    assert await place.replies() == []


async def test_streams_beside_each_other_stay_apart(place: Somewhere) -> None:
    first, second = stream_in(place), stream_in(place, f"{SUBJECT}2:answer")
    await first.say("One.")
    await second.say("Two.")
    await first.end(WHOLE)
    await second.end(WHOLE)
    assert await texts(place) == ["One.", "Two."]


# What only the real one goes through.


async def calls(place: SlackPlace, method: str) -> list[dict[str, Any]]:
    return [call for call in (await place.workspace.journal(method))["calls"] if call["as"] == "bot"]


@pytest.mark.parametrize("error", ["channel_type_not_supported", "missing_scope", "ratelimited"])
async def test_where_slack_begins_no_stream_the_answer_is_posted(slack: SlackPlace, error: str) -> None:
    await slack.workspace.fault(method="chat.startStream", error=error)
    stream = stream_in(slack)
    assert await stream.say("It moves.")
    assert await stream.say("In May.")
    ts = await stream.end(WHOLE)
    assert await slack.replies() == [(ts, WHOLE.text)]
    assert not await calls(slack, "conversations.replies"), "nothing was begun, so nothing is looked for"


async def test_where_slack_limits_streams_nobody_waits_and_others_are_posted(slack: SlackPlace) -> None:
    await slack.workspace.fault(method="chat.startStream", status=429, retry_after=50)
    first, second = stream_in(slack), stream_in(slack, f"{SUBJECT}2:answer")
    await first.say("It moves.")
    await second.say("It moves.")
    assert not await calls(slack, "chat.startStream"), "the second was not tried"
    await first.end(WHOLE)
    await second.end(WHOLE)
    assert [text for _, text in await slack.replies()] == [WHOLE.text] * 2


async def test_without_room_for_streams_the_answer_is_posted(slack: SlackPlace) -> None:
    while slack.publisher.budget.streams.start():
        pass
    stream = stream_in(slack)
    await stream.say("It moves.")
    await stream.end(WHOLE)
    assert not await calls(slack, "chat.startStream")
    assert [text for _, text in await slack.replies()] == [WHOLE.text]


async def test_words_without_room_come_with_the_end(slack: SlackPlace) -> None:
    stream = stream_in(slack)
    await stream.say("It moves.")
    while slack.publisher.budget.streams.append():
        pass
    await stream.say("In May.")
    assert await texts(slack) == ["It moves."]
    await stream.end(WHOLE)
    assert await texts(slack) == ["It moves. In May."]


@pytest.mark.parametrize("method", ["chat.appendStream", "chat.stopStream"])
@pytest.mark.parametrize("drop", ["before", "after"])
async def test_a_cut_connection_leaves_one_whole_answer(slack: SlackPlace, method: str, drop: str) -> None:
    stream = stream_in(slack)
    await stream.say("It moves.")
    await slack.workspace.fault(method=method, drop=drop)
    await stream.say("In May.")
    ts = await stream.end(WHOLE, [FEEDBACK])
    assert await slack.replies() == [(ts, WHOLE.text)]


@pytest.mark.parametrize("drop", ["before", "after"])
async def test_a_cut_connection_at_the_start_leaves_one_whole_answer(slack: SlackPlace, drop: str) -> None:
    await post(slack, key=f"{SUBJECT}:recap", text="the recap")
    await slack.workspace.fault(method="chat.startStream", drop=drop)
    stream = stream_in(slack)
    await stream.say("It moves.")
    ts = await stream.end(WHOLE, [FEEDBACK])
    assert (await slack.replies())[1:] == [(ts, WHOLE.text)]


async def test_a_crash_before_the_stream_is_on_record_makes_no_second_answer(slack: SlackPlace) -> None:
    """Nothing that Slack keeps names such a message; it is the only one of ours without a key."""
    running = stream_in(slack, f"{SUBJECT}2:answer")
    await running.say("Another answer.")
    slack.posts.dies_at.add(KEY)
    with pytest.raises(Killed):
        await stream_in(slack).say("It mo")
    slack.publisher = publisher_in(slack.workspace, slack.posts)
    again = stream_in(slack)
    await again.say("It moves.")
    await again.end(WHOLE, [FEEDBACK])
    await running.say("It goes on.")
    assert sorted(await texts(slack)) == ["Another answer. It goes on.", WHOLE.text]


async def test_a_stream_that_slack_has_ended_is_finished_by_an_edit(slack: SlackPlace) -> None:
    stream = stream_in(slack)
    await stream.say("It moves.")
    slack.workspace.clock.advance(301)
    await stream.say("In May.")
    ts = await stream.end(WHOLE, [FEEDBACK])
    assert await slack.replies() == [(ts, WHOLE.text)]


def aging(slack: SlackPlace, time: FakeTime, *, alive: bool = True) -> SlackStream:
    team = slack.workspace.info["team"]["id"]
    place = Place(key=KEY, team=team, channel=slack.channel, thread_ts=slack.thread, reader=slack.reader)
    publisher = slack.publisher
    return SlackStream(
        place,
        publisher=publisher,
        client=publisher._client,
        posts=slack.posts,
        may_write=lambda: alive,
        clock=time.now,
    )


async def test_a_long_answer_goes_on_in_a_second_stream(slack: SlackPlace) -> None:
    time = FakeTime()
    stream = aging(slack, time)
    await stream.say("It moves.")
    await time.advance(LONGEST_SECONDS + 1)
    await stream.say("In May.")
    assert await texts(slack) == ["It moves.", "In May."]
    await stream.end(WHOLE, [FEEDBACK])
    assert await texts(slack) == ["It moves.", "In May."]
    again = stream_in(slack)
    await again.end(WHOLE)
    assert await texts(slack) == [WHOLE.text], "of two parts one whole, when the end was not remembered"
    assert [key for key in slack.posts.rows if key.startswith(KEY)] == [KEY]


async def test_an_answer_too_long_for_one_message_goes_on_in_another(slack: SlackPlace) -> None:
    stream = stream_in(slack)
    for _ in range(12):
        assert await stream.say("word " * 200)
    await stream.end(WHOLE)
    assert len(await slack.replies()) == 2


async def test_the_stop_button_ends_it(slack: SlackPlace) -> None:
    stream = stream_in(slack)
    await stream.say("It moves.")
    await slack.workspace.person("ada").act("stop", channel=slack.channel, thread_ts=slack.thread)
    assert not await stream.say("In May.")
    assert not await stream.say("Not this either.")
    assert await texts(slack) == ["It moves."]


async def test_who_was_taken_for_dead_streams_nothing(slack: SlackPlace) -> None:
    outcast = aging(slack, FakeTime(), alive=False)
    await outcast.say("It moves.")
    assert await slack.replies() == []
    assert not await calls(slack, "chat.startStream")
