"""A message that people see being written, in the real Slack."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from enum import StrEnum

from slack_sdk.web.async_client import AsyncWebClient

from services.publishing import Block, Publisher
from services.publishing.lookup import Lookup, metadata
from services.publishing.message import Message
from services.publishing.record import Post, PostRecord
from services.publishing.slack_errors import code_of, refused, slack_errors
from services.publishing.windows import Clock
from services.vocabulary.base import Value

_log = logging.getLogger(__name__)
# Slack ends a stream about five minutes after its start, however often it is added to (python-slack-sdk issue 1859).
LONGEST_SECONDS = 230.0
# Of the 12,000 characters that a message takes; what closes it needs room, too.
_MOST_CHARACTERS = 9_000
_STOPPED = "stopped_by_user"
_GONE = {"message_not_found", "channel_not_found"}


class Place(Value):
    """Where a stream goes, under which key, and to whom."""

    key: str
    team: str
    channel: str
    thread_ts: str
    reader: str


class _Form(StrEnum):
    """Nothing shown yet; being shown; to be posted at the end; to be finished by an edit; stopped by the reader."""

    NEW = "new"
    RUNNING = "running"
    WHOLE = "whole"
    EDIT = "edit"
    STOPPED = "stopped"


class SlackStream:
    """The `Stream` contract over chat.startStream, appendStream and stopStream.

    A stream that grows old or long goes on in a second message. `parts` of it have the key with a number behind it.
    """

    def __init__(
        self,
        place: Place,
        *,
        publisher: Publisher,
        client: AsyncWebClient,
        posts: PostRecord,
        may_write: Callable[[], bool],
        clock: Clock = time.monotonic,
    ) -> None:
        self._place = place
        self._may_write = may_write
        self._publisher = publisher
        self._client = client
        self._posts = posts
        self._lookup = Lookup(client)
        self._clock = clock
        self._form = _Form.NEW
        self._parts: list[str] = []
        self._held = ""
        self._length = 0
        self._began = 0.0

    async def say(self, words: str) -> bool:
        """Begin with the first paragraph, add the others."""
        if self._form is _Form.NEW:
            await self._begin(words)
        elif self._form is _Form.RUNNING:
            await self._add(words)
        return self._form is not _Form.STOPPED

    async def end(self, whole: Message, closing: Sequence[Block] = ()) -> str:
        """Close the stream; where there is none, or it broke, write the whole."""
        if self._form is _Form.RUNNING and await self._close(closing):
            return self._parts[0]
        earlier = self._parts or await self._earlier()
        if not earlier:
            place = self._place
            return await self._publisher.post(
                place.key, channel=place.channel, thread_ts=place.thread_ts, message=whole
            )
        return await self._replace(earlier, whole)

    async def halt(self) -> bool:
        """End whatever of it is still being shown."""
        parts = self._parts or await self._earlier()
        for ts in parts:
            await self._halt(ts)
        return bool(parts)

    async def _begin(self, words: str) -> None:
        if await self._posts.find(self._place.key) is not None:
            self._form = _Form.EDIT  # an earlier try of ours began it
        else:
            await self._start(words)

    async def _start(self, words: str) -> None:
        """Start a message, the first or one that goes on."""
        if not (self._may_write() and self._publisher.budget.streams.start()):
            self._form = _Form.EDIT if self._parts else _Form.WHOLE
            return
        place, key = self._place, self._key(len(self._parts))
        await self._posts.intend(key, team=place.team, channel=place.channel, thread_ts=place.thread_ts, kind="message")
        try:
            with slack_errors():
                answer = await self._client.chat_startStream(
                    channel=place.channel,
                    thread_ts=place.thread_ts,
                    recipient_team_id=place.team,
                    recipient_user_id=place.reader,
                    markdown_text=words,
                )
        except Exception as error:  # noqa: BLE001 - the answer comes all the same
            _log.info("Slack began no stream: %s", error)
            self._publisher.budget.streams.end()
            if refused(error):
                await self._posts.forget(key)
            self._form = _Form.EDIT if self._parts or not refused(error) else _Form.WHOLE
            return
        self._form, self._began, self._length, self._held = _Form.RUNNING, self._clock(), len(words), ""
        self._parts.append(str(answer["ts"]))
        await self._posts.posted(key, ts=self._parts[-1])

    async def _add(self, words: str) -> None:
        if self._clock() - self._began > LONGEST_SECONDS or self._length + len(words) > _MOST_CHARACTERS:
            if await self._close(()):
                await self._start(words)
            return
        self._held += f"\n\n{words}"
        self._length += len(words) + 2
        if not self._publisher.budget.streams.append():
            return
        try:
            with slack_errors():
                await self._client.chat_appendStream(
                    channel=self._place.channel, ts=self._parts[-1], markdown_text=self._held
                )
        except Exception as error:  # noqa: BLE001 - it is finished by an edit
            self._publisher.budget.streams.end()
            self._broken(error)
        else:
            self._held = ""

    async def _close(self, closing: Sequence[Block]) -> bool:
        """End the running message with what is left; False where that has to be done in another way."""
        if not self._may_write():
            return False
        self._publisher.budget.streams.end()
        try:
            with slack_errors():
                await self._client.chat_stopStream(
                    channel=self._place.channel,
                    ts=self._parts[-1],
                    markdown_text=self._held or None,
                    blocks=list(closing) or None,
                    metadata=metadata(self._key(len(self._parts) - 1)),
                )
        except Exception as error:  # noqa: BLE001 - it is finished by an edit
            self._broken(error)
            return False
        self._held, self._form = "", _Form.EDIT
        return True

    def _broken(self, error: Exception) -> None:
        _log.info("a stream ended early: %s", error)
        self._form = _Form.STOPPED if code_of(error) == _STOPPED else _Form.EDIT

    def _key(self, part: int) -> str:
        return f"{self._place.key}:{part + 1}" if part else self._place.key

    async def _earlier(self) -> list[str]:
        """What an earlier try of the same key has left in the thread, the first part first."""
        first = await self._posts.find(self._place.key)
        rows = [first, *await self._posts.of(self._place.key)] if first else []
        return [ts for row in rows if (ts := row.ts or await self._lost(row))]

    async def _lost(self, row: Post) -> str | None:
        """The ts that an earlier try did not live to write down."""
        place = self._place

        async def known(ts: str) -> bool:
            return await self._posts.holder(place.team, place.channel, ts) is not None

        ts = await self._lookup.keyed(row.key, place.channel, place.thread_ts) or await self._lookup.streamed(
            place.channel, place.thread_ts, known
        )
        if ts:
            await self._posts.posted(row.key, ts=ts)
        return ts

    async def _replace(self, parts: Sequence[str], whole: Message) -> str:
        """Put the whole where the first part is; the others go."""
        for ts in parts:
            await self._halt(ts)
        await self._publisher.update(self._place.channel, parts[0], whole)
        for number, ts in enumerate(parts[1:], 1):
            try:
                with slack_errors():
                    await self._client.chat_delete(channel=self._place.channel, ts=ts)
            except Exception as error:
                if code_of(error) not in _GONE:
                    raise
            await self._posts.forget(self._key(number))
        return parts[0]

    async def _halt(self, ts: str) -> None:
        """End a message's stream, where it still is one: until then it cannot be edited."""
        try:
            with slack_errors():
                await self._client.chat_stopStream(channel=self._place.channel, ts=ts)
        except Exception as error:
            if not refused(error):
                raise
