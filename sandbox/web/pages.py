"""A site of ordinary pages with media, and of pages that are built to harm whoever fetches them."""

from __future__ import annotations

import asyncio
import contextlib
import gzip

from aiohttp import web

from sandbox.web.sounds import partial, tone

_SEGMENTS = 3
_CHUNK = b"\xff\xfb\x90\x00" + bytes(60_000)
_BOMB = 300 << 20


class Pages:
    """The paths: /sound.mp3, /sound.m4a, /hls.m3u8, /dash.mpd, /og.html, /article.html, /feed.xml; and the hostile
    /file-redirect, /og-file.html, /metadata-redirect, /bomb.html, /endless.mp3, /trickle.mp3, /many.m3u8, /huge.mp3.
    """  # noqa: D205 - the list is the summary

    def __init__(self, sounds: dict[str, tuple[bytes, str]]) -> None:
        self._sounds = sounds

    @classmethod
    def made(cls) -> Pages:
        """With sound made on the spot; it takes a moment of processor time."""
        sounds = {kind: tone(kind, 6) for kind in ("mp3", "m4a")}
        sounds |= {f"segment{index}": tone("ts", 4, pitch=300.0 + 100 * index) for index in range(_SEGMENTS)}
        return cls(sounds)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """One answer."""
        path = request.path.removeprefix("/")
        if path.startswith("sound."):
            return partial(request, *self._sounds[path.removeprefix("sound.")])
        if path.startswith("segment"):
            return partial(request, *self._sounds[f"segment{int(path[7:].split('.')[0]) % _SEGMENTS}"])
        if path in ("endless.mp3", "trickle.mp3", "slow-head.mp3"):
            return await self._slow(request, path)
        if path == "bomb.html":
            body = await asyncio.to_thread(gzip.compress, b"<!doctype html><html><body>" + b"A" * _BOMB, 1)
            return web.Response(body=body, headers={"Content-Encoding": "gzip", "Content-Type": "text/html"})
        return self._text(path)

    def _text(self, path: str) -> web.Response:
        if path in ("file-redirect", "metadata-redirect"):
            target = "file:///etc/hostname" if path == "file-redirect" else "http://169.254.169.254/latest/meta-data/"
            return web.Response(status=302, headers={"Location": target})
        if path == "huge.mp3":
            return web.Response(headers={"Content-Length": str(1 << 40), "Content-Type": "audio/mpeg"})
        body, content_type = {**_TEXTS, "many.m3u8": (_playlist(10_000), _HLS)}.get(path, (None, ""))
        if body is None:
            raise web.HTTPNotFound
        return web.Response(text=body, content_type=content_type)

    async def _slow(self, request: web.Request, path: str) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "audio/mpeg"})
        if path == "trickle.mp3":
            response.content_length = 1_000_000
        else:
            response.enable_chunked_encoding()
        await response.prepare(request)
        with contextlib.suppress(ConnectionError):  # whoever asked has had enough
            while True:
                await response.write(b"\xff\xfb\x90\x00" if path == "trickle.mp3" else _CHUNK)
                await asyncio.sleep(0.5 if path == "trickle.mp3" else 0)
        return response


_HLS = "application/vnd.apple.mpegurl"


def _playlist(segments: int) -> str:
    lines = "".join(f"#EXTINF:4.0,\nsegment{index}.ts\n" for index in range(segments))
    return f"#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:4\n{lines}#EXT-X-ENDLIST\n"


def _page(title: str, video: str) -> str:
    tags = f'<meta property="og:title" content="{title}">'
    tags += f'<meta property="og:video" content="{video}"><meta property="og:video:type" content="video/mp4">'
    return f"<html><head><title>{title}</title>{tags}</head><body><p>words</p></body></html>"


_DASH = """<?xml version="1.0"?>
<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" mediaPresentationDuration="PT6S" minBufferTime="PT2S"
 profiles="urn:mpeg:dash:profile:isoff-on-demand:2011"><Period><AdaptationSet contentType="audio" mimeType="audio/mp4">
<Representation id="a" bandwidth="32000" codecs="mp4a.40.2" audioSamplingRate="48000"><BaseURL>sound.m4a</BaseURL>
</Representation></AdaptationSet></Period></MPD>"""

_TEXTS = {
    "hls.m3u8": (_playlist(_SEGMENTS), _HLS),
    "file.m3u8": (_playlist(1).replace("segment0.ts", "file:///etc/hostname"), _HLS),
    "dash.mpd": (_DASH, "application/dash+xml"),
    "og.html": (_page("../../../tmp/pwn $(touch x)", "/sound.m4a"), "text/html"),
    "og-file.html": (_page("A page", "file:///etc/hostname"), "text/html"),
    "article.html": ("<html><head><title>News</title></head><body><p>words</p></body></html>", "text/html"),
}
