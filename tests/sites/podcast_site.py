"""A site on loopback as podcasts' and publishers' sites are, with some that mean harm."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web

RSS = "application/rss+xml"
NAMESPACES = (
    'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:podcast="https://podcastindex.org/namespace/1.0" '
    'xmlns:psc="http://podlove.org/simple-chapters" xmlns:atom="http://www.w3.org/2005/Atom"'
)

CHANNEL = """<title>The Harbour Hour</title><language>en-gb</language><link>https://harbour.example/</link>
<itunes:image href="https://harbour.example/cover.jpg"/>
<atom:link href="https://harbour.example/feed" rel="self" type="application/rss+xml"/>"""

TIDES = """<item><title>Tides &amp; tables</title><link>/episodes/tides</link><guid isPermaLink="false">ep-2</guid>
<pubDate>Tue, 10 Nov 2026 06:00:00 +0100</pubDate>
<enclosure url="/audio/tides.mp3?sig=a%2Fb" type="audio/mpeg" length="1048576"/>
<itunes:duration>1:02:03</itunes:duration><itunes:image href="https://harbour.example/tides.jpg"/>
<podcast:transcript url="/t/tides.txt" type="text/plain"/>
<podcast:transcript url="/t/tides.de.json" type="application/json" language="de"/>
<podcast:transcript url="/t/tides.srt" type="application/x-subrip" rel="captions"/>
<podcast:transcript url="/t/tides.json" type="application/json" language="en"/>
<podcast:transcript url="file:///secret.vtt" type="text/vtt"/>
<podcast:chapters url="/t/tides.chapters.json" type="application/json+chapters"/>
<psc:chapters version="1.2"><psc:chapter start="00:10:00.5" title="Tables"/><psc:chapter start="0" title="Tides"/>
</psc:chapters></item>"""

ROPES = """<item><title>Ropes</title><link>https://harbour.example/episodes/ropes/?utm_source=feed</link><guid>ep-1</guid>
<pubDate>Tue, 03 Nov 2026 06:00:00 GMT</pubDate>
<enclosure url="https://cdn.example/ropes.jpg" type="image/jpeg" length="5"/>
<enclosure url="https://cdn.example/ropes.m4a" type="audio/x-m4a" length="0"/></item>"""


def feed(*items: str, channel: str = CHANNEL, head: str = '<?xml version="1.0" encoding="UTF-8"?>') -> str:
    return f'{head}<rss version="2.0" {NAMESPACES}><channel>{channel}{"".join(items)}</channel></rss>'


def page(head: str = "", body: str = "", language: str = "en") -> str:
    return f'<!doctype html><html lang="{language}"><head>{head}</head><body>{body}</body></html>'


@dataclass(repr=False)
class Site:
    """What is served at each path, as text or bytes with a media type; `read` lists the paths that were asked for."""

    address: str = ""
    pages: dict[str, tuple[str | bytes, str]] = field(default_factory=dict)
    redirects: dict[str, str] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    read: list[str] = field(default_factory=list)

    def put(self, path: str, content: str | bytes, kind: str = "text/html; charset=utf-8") -> str:
        self.pages[path] = (content, kind)
        return self.address + path

    async def _serve(self, request: web.Request) -> web.Response:
        self.read.append(request.path_qs)
        if request.path in self.broken:
            raise web.HTTPServiceUnavailable
        if request.path in self.redirects:
            raise web.HTTPFound(self.redirects[request.path])
        if request.path not in self.pages:
            raise web.HTTPNotFound
        content, kind = self.pages[request.path]
        body = content.encode() if isinstance(content, str) else content
        return web.Response(body=body, headers={"Content-Type": kind})


@asynccontextmanager
async def podcast_site() -> AsyncIterator[Site]:
    site = Site()
    app = web.Application()
    app.router.add_get("/{path:.*}", site._serve)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        listener = web.TCPSite(runner, "127.0.0.1", 0)
        await listener.start()
        host, port = runner.addresses[0][:2]
        site.address = f"http://{host}:{port}"
        yield site
    finally:
        await runner.cleanup()
