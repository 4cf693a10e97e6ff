"""From a link that is no video site's to the recording behind it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Protocol

from services.media.podcasts import apple
from services.media.podcasts.addresses import host
from services.media.podcasts.episode import Enclosure, Episode, Wanted
from services.media.podcasts.media_types import bare, is_recording
from services.media.podcasts.naming import title_from
from services.media.podcasts.page import Page
from services.media.podcasts.parsing_job import Document, Parsed
from services.media.podcasts.players import player
from services.processes import ChildDied, Limits, run_once
from services.storage.scratch import Scratch
from services.vocabulary.errors import Canceled, RetryableError, UserError
from services.vocabulary.source import Link, Publication

LARGEST = 30 << 20
"""Bytes of a feed or a page at most; the longest-running shows have feeds of about ten mebibytes."""

_ENTRY = "services.media.podcasts.parsing_job:serve"
# The largest sound feed takes a few seconds of processor time; what takes longer is built to.
_LIMITS = Limits(wall=60, cpu=10, memory=1 << 30, file_size=0)
_CHILDREN = 2
_ACCEPT = (
    "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, application/xml;q=0.9, */*;q=0.5"
)
_ACCEPT_FEED = "application/rss+xml, application/atom+xml, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5"
_WAY_OUT = "Paste the address of the recording itself, or attach the file."

_UNLISTED = f"Apple Podcasts does not list that episode any more, or its show keeps its feed to itself. {_WAY_OUT}"


class Answer(Protocol):
    """What was read from an address of the web."""

    @property
    def url(self) -> str:
        """Where it was in the end."""

    @property
    def content_type(self) -> str | None:
        """The media type, None where none was declared."""

    @property
    def charset(self) -> str | None:
        """The character set, None where none was declared."""

    @property
    def body(self) -> bytes:
        """All of it, decompressed."""

    @property
    def disposition(self) -> str | None:
        """The header Content-Disposition."""


class Reader(Protocol):
    """Reads an address of the web within bounds, every hop vetted."""

    async def read(
        self,
        url: str,
        *,
        limit: int,
        seconds: float = 30,
        accept: str = "*/*",
        skip: Callable[[str, str], bool] = lambda _type, _url: False,
    ) -> Answer:
        """The whole body of at most `limit` bytes, or none where `skip` says so of its type and address.

        Raises UserError or RetryableError.
        """


class Podcasts:
    """Finds the recording behind podcasts' and ordinary pages' links.

    `web` reads addresses, `scratch` holds what is parsed, `lookup` is Apple's API.
    """

    def __init__(self, web: Reader, scratch: Scratch, *, lookup: str = apple.LOOKUP) -> None:
        self._web = web
        self._scratch = scratch
        self._lookup = lookup
        self._children = asyncio.Semaphore(_CHILDREN)

    async def find(self, link: Link) -> Episode | None:
        """The recording; None where the page shows none.

        A feed and an Apple show are their newest episode. A page is the entry of its feed that is about it, else the
        recording that it names itself, else the first player of a known site that it embeds.

        Raises UserError, with one clear sentence, for a feed without recordings or beyond reading and for an episode
        that is not listed any more; and what `web` raises.
        """
        if asked := apple.ids(link):
            return await self._listed(link, asked)
        answer = await self._web.read(link.url, limit=LARGEST, accept=_ACCEPT, skip=is_recording)
        if known := player(answer.url):
            return Episode(publication=Publication(title=host(answer.url)), embedded=known)
        if is_recording(answer.content_type, answer.url):
            return _direct(answer)
        parsed = await self._parsed(answer)
        return await self._of_page(parsed.page) if parsed.page else parsed.episode

    async def _of_page(self, page: Page) -> Episode | None:
        fault: RetryableError | None = None
        for feed in page.feeds:
            try:
                if found := await self._in_feed(feed, page.wanted):
                    return found
            except Canceled:
                raise
            except UserError:
                continue  # the page was pasted, not its feed
            except RetryableError as error:
                fault = error
        if page.episode is None and fault:
            raise fault
        return page.episode

    async def _in_feed(self, feed: str, wanted: Wanted) -> Episode | None:
        answer = await self._web.read(feed, limit=LARGEST, accept=_ACCEPT_FEED)
        return (await self._parsed(answer, wanted)).episode

    async def _listed(self, link: Link, asked: apple.Ids) -> Episode:
        answer = await self._web.read(
            apple.query(self._lookup, asked), limit=apple.LARGEST_ANSWER, accept="application/json"
        )
        listing = await asyncio.to_thread(apple.read, answer.body, asked)
        wanted = listing.wanted or (await self._titled(link) if listing.feed else None)
        try:
            found = await self._in_feed(listing.feed, wanted) if listing.feed and wanted else None
        except (UserError, RetryableError) as error:
            if listing.episode is None or isinstance(error, Canceled):
                raise
            found = None  # Apple itself knows enough of it
        if found := found or listing.episode:
            return found
        raise UserError(_UNLISTED)

    async def _titled(self, link: Link) -> Wanted | None:
        """An episode that is too old for Apple's API, by the title that its page has."""
        parsed = await self._parsed(await self._web.read(link.url, limit=LARGEST, accept=_ACCEPT))
        titles = parsed.page.wanted.titles if parsed.page else ()
        return Wanted(titles=titles) if titles else None

    async def _parsed(self, answer: Answer, wanted: Wanted | None = None) -> Parsed:
        async with self._children, self._scratch.folder() as folder:
            path = folder / "document"
            await asyncio.to_thread(path.write_bytes, answer.body)
            document = Document(
                path=str(await asyncio.to_thread(path.resolve)),
                url=answer.url,
                content_type=answer.content_type,
                charset=answer.charset,
                wanted=wanted or Wanted(),
            )
            try:
                return Parsed.model_validate(await run_once(_ENTRY, document.model_dump(mode="json"), _LIMITS))
            except ChildDied as error:
                raise UserError(
                    f"What {host(answer.url)} sent is too large or too tangled to read. {_WAY_OUT}"
                ) from error


def _direct(answer: Answer) -> Episode:
    return Episode(
        publication=Publication(title=title_from(answer.url, {"Content-Disposition": answer.disposition or ""})),
        enclosure=Enclosure(url=answer.url, type=bare(answer.content_type) or None),
    )
