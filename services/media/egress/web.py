"""Our own client for strangers' servers."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp

from services.media.egress.bodies import Body, FileSink, MemorySink, Sink, too_large
from services.media.egress.connector import guarded
from services.media.egress.mishaps import of_failure, of_status
from services.media.egress.places import next_place, place_of
from services.media.egress.policy import Policy
from services.media.egress.resolving import Resolve, SystemResolver
from services.vocabulary.base import Value
from services.vocabulary.errors import OperatorError, UserError

_AGENT = "Earshot/0.1 (a Slack bot that sums up recordings which people link)"
_BLOCK = 1 << 18
_REDIRECTS = 5
_MOVED = (301, 302, 303, 307, 308)
_TIMEOUT = aiohttp.ClientTimeout(total=None, sock_connect=8.0, sock_read=30.0)

OnProgress = Callable[[float | None], None]
"""Hears the fraction that is there, None where the size is not known."""


class Page(Value):
    """A body in memory. `url` is where it was after redirects, `charset` what the server says, if anything.

    `disposition` is the header Content-Disposition, which may name the file.
    """

    url: str
    content_type: str
    charset: str | None
    body: bytes
    disposition: str | None = None


class Saved(Value):
    """A body on disk: its bytes and their SHA-256 in hex. `url` is where it was after redirects."""

    url: str
    content_type: str
    size: int
    sha256: str


class Web:
    """Fetches from strangers' servers under the policy, which judges every address that is dialled, on every hop.

    `ca_bundle` (CA_BUNDLE) is a PEM file of the authorities to trust in place of the system's. No cookies, no
    credentials, no referrer, no proxy of the environment. Because nothing secret is sent, a redirect from https to
    http is followed like any other, as old podcast hosts need it; five redirects at most.

    All three raise UserError for what the person can mend (nothing there, a login, a private network, too large),
    RetryableError for what may pass (busy, slow, broken off), OperatorError where `ca_bundle` is no such file.
    """

    def __init__(self, policy: Policy, *, ca_bundle: Path | None = None, resolve: Resolve | None = None) -> None:
        self._policy = policy
        self._ca_bundle = ca_bundle
        self._resolve = resolve or SystemResolver()
        self._context: ssl.SSLContext | None = None

    async def read(
        self,
        url: str,
        *,
        limit: int,
        seconds: float = 30.0,
        accept: str = "*/*",
        skip: Callable[[str, str], bool] = lambda _type, _url: False,
    ) -> Page:
        """The body at the address, unpacked, of at most `limit` bytes, within `seconds` in all.

        Where `skip` says yes to its content type and final address, the body is left unread and given as empty.
        """
        sink = MemorySink()
        headers = {"Accept": accept, "Accept-Encoding": "gzip"}
        async with self._fetch(url, headers, seconds) as response:
            if not skip(response.content_type, str(response.url)):
                await _pour(response, sink, limit, lambda _: None)
            return Page(
                url=str(response.url),
                content_type=response.content_type,
                charset=response.charset,
                body=bytes(sink.body),
                disposition=response.headers.get("Content-Disposition"),
            )

    async def save(
        self, url: str, path: Path, *, limit: int, seconds: float, on_progress: OnProgress | None = None
    ) -> Saved:
        """The body at the address in the file `path`, which is replaced, and removed again if it does not succeed."""
        headers = {"Accept": "*/*", "Accept-Encoding": "identity"}
        async with self._fetch(url, headers, seconds) as response:
            sink = await asyncio.to_thread(FileSink, path)
            size = None
            try:
                size = await _pour(response, sink, limit, on_progress or (lambda _: None))
            finally:
                digest = await asyncio.to_thread(sink.close)
                if size is None:
                    await asyncio.to_thread(path.unlink, missing_ok=True)
            return Saved(url=str(response.url), content_type=response.content_type, size=size, sha256=digest)

    async def trace(self, url: str, *, seconds: float = 30.0) -> tuple[str, ...]:
        """The addresses on the way to a body, the one asked for first; the body itself is left unread.

        It asks for two bytes, which those who count their listeners take for none.
        """
        way: list[str] = []
        headers = {"Accept": "*/*", "Accept-Encoding": "identity", "Range": "bytes=0-1"}
        async with self._fetch(url, headers, seconds, way):
            return tuple(way)

    @asynccontextmanager
    async def _fetch(
        self, url: str, headers: dict[str, str], seconds: float, way: list[str] | None = None
    ) -> AsyncIterator[aiohttp.ClientResponse]:
        """The final answer, if it is a good one, for the time of the block; all of it within `seconds`.

        `way` is given every address that is asked.
        """
        host = ""
        try:
            async with asyncio.timeout(seconds), await self._session() as session:
                place = place_of(url)
                for _ in range(1 + _REDIRECTS):
                    host = place.host or ""
                    if way is not None:
                        way.append(str(place))
                    async with session.get(place, headers=headers, allow_redirects=False) as response:
                        if response.status not in _MOVED:
                            if complaint := of_status(response):
                                raise complaint
                            yield response
                            return
                        place = next_place(response)
            raise UserError("That address only leads from one place to the next: please check the link.")
        except (aiohttp.ClientError, TimeoutError) as error:
            raise of_failure(error, host) from error

    async def _session(self) -> aiohttp.ClientSession:
        """A session of one call's own, so that nothing passes from one stranger to the next."""
        if self._context is None:
            self._context = await asyncio.to_thread(_trust, self._ca_bundle)
        return aiohttp.ClientSession(
            connector=guarded(self._policy, self._resolve, self._context),
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"User-Agent": _AGENT},
            timeout=_TIMEOUT,
            auto_decompress=False,
            trust_env=False,
        )


def _trust(bundle: Path | None) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=bundle)
    except OSError as error:
        raise OperatorError(f"CA_BUNDLE ({bundle}) cannot be read as certificates in PEM form: {error}") from error


async def _pour(response: aiohttp.ClientResponse, sink: Sink, limit: int, on_progress: OnProgress) -> int:
    """The body into the sink, and its size. Raises UserError when it is too large, by what is said or by what comes."""
    expected = response.content_length
    if expected is not None and expected > limit:
        raise too_large(expected, limit)
    body = Body(sink, encoding=response.headers.get("Content-Encoding", ""), limit=limit)
    arrived = 0
    async for block in response.content.iter_chunked(_BLOCK):
        await asyncio.to_thread(body.take, block)
        arrived += len(block)
        on_progress(min(1.0, arrived / expected) if expected else None)
    body.end()
    return body.size
