"""Which recording a person means by a link to a Slack message or file, or by the thread they stand in.

We may read more than the person may, so nothing is found for them that they could not open themselves.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from services.media.recordings import recordings
from services.vocabulary.base import Value

_MESSAGE_LINK = re.compile(r"/archives/([A-Z0-9]+)/p(\d{10})(\d{6})(?:\?[^>|\s]*?thread_ts=([\d.]+))?")
_FILE_LINK = re.compile(r"/files/[UW][A-Z0-9]+/(F[A-Z0-9]+)")
# Enough for any thread that people still talk in; a longer history costs a call a page.
_REPLIES = 100
_MEMBER_PAGES = 10
_GONE = frozenset({"channel_not_found", "not_in_channel", "message_not_found", "thread_not_found", "file_not_found"})


class Shared(Value):
    """A file as it was shared: its id, its name, and the message that holds it (None for a bare file link)."""

    file_id: str
    name: str
    channel: str | None = None
    ts: str | None = None
    thread_ts: str | None = None


def names_something(text: str) -> bool:
    """Whether the text holds a link to a Slack message or file."""
    return bool(_MESSAGE_LINK.search(text) or _FILE_LINK.search(text))


class SlackShares:
    """Reads messages to find the files in them. Slack's errors pass through as SlackApiError, but for 'not there'."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client

    async def named(self, text: str, *, user: str) -> list[Shared]:
        """The recordings behind the first Slack link in the text; empty where there is none that the user may see."""
        if (link := _FILE_LINK.search(text)) and not _MESSAGE_LINK.search(text):
            return await self.file(link[1], user=user)
        return await self.readable(text, lambda channel: self.is_member(channel, user))

    async def readable(self, text: str, may_read: Callable[[str], Awaitable[bool]]) -> list[Shared]:
        """The same, out of channels that `may_read` takes; a file wherever it was shared in one of these."""
        if link := _MESSAGE_LINK.search(text):
            channel, ts, thread_ts = link[1], f"{link[2]}.{link[3]}", link[4]
            if not await may_read(channel):
                return []
            return _shared(channel, await self._linked(channel, ts, thread_ts), any_kind=True)
        if link := _FILE_LINK.search(text):
            return await self._file(link[1], may_read)
        return []

    async def message(self, channel: str, ts: str) -> dict[str, Any]:
        """A message of a channel or of a thread there; empty where it is gone."""
        try:
            answer = await self._client.conversations_replies(channel=channel, ts=ts, inclusive=True, limit=1)
        except SlackApiError as error:
            _nothing_if_gone(error)
            return {}
        found: list[dict[str, Any]] = [m for m in answer["messages"] or () if m.get("ts") == ts]
        return found[0] if found else {}

    async def in_thread(self, channel: str, thread_ts: str) -> list[Shared]:
        """The recordings of a thread that the person stands in, in order of time."""
        try:
            answer = await self._client.conversations_replies(channel=channel, ts=thread_ts, limit=_REPLIES)
        except SlackApiError as error:
            return _nothing_if_gone(error)
        found = [share for message in answer["messages"] or () for share in _shared(channel, message)]
        return [share.model_copy(update={"thread_ts": thread_ts}) for share in found]

    async def _linked(self, channel: str, ts: str, thread_ts: str | None) -> dict[str, Any]:
        window: dict[str, Any] = {"channel": channel, "oldest": ts, "latest": ts, "inclusive": True, "limit": 1}
        try:
            if thread_ts and thread_ts != ts:
                answer = await self._client.conversations_replies(**window, ts=thread_ts)
            else:
                answer = await self._client.conversations_history(**window)
        except SlackApiError as error:
            _nothing_if_gone(error)
            return {}
        found: list[dict[str, Any]] = [m for m in answer["messages"] or () if m.get("ts") == ts]
        return found[0] if found else {}

    async def file(self, file_id: str, *, user: str) -> list[Shared]:
        """The file, where the person may see it."""
        return await self._file(file_id, lambda channel: self.is_member(channel, user), owner=user)

    async def _file(
        self, file_id: str, may_read: Callable[[str], Awaitable[bool]], owner: str | None = None
    ) -> list[Shared]:
        try:
            file = (await self._client.files_info(file=file_id))["file"] or {}
        except SlackApiError as error:
            return _nothing_if_gone(error)
        channels = [*file.get("channels", ()), *file.get("groups", ()), *file.get("ims", ())]
        allowed = owner is not None and file.get("user") == owner
        for channel in channels:
            allowed = allowed or await may_read(channel)
        return [Shared(file_id=file_id, name=str(file.get("name") or ""))] if allowed else []

    async def is_member(self, channel: str, user: str) -> bool:
        """Whether the person is in the channel; False also where it is none that we know."""
        cursor = ""
        for _ in range(_MEMBER_PAGES):
            try:
                answer = await self._client.conversations_members(channel=channel, cursor=cursor, limit=1000)
            except SlackApiError as error:
                _nothing_if_gone(error)
                return False
            if user in (answer["members"] or ()):
                return True
            cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return False
        return False


def _shared(channel: str, message: Mapping[str, Any], *, any_kind: bool = False) -> list[Shared]:
    files: Iterable[Mapping[str, Any]] = message.get("files") or ()
    chosen = recordings(files) or recordings(files, any_kind=any_kind)
    ts, thread_ts = message.get("ts"), message.get("thread_ts") or message.get("ts")
    return [Shared(file_id=file, name=name, channel=channel, ts=ts, thread_ts=thread_ts) for file, name in chosen]


def _nothing_if_gone(error: SlackApiError) -> list[Shared]:
    if error.response.get("error") in _GONE:
        return []
    raise error
