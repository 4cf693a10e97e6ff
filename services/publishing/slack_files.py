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

    A file's id is recorded once its bytes are with Slack, so a row with an id needs no second upload: it was shared,
    which `files.info` tells, or it only has to be.
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
        ids = tuple([row.file_id or await self._send(row.key, file) for row, file in zip(rows, files, strict=True)])
        if not ids or all(row.ts for row in rows):
            return ids
        may_be_shared = all(row.file_id for row in rows)
        ts = await self._shared_ts(ids[0], channel, _LOOKS) if may_be_shared else None
        if ts is None:
            await self._complete(rows, ids, files, channel=channel, thread_ts=thread_ts, comment=comment)
            ts = await self._shared_ts(ids[0], channel, _LOOKS[:1])
        for row in rows:
            await self._posts.posted(row.key, ts=ts)
        return ids

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
        await self._posts.posted(key, file_id=file_id)
        return file_id

    async def _complete(
        self,
        rows: Sequence[Post],
        ids: Sequence[str],
        files: Sequence[Upload],
        *,
        channel: str,
        thread_ts: str | None,
        comment: str,
    ) -> None:
        titles: list[dict[str, Any]] = [
            {"id": file_id, "title": file.title} for file_id, file in zip(ids, files, strict=True)
        ]
        try:
            with slack_errors():
                await self._client.files_completeUploadExternal(
                    files=titles, channel_id=channel, thread_ts=thread_ts, initial_comment=comment or None
                )
        except SlackApiError as error:
            if code_of(error) != "file_not_found":
                raise
            # The ticket ran out before it was used: the bytes have to be sent anew.
            for row in rows:
                await self._posts.forget(row.key)
            raise RetryableError("Slack no longer has the uploaded bytes") from error

    async def _shared_ts(self, file_id: str, channel: str, looks: Sequence[float]) -> str | None:
        """The ts of the post that shares the file in the channel; None where there is none (yet)."""
        for delay in looks:
            await asyncio.sleep(delay)
            try:
                with slack_errors():
                    info = await self._client.files_info(file=file_id)
            except SlackApiError as error:
                if code_of(error) != "file_not_found":
                    raise
                continue
            shares = (info.get("file") or {}).get("shares") or {}
            for scope in shares.values():
                for share in scope.get(channel) or ():
                    return str(share["ts"])
        return None


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
