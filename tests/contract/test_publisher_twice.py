"""Two processes with the same work: one was taken for dead and woke up. Nothing is in Slack twice."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from services.publishing import Edit, Priority, WorkspaceBudget
from services.publishing.client import slack_client
from services.publishing.record import Post
from services.publishing.slack import SlackPublisher
from services.vocabulary.errors import RetryableError
from tests.contract.publisher_places import NOTES, SUBJECT, SUMMARY, SlackPlace, post, publisher_in, slack_place, words
from tests.fakes.posts import MemoryPosts


class PausedPosts(MemoryPosts):
    """The record as a process sees it that was paused right after its own intents: all later ones are unknown to it."""

    def __init__(self, real: MemoryPosts) -> None:
        super().__init__()
        self.rows = real.rows

    async def intend(self, key: str, *, team: str, channel: str, thread_ts: str | None, kind: str) -> Post:
        self.rows.setdefault(key, Post(key=key, team=team, channel=channel, thread_ts=thread_ts, kind=kind))
        return Post(key=key, team=team, channel=channel, thread_ts=thread_ts, kind=kind, fresh=True)


@pytest.fixture
async def slack() -> AsyncIterator[SlackPlace]:
    async with slack_place() as place:
        yield place


async def test_of_two_posts_the_recorded_one_stays(slack: SlackPlace) -> None:
    paused = publisher_in(slack.workspace, PausedPosts(slack.posts))
    ts = await post(slack)
    key = f"{SUBJECT}:recap"
    assert await paused.post(key, channel=slack.channel, thread_ts=slack.thread, message=words("working")) == ts
    assert await slack.replies() == [(ts, "working")]


async def test_files_are_shared_once_by_two(slack: SlackPlace) -> None:
    paused = publisher_in(slack.workspace, PausedPosts(slack.posts))
    key, place = f"{SUBJECT}:files", {"channel": slack.channel, "thread_ts": slack.thread}
    ids = await slack.publisher.upload(key, files=[SUMMARY, NOTES], **place)
    assert await paused.upload(key, files=[SUMMARY, NOTES], **place) == ids
    assert len(await slack.files()) == 2


async def test_who_may_have_been_taken_for_dead_writes_nothing(slack: SlackPlace) -> None:
    ts = await post(slack)
    outcast = SlackPublisher(
        slack_client("xoxb-sandbox", api_url=slack.workspace.api_url, session=slack.workspace.session),
        team=slack.workspace.info["team"]["id"],
        posts=slack.posts,
        budget=WorkspaceBudget(),
        may_write=lambda: False,
        session=slack.workspace.session,
    )
    channel, thread = slack.channel, slack.thread
    with pytest.raises(RetryableError):
        await outcast.post(f"{SUBJECT}:more", channel=channel, thread_ts=thread, message=words("more"))
    with pytest.raises(RetryableError):
        await outcast.upload(f"{SUBJECT}:files", channel=channel, thread_ts=thread, files=[SUMMARY])
    with pytest.raises(RetryableError):
        await outcast.update(slack.channel, ts, words("done"))
    assert await outcast.update(slack.channel, ts, words("40%"), priority=Priority.PROGRESS) is Edit.NO_ROOM
    assert await slack.replies() == [(ts, "working")]
    assert await slack.files() == []
