"""The reader of Slack's files: from a file's id to its bytes on our disk."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from services.media.names import display_name
from services.media.slack_answers import download_url, refusal
from services.media.slack_hosts import is_file_host
from services.vocabulary.base import Value
from services.vocabulary.errors import OperatorError, RetryableError, UserError

_BLOCK = 1 << 18
_CONNECT = 15.0
_REDIRECTS = 5
_ATTEMPTS = 4
_OK, _PARTIAL, _BEYOND = 200, 206, 416
_MOVED = (301, 302, 303, 307, 308)
_FORBIDDEN, _GONE = (401, 403), (404, 410)

OnProgress = Callable[[float | None], None]


class FetchedFile(Value):
    """A file whose bytes we hold. `name` is fit for display; `sha256` in hex; `permalink` opens it in Slack."""

    id: str
    name: str
    size: int
    sha256: str
    mimetype: str
    permalink: str | None = None


class _Sink:
    """The file being written and the hash of what is in it. Its methods block."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("wb")
        self.size = 0
        self._digest = hashlib.sha256()

    def write(self, block: bytes) -> None:
        self._file.write(block)
        self._digest.update(block)
        self.size += len(block)

    def restart(self) -> None:
        self._file.seek(0)
        self._file.truncate()
        self.size, self._digest = 0, hashlib.sha256()

    def close(self) -> str:
        self._file.close()
        return self._digest.hexdigest()


class SlackFiles:
    """Fetches the files that people shared, with the token that the client has at the time.

    The token goes to Slack's file hosts only (see `is_file_host`), never along a redirect to elsewhere. `max_bytes`
    bounds a file; `idle` is the seconds without a byte after which a connection counts as broken, `total` those for
    the whole download. A broken download goes on where it broke, a few times, after `pause` seconds, then longer.
    """

    def __init__(
        self,
        client: AsyncWebClient,
        *,
        session: aiohttp.ClientSession,
        max_bytes: int,
        idle: float = 30.0,
        total: float = 3600.0,
        pause: float = 0.5,
    ) -> None:
        self._client = client
        self._session = session
        self._max_bytes = max_bytes
        self._timeout = aiohttp.ClientTimeout(total=None, sock_connect=_CONNECT, sock_read=idle)
        self._total = total
        self._pause = pause

    async def fetch(self, file_id: str, to: Path, *, on_progress: OnProgress = lambda _: None) -> FetchedFile:
        """Download the file into `to`, which is replaced; `on_progress` hears the fraction that is done.

        Raises UserError for a file that is gone, hidden, out of reach, kept elsewhere or too large; RetryableError
        when Slack is not ready or the connection does not hold; OperatorError when token or scope are wrong.
        """
        info = await self._info(file_id)
        url, size = download_url(info), int(info.get("size") or 0)
        if size > self._max_bytes:
            raise UserError(self._too_large(info))
        sink = await asyncio.to_thread(_Sink, to)
        try:
            async with asyncio.timeout(self._total):
                await self._download(url, info, sink, on_progress)
        except TimeoutError as error:
            raise RetryableError(f"Slack did not deliver the file within {self._total:.0f} s") from error
        finally:
            digest = await asyncio.to_thread(sink.close)
        kind = str(info.get("mimetype") or "")
        return FetchedFile(
            id=file_id,
            name=display_name(str(info.get("title") or info.get("name") or "")),
            size=sink.size,
            sha256=digest,
            mimetype=kind if kind.startswith(("audio/", "video/")) else "application/octet-stream",
            permalink=info.get("permalink"),
        )

    async def _info(self, file_id: str) -> Mapping[str, Any]:
        try:
            answer = await self._client.files_info(file=file_id)
        except SlackApiError as error:
            raise refusal(str(error.response.get("error") or "")) from error
        except (aiohttp.ClientError, TimeoutError, SlackClientError) as error:
            raise RetryableError(f"Slack cannot be asked about the file: {error!r}") from error
        file = answer.get("file")
        if not isinstance(file, Mapping):
            raise RetryableError("Slack's answer holds no file")
        return file

    async def _download(self, url: str, info: Mapping[str, Any], sink: _Sink, on_progress: OnProgress) -> None:
        """All bytes into the sink, over as many connections as it takes."""
        size = int(info.get("size") or 0)
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                await self._pour(url, info, sink, on_progress)
            except (aiohttp.ClientError, TimeoutError) as error:
                if attempt == _ATTEMPTS:
                    raise RetryableError(f"The connection to Slack's file host does not hold: {error!r}") from error
            else:
                if sink.size == size or "size" not in info:
                    return
            if sink.size > size:
                await asyncio.to_thread(sink.restart)
            await asyncio.sleep(self._pause * attempt)
        raise RetryableError(f"Slack delivered {sink.size} bytes of a file of {size}")

    async def _pour(self, url: str, info: Mapping[str, Any], sink: _Sink, on_progress: OnProgress) -> None:
        """What one connection delivers, after what is already there."""
        size = int(info.get("size") or 0)
        async with await self._open(url, after=sink.size) as response:
            _check(response, info)
            goes_on = response.status == _PARTIAL
            if sink.size and not (
                goes_on and response.headers.get("Content-Range", "").startswith(f"bytes {sink.size}-")
            ):
                await asyncio.to_thread(sink.restart)
                if goes_on or response.status == _BEYOND:
                    return
            async for block in response.content.iter_chunked(_BLOCK):
                if sink.size + len(block) > self._max_bytes:
                    raise UserError(self._too_large(info))
                await asyncio.to_thread(sink.write, block)
                on_progress(min(1.0, sink.size / size) if size else None)

    async def _open(self, url: str, *, after: int) -> aiohttp.ClientResponse:
        """The response with the bytes, redirects followed within Slack's own hosts."""
        headers = {"Authorization": f"Bearer {self._client.token}", "Accept-Encoding": "identity"}
        if after:
            headers["Range"] = f"bytes={after}-"
        for _ in range(_REDIRECTS):
            if not is_file_host(url, api_url=self._client.base_url):
                raise OperatorError(f"The file is at {urlsplit(url).netloc!r}, which is not a file host of Slack's")
            response = await self._session.get(url, headers=headers, allow_redirects=False, timeout=self._timeout)
            if response.status not in _MOVED or "Location" not in response.headers:
                return response
            response.release()
            url = urljoin(url, response.headers["Location"])
        raise RetryableError("Slack's file host redirects without end")

    def _too_large(self, info: Mapping[str, Any]) -> str:
        name = display_name(str(info.get("name") or ""))
        return (
            f'"{name}" is larger than {self._max_bytes >> 20} MB, the most I take: please share its sound only, as mp3.'
        )


def _check(response: aiohttp.ClientResponse, info: Mapping[str, Any]) -> None:
    """Raise what the status means, and for the login page that Slack shows in place of a file."""
    if response.status in _FORBIDDEN:
        raise OperatorError("Slack refuses the download: check SLACK_BOT_TOKEN and its scope files:read")
    if response.status in _GONE:
        raise refusal("file_not_found")
    if response.status not in (_OK, _PARTIAL, _BEYOND):
        raise RetryableError(f"Slack's file host answered with status {response.status}")
    if response.content_type == "text/html" and info.get("mimetype") != "text/html":
        raise OperatorError(
            "Slack sent its login page instead of the file: SLACK_BOT_TOKEN is not valid here or lacks files:read"
        )
