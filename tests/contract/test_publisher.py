"""One suite for every publisher: the one in memory, and the real one in a local Slack."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from services.publishing import Edit, Mark, Priority, Upload
from services.vocabulary.errors import UserError
from tests.contract.publisher_places import (
    NOTES,
    SUBJECT,
    SUMMARY,
    MemoryPlace,
    Place,
    post,
    slack_place,
    upload,
    words,
)
from tests.fakes.publisher import MemoryPublisher


@pytest.fixture(params=["memory", "slack"])
async def place(request: pytest.FixtureRequest) -> AsyncIterator[Place]:
    if request.param == "memory":
        yield MemoryPlace(MemoryPublisher("C1"))
        return
    async with slack_place() as found:
        yield found


async def test_a_key_is_posted_once_however_often_it_is_asked_for(place: Place) -> None:
    first = await post(place)
    assert await post(place) == first
    assert await post(place, text="something else") == first
    assert await place.replies() == [(first, "working")]


async def test_different_keys_are_different_posts(place: Place) -> None:
    first, second = await post(place), await post(place, key=f"{SUBJECT}:second", text="more")
    assert await place.replies() == [(first, "working"), (second, "more")]


async def test_an_update_replaces_what_was_there(place: Place) -> None:
    ts = await post(place)
    assert await place.publisher.update(place.channel, ts, words("done")) is Edit.MADE
    assert await place.replies() == [(ts, "done")]


async def test_updating_a_deleted_message_says_that_it_is_gone(place: Place) -> None:
    ts = await post(place)
    await place.publisher.delete(SUBJECT)
    assert await place.publisher.update(place.channel, ts, words("done")) is Edit.GONE
    assert await place.replies() == []


async def test_progress_without_room_is_not_sent_but_a_result_is(place: Place) -> None:
    ts = await post(place)
    while place.publisher.budget.edits.progress():
        pass
    edit = await place.publisher.update(place.channel, ts, words("40%"), priority=Priority.PROGRESS)
    assert edit is Edit.NO_ROOM
    assert await place.replies() == [(ts, "working")]
    assert await place.publisher.update(place.channel, ts, words("done")) is Edit.MADE


async def test_files_are_shared_once_in_one_post(place: Place) -> None:
    ids = await upload(place, SUMMARY, NOTES)
    assert len(ids) == 2
    assert await place.files() == [("Spoken summary", b"sound" * 100), ("notes.md", b"# words")]
    assert await upload(place, SUMMARY, NOTES) == ids
    assert len(await place.files()) == 2


async def test_a_file_comes_from_a_path_byte_for_byte(place: Place, tmp_path: Path) -> None:
    path = tmp_path / "long.mp3"
    path.write_bytes(bytes(range(256)) * 4_000)
    await upload(place, Upload(name="long.mp3", title="Long", content=path))
    assert await place.files() == [("Long", path.read_bytes())]


async def test_no_files_are_no_post(place: Place) -> None:
    assert await upload(place) == ()
    assert await place.files() == []


async def test_deleting_takes_all_of_one_subject_and_nothing_else(place: Place) -> None:
    await post(place)
    await upload(place, SUMMARY)
    other = await post(place, key=f"{SUBJECT}2:recap", text="another")
    assert len(await place.files()) == 1
    for _ in range(2):
        await place.publisher.delete(SUBJECT)
        assert [reply for reply in await place.replies() if reply[1]] == [(other, "another")]
        assert await place.files() == []


async def test_a_deleted_key_can_be_posted_anew(place: Place) -> None:
    first = await post(place)
    await place.publisher.delete(SUBJECT)
    assert await post(place) != first
    assert len(await place.replies()) == 1


async def test_marks_are_put_and_taken_and_never_in_the_way(place: Place) -> None:
    ts = await post(place)
    for _ in range(2):
        await place.publisher.react(place.channel, ts, Mark.WORKING)
    assert await place.reactions(ts) == {"eyes"}
    for _ in range(2):
        await place.publisher.unreact(place.channel, ts, Mark.WORKING)
    assert await place.reactions(ts) == set()
    await place.publisher.react(place.channel, "1000000000.000001", Mark.DONE)
    await place.publisher.agent.status(place.channel, place.thread, "is listening")


async def test_an_ephemeral_message_is_for_one_person_only(place: Place) -> None:
    await place.publisher.ephemeral(place.channel, place.reader, words("psst"))
    assert await place.whispers() == ["psst"]
    assert await place.replies() == []


async def test_a_channel_that_does_not_let_us_in_is_told_to_the_person(place: Place) -> None:
    with pytest.raises(UserError, match="/invite"):
        await place.publisher.post(f"{SUBJECT}:recap", channel="C0NOWHERE99", thread_ts=None, message=words("hello"))
