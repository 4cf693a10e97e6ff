"""The player's routes: the page, its data, the recording, and the page's own files."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path

from aiohttp import web
from aiohttp.abc import AbstractStreamWriter

from services.player import Playable, RecapSource
from services.player.data import page_data
from services.player.embeds import embed_of, playback_of
from services.player.links import LinkExpired, LinkForged, PlayerLinks
from services.player.page import HEADERS, expired_page, page_headers, player_page, unknown_page
from services.publishing.naming import media_title
from services.vocabulary.recap import Recap

_STATIC = Path(__file__).parent / "static"
_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
_PLAYABLE = ("audio/", "video/")


class _FileNow(web.FileResponse):
    """A file that is sent by `prepare`, so that it need not be there any longer than the handler runs.

    aiohttp prepares what a handler returns once more, which its own FileResponse does not stand.
    """

    async def prepare(self, request: web.BaseRequest) -> AbstractStreamWriter | None:
        return None if self.prepared else await super().prepare(request)


class _Player:
    def __init__(self, source: RecapSource, links: PlayerLinks, now: Callable[[], float]) -> None:
        self._source = source
        self._links = links
        self._now = now

    async def page(self, request: web.Request) -> web.StreamResponse:
        recap = await self._recap(request)
        held = await self._content_type(recap)
        embed, playback = (None, None) if held else (embed_of(recap.media), playback_of(recap.media))
        page = player_page(media_title(recap.media), request.match_info["token"])
        headers = page_headers(frames=embed.origin if embed else None, media=playback.origins if playback else ())
        return web.Response(text=page, content_type="text/html", headers=headers)

    async def data(self, request: web.Request) -> web.StreamResponse:
        recap = await self._recap(request)
        content_type = await self._content_type(recap)
        data = await asyncio.to_thread(lambda: json.dumps(page_data(recap, content_type), ensure_ascii=False))
        response = web.Response(text=data, content_type="application/json", headers=HEADERS)
        response.enable_compression()
        return response

    async def media(self, request: web.Request) -> web.StreamResponse:
        async with self._source.media(self._recap_id(request)) as media:
            return await _sound(request, media)

    async def narration(self, request: web.Request) -> web.StreamResponse:
        async with self._source.narration(self._recap_id(request)) as narration:
            return await _sound(request, narration)

    async def static(self, request: web.Request) -> web.StreamResponse:
        path = _STATIC / Path(request.match_info["name"]).name
        if path.suffix not in _TYPES or not await asyncio.to_thread(path.is_file):
            raise _sorry(web.HTTPNotFound, unknown_page())
        return web.FileResponse(path, headers=HEADERS | {"Content-Type": f"{_TYPES[path.suffix]}; charset=utf-8"})

    async def _content_type(self, recap: Recap) -> str | None:
        async with self._source.media(recap.id) as media:
            return media.content_type if media else None

    async def _recap(self, request: web.Request) -> Recap:
        recap = await self._source.recap(self._recap_id(request))
        if recap is None:
            raise _sorry(web.HTTPNotFound, unknown_page())
        return recap

    def _recap_id(self, request: web.Request) -> str:
        try:
            return self._links.verify(request.match_info["token"], self._now())
        except LinkForged:
            raise _sorry(web.HTTPNotFound, unknown_page()) from None
        except LinkExpired:
            raise _sorry(web.HTTPGone, expired_page()) from None


def player_routes(
    source: RecapSource, links: PlayerLinks, *, now: Callable[[], float] = time.time
) -> list[web.RouteDef]:
    """Routes below `/r/` for an aiohttp application. `now` is Unix time."""
    player = _Player(source, links, now)
    handlers: dict[str, Callable[[web.Request], Awaitable[web.StreamResponse]]] = {
        "/r/static/{name}": player.static,
        "/r/{token}": player.page,
        "/r/{token}/recap.json": player.data,
        "/r/{token}/audio": player.media,
        "/r/{token}/summary": player.narration,
    }
    return [web.get(path, handler) for path, handler in handlers.items()]


async def _sound(request: web.Request, playable: Playable | None) -> web.StreamResponse:
    if playable is None:
        raise _sorry(web.HTTPNotFound, unknown_page())
    # Whatever strangers uploaded is given out as sound or pictures or not at all, never as a page.
    tame = playable.content_type if playable.content_type.startswith(_PLAYABLE) else "application/octet-stream"
    response = _FileNow(playable.path, headers=HEADERS | {"Content-Type": tame})
    with suppress(ConnectionError):  # browsers hang up in the middle whenever somebody skips
        await response.prepare(request)
    return response


def _sorry(kind: type[web.HTTPNotFound | web.HTTPGone], page: str) -> web.HTTPException:
    return kind(text=page, content_type="text/html", headers=HEADERS)
