"""Where publishers are tried: in memory, and in a local Slack."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Protocol

from services.publishing import Message, Publisher, Upload, WorkspaceBudget
from services.publishing.client import slack_client
from services.publishing.slack import SlackPublisher
from tests.fakes.posts import MemoryPosts
from tests.fakes.publisher import MemoryPublisher
from tests.slack.local_workspace import LocalWorkspace, local_workspace

SUBJECT = "T0SANDBOX01:C0GENERAL01:1795224385.000100:F0123ABCD"


def words(text: str) -> Message:
    block = {"type": "section", "text": {"type": "mrkdwn", "text": text, "verbatim": True}}
    return Message(text=text, blocks=(block,))


class Place(Protocol):
    """A channel with a thread, the publisher that writes there, and the eyes of a person in it."""

    @property
    def publisher(self) -> Publisher:
        """Which publisher is tried."""
        ...

    @property
    def channel(self) -> str:
        """A channel that it may write to."""
        ...

    @property
    def thread(self) -> str:
        """The ts of a message there."""
        ...

    @property
    def reader(self) -> str:
        """A member of the channel."""
        ...

    async def replies(self) -> list[tuple[str, str]]:
        """ts and text of each reply, as people see them now."""
        ...

    async def files(self) -> list[tuple[str, bytes]]:
        """Title and content of each file shared in the thread."""
        ...

    async def reactions(self, ts: str) -> set[str]:
        """The names of the reactions on a message."""
        ...

    async def whispers(self) -> list[str]:
        """What only the reader was shown."""
        ...


@dataclass
class MemoryPlace:
    publisher: MemoryPublisher
    channel: str = "C1"
    thread: str = "1.1"
    reader: str = "U1"

    async def replies(self) -> list[tuple[str, str]]:
        posts = self.publisher.posted.items()
        return [(ts, post.message.text) for ts, post in posts if post.thread_ts == self.thread and not post.files]

    async def files(self) -> list[tuple[str, bytes]]:
        shares = [post for post in self.publisher.posted.values() if post.thread_ts == self.thread]
        return [item for post in shares for item in zip(post.titles, post.files.values(), strict=True)]

    async def reactions(self, ts: str) -> set[str]:
        return {mark for channel, on, mark in self.publisher.reactions if (channel, on) == (self.channel, ts)}

    async def whispers(self) -> list[str]:
        return [message.text for _, user, message in self.publisher.shown if user == self.reader]


@dataclass(repr=False)
class SlackPlace:
    publisher: SlackPublisher
    workspace: LocalWorkspace
    posts: MemoryPosts
    channel: str
    thread: str

    @property
    def reader(self) -> str:
        return self.workspace.person("ada").id

    async def replies(self) -> list[tuple[str, str]]:
        return [(reply["ts"], reply["text"]) for reply in await self._replies() if not reply.get("files")]

    async def files(self) -> list[tuple[str, bytes]]:
        await asyncio.sleep(0.15)  # shares appear a moment after the call, in Slack and here
        shared = [file for reply in await self._replies() for file in reply.get("files", ())]
        return [(file["title"], await self._content(file)) for file in shared if file["mode"] != "tombstone"]

    async def reactions(self, ts: str) -> set[str]:
        (message,) = [each for each in await self._thread() if each["ts"] == ts]
        return {reaction["name"] for reaction in message.get("reactions", ())}

    async def whispers(self) -> list[str]:
        state = await self.workspace.person("ada").state()
        return [message["text"] for message in state["ephemeral"].get(self.channel, ())]

    async def _replies(self) -> list[dict[str, Any]]:
        return (await self._thread())[1:]

    async def _thread(self) -> list[dict[str, Any]]:
        return await self.workspace.person("ada").thread(self.channel, self.thread)

    async def _content(self, file: dict[str, Any]) -> bytes:
        headers = {"Authorization": f"Bearer {self.workspace.person('ada').token}"}
        async with self.workspace.session.get(file["url_private_download"], headers=headers) as answer:
            return await answer.read()


def publisher_in(
    workspace: LocalWorkspace, posts: MemoryPosts, budget: WorkspaceBudget | None = None
) -> SlackPublisher:
    budget = budget or WorkspaceBudget()
    client = slack_client("xoxb-sandbox", api_url=workspace.api_url, session=workspace.session, budget=budget)
    team = workspace.info["team"]["id"]
    return SlackPublisher(
        client,
        team=team,
        posts=posts,
        budget=budget,
        may_write=lambda: True,
        session=workspace.session,
    )


@asynccontextmanager
async def slack_place() -> AsyncIterator[SlackPlace]:
    async with local_workspace() as workspace:
        channel, posts = workspace.channel("general"), MemoryPosts()
        thread = await workspace.person("ada").post(channel, "a recording")
        yield SlackPlace(publisher_in(workspace, posts), workspace, posts, channel, thread)


async def post(place: Place, key: str = f"{SUBJECT}:recap", text: str = "working") -> str:
    return await place.publisher.post(key, channel=place.channel, thread_ts=place.thread, message=words(text))


async def upload(place: Place, *files: Upload, key: str = f"{SUBJECT}:audio") -> tuple[str, ...]:
    return await place.publisher.upload(key, channel=place.channel, thread_ts=place.thread, files=files)


SUMMARY = Upload(name="recap.mp3", title="Spoken summary", content=b"sound" * 100)
NOTES = Upload(name="notes.md", title="notes.md", content=b"# words")
