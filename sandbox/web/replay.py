"""Starts the stand-in for the web, and stops it."""

from __future__ import annotations

import asyncio
import json
import shutil
import ssl
import tempfile
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import trustme
from aiohttp import web

from sandbox.web.pages import Pages
from sandbox.web.sounds import tone
from sandbox.web.tunnel import Tunnel
from sandbox.web.video import Video
from sandbox.web.youtube import HOSTS, YouTube

RECORDED_ID = "GJLlxj_dtq8"
"""The video of the recorded watch page."""


@dataclass(repr=False)
class Replay:
    """A running stand-in.

    `proxy` is the address of the proxy through which the site is reached under its own names, `ca_bundle` the
    authority to trust, `pages` the address of the site of pages. `asked` are the hosts of the proxy's tunnels,
    `requests` what was requested, with cookies.
    """

    proxy: str
    ca_bundle: Path
    pages: str
    youtube: YouTube
    asked: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    async def resolve(self, host: str, port: int) -> list[str]:  # noqa: ARG002 - as a resolver is called
        """Every name is here."""
        return [host if host.replace(".", "").isdigit() else "127.0.0.1"]

    def add(self, *videos: Video) -> None:
        """Have these videos."""
        self.youtube.videos.update({video.id: video for video in videos})

    def sound(self, webm: bytes | None = None, m4a: bytes | None = None) -> None:
        """What is heard in every video, instead of a tone."""
        given = {"251": (webm, "audio/webm"), "140": (m4a, "audio/mp4")}
        self.youtube.sounds.update({itag: (body, kind) for itag, (body, kind) in given.items() if body})


def recorded(video: Video, path: Path) -> Video:
    """The video with a player's answer that was recorded, about whichever video that was. It reads a file."""
    text = path.read_text(encoding="utf-8")
    original = json.loads(text).get("videoDetails", {}).get("videoId")
    return replace(video, recording=json.loads(text.replace(original, video.id) if original else text))


@asynccontextmanager
async def replay(videos: Iterable[Video] = (), *, watch_page: str | None = None) -> AsyncIterator[Replay]:
    """The stand-in with these videos, on free ports of loopback. `watch_page` is a recorded one, for recordings."""
    sounds, pages, authority = await asyncio.to_thread(_made)
    youtube = YouTube(sounds, watch_page, RECORDED_ID)
    requests: list[str] = []
    runner = web.AppRunner(_app(youtube, pages, requests), shutdown_timeout=0.1)
    await runner.setup()
    folder = Path(await asyncio.to_thread(tempfile.mkdtemp))
    try:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        bundle = await asyncio.to_thread(_certify, authority, context, folder)
        tls, plain = await _listen(runner, context), await _listen(runner, None)
        tunnel = Tunnel(tls, plain)
        running = Replay(await tunnel.start(), bundle, f"http://127.0.0.1:{plain}", youtube, tunnel.asked, requests)
        running.add(*videos)
        try:
            yield running
        finally:
            await tunnel.close()
    finally:
        await runner.cleanup()
        await asyncio.to_thread(shutil.rmtree, folder)


def _made() -> tuple[dict[str, tuple[bytes, str]], Pages, trustme.CA]:
    return {"251": tone("webm", 8), "140": tone("m4a", 8)}, Pages.made(), trustme.CA()


def _certify(authority: trustme.CA, context: ssl.SSLContext, folder: Path) -> Path:
    authority.issue_cert(*HOSTS, "*.youtube.com", "*.googlevideo.com", "i.ytimg.com").configure_cert(context)
    bundle = folder / "ca.pem"
    authority.cert_pem.write_to_path(str(bundle))
    return bundle


async def _listen(runner: web.AppRunner, context: ssl.SSLContext | None) -> int:
    site = web.TCPSite(runner, "127.0.0.1", 0, ssl_context=context)
    await site.start()
    port: int = site._server.sockets[0].getsockname()[1]  # type: ignore[union-attr] # noqa: SLF001
    return port


def _app(youtube: YouTube, pages: Pages, requests: list[str]) -> web.Application:
    async def answer(request: web.Request) -> web.StreamResponse:
        cookie = request.headers.get("Cookie")
        requests.append(f"{request.method} {request.host}{request.path_qs}" + (f" ({cookie})" if cookie else ""))
        known = request.host.endswith((*HOSTS, ".googlevideo.com", "i.ytimg.com"))
        return await (youtube if known else pages).answer(request)

    app = web.Application(client_max_size=4 << 20)
    app.router.add_route("*", "/{path:.*}", answer)
    return app
