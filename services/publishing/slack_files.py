"""Uploads in the three calls that Slack wants, so that files are streamed and never shared twice."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from services.publishing.message import Upload
from services.publishing.record import Post, PostRecord
from services.publishing.slack_errors import code_of, slack_errors
from services.vocabulary.errors import RetryableError

_CHUNK = 256 * 1024
_TIMEOUT = aiohttp.ClientTimeout(total=900, sock_read=120)
# Slack shares a completed file a moment later; after a crash we look this many seconds apart before completing again.
_LOOKS = (0.0, 1.0, 2.0)


class SlackFiles:
    """Shares files once per key. Each file has a row of its own in the record, all are shared in one call.

    A file's id is recorded once its bytes are with Slack. Found later, it means: the file was shared, which
    `files.info` tells, or it only has to be. So the bytes are not sent again and the share itself is the result.
    """

    def __init__(self, client: AsyncWebClient, *, team: str, posts: PostRecord, session: aiohttp.ClientSession) -> None:
        self._client = client
        self._team = team
        self._posts = posts
        self._session = session

    async def share(
        self, key: str, *, channel: str, thread_ts: str | None, files: Sequence[Upload], comment: str
    ) -> tuple[str, ...]:
        """Upload what is not with Slack yet, then share all in one post; returns the ids."""
        rows = [
            await self._posts.intend(
                f"{key}:{number}", team=self._team, channel=channel, thread_ts=thread_ts, kind="file"
            )
            for number, _ in enumerate(files)
        ]
        ids = [row.file_id or await self._send(row.key, file) for row, file in zip(rows, files, strict=True)]
        may_be_shared = all(row.file_id for row in rows)
        if ids and not (may_be_shared and await self._is_shared(ids[0], channel)):
            titles = {file_id: file.title for file_id, file in zip(ids, files, strict=True)}
            await self._complete(rows, titles, channel=channel, thread_ts=thread_ts, comment=comment)
        return tuple(ids)

    async def _send(self, key: str, file: Upload) -> str:
        length = await asyncio.to_thread(_length, file.content)
        with slack_errors():
            ticket = await self._client.files_getUploadURLExternal(filename=file.name, length=length)
            headers = {"Content-Type": "application/octet-stream", "Content-Length": str(length)}
            async with self._session.post(
                ticket["upload_url"],
                data=_chunks(file.content),
                headers=headers,
                timeout=_TIMEOUT,
                allow_redirects=False,
            ) as answer:
                if answer.status != 200:  # noqa: PLR2004 - the one status that Slack's upload host promises
                    raise RetryableError(f"Slack's upload host answered {answer.status}")
        file_id = str(ticket["file_id"])
        recorded = await self._posts.posted(key, file_id=file_id)
        # Where another process has sent the same bytes meanwhile, its upload is the one that is shared.
        return recorded.file_id or file_id if recorded else file_id

    async def _complete(
        self, rows: Sequence[Post], titles: dict[str, str], *, channel: str, thread_ts: str | None, comment: str
    ) -> None:
        try:
            with slack_errors():
                await self._client.files_completeUploadExternal(
                    files=[{"id": file_id, "title": title} for file_id, title in titles.items()],
                    channel_id=channel,
                    thread_ts=thread_ts,
                    initial_comment=comment or None,
                )
        except SlackApiError as error:
            if code_of(error) != "file_not_found":
                raise
            # The ticket was used already, and the share is on its way; or it ran out, and the bytes are gone.
            if await self._info(next(iter(titles))) is None:
                for row in rows:
                    await self._posts.forget(row.key)
                raise RetryableError("Slack no longer has the uploaded bytes") from error

    async def messages_of(self, file_id: str, channel: str) -> list[str]:
        """The ts of the messages in the channel that hold the file."""
        shares = (await self._info(file_id) or {}).get("shares") or {}
        return [str(share["ts"]) for places in shares.values() for share in places.get(channel, ())]

    async def _is_shared(self, file_id: str, channel: str) -> bool:
        for delay in _LOOKS:
            await asyncio.sleep(delay)
            if await self.messages_of(file_id, channel):
                return True
        return False

    async def _info(self, file_id: str) -> dict[str, Any] | None:
        """What Slack knows of a file; None for one that does not exist (yet)."""
        try:
            with slack_errors():
                answer = await self._client.files_info(file=file_id)
        except SlackApiError as error:
            if code_of(error) != "file_not_found":
                raise
            return None
        return dict(answer.get("file") or {})


def _length(content: Path | bytes) -> int:
    return len(content) if isinstance(content, bytes) else content.stat().st_size


async def _chunks(content: Path | bytes) -> AsyncIterator[bytes]:
    if isinstance(content, bytes):
        yield content
        return
    source = await asyncio.to_thread(content.open, "rb")
    try:
        while chunk := await asyncio.to_thread(source.read, _CHUNK):
            yield chunk
    finally:
        await asyncio.to_thread(source.close)
