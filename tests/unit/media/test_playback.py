"""Where a browser may play an episode whose words came with it."""

from __future__ import annotations

import asyncio
import json
import ssl
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import trustme

from services.media.egress import Gate, Web
from services.media.ladder import Ladder
from services.media.links import identify
from services.media.playback import origin_of, playback_of
from services.media.podcasts import Podcasts
from services.media.podcasts.episode import Enclosure
from services.media.sites import Sites
from services.storage.files import FileBlobs
from services.storage.scratch import Scratch
from services.vocabulary.media import Media
from services.vocabulary.source import Playback
from services.workflows.links import Links
from tests.sites.podcast_site import RSS, TIDES, feed, podcast_site
from tests.unit.media.egress.outside import HOST, admitting, outside, resolving, saying

NAMES = ("cast.example", "edge.example")
PART = b"HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 0-1/900\r\nContent-Length: 2\r\n\r\nID"


def moved(place: str) -> bytes:
    return f"HTTP/1.1 302 Found\r\nLocation: {place}\r\nContent-Length: 0\r\n\r\n".encode()


@asynccontextmanager
async def publisher(folder: Path, answer: Callable[[str, int], bytes]) -> AsyncIterator[tuple[Web, int, list[bytes]]]:
    """An https server of both names, what it answers by the path and its port; what was asked of it."""
    authority, heads = trustme.CA(), list[bytes]()
    await asyncio.to_thread(authority.cert_pem.write_to_path, folder / "ca.pem")
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    await asyncio.to_thread(authority.issue_cert(*NAMES).configure_cert, context)

    async def serve(reader: StreamReader, writer: StreamWriter) -> None:
        try:
            heads.append(await reader.readuntil(b"\r\n\r\n"))
            writer.write(answer(heads[-1].split()[1].decode(), writer.get_extra_info("sockname")[1]))
            await writer.drain()
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.transport.abort()

    server = await asyncio.start_server(serve, HOST, 0, ssl=context)
    async with server:
        names = resolving({name: [HOST] for name in NAMES})
        web = Web(admitting("127.0.0.0/8"), ca_bundle=folder / "ca.pem", resolve=names)
        yield web, server.sockets[0].getsockname()[1], heads


async def test_the_way_to_the_sound_is_gone_once_and_no_byte_too_many_is_asked_for(tmp_path: Path) -> None:
    def answer(path: str, port: int) -> bytes:
        return moved(f"https://edge.example:{port}/b.mp3") if path == "/a.mp3?x=1" else PART

    async with publisher(tmp_path, answer) as (web, port, heads):
        found = await playback_of(web, Enclosure(url=f"https://cast.example:{port}/a.mp3?x=1", type="audio/mpeg"))
    assert found == Playback(
        url=f"https://cast.example:{port}/a.mp3?x=1",
        origins=(f"https://cast.example:{port}", f"https://edge.example:{port}"),
        mimetype="audio/mpeg",
    )
    assert [b"Range: bytes=0-1\r\n" in head for head in heads] == [True, True]


async def test_a_way_that_leaves_https_or_ends_nowhere_is_none(tmp_path: Path) -> None:
    async with outside(saying(PART)) as plain:

        def answer(path: str, _port: int) -> bytes:
            gone = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
            return moved(f"http://{HOST}:{plain}/c.mp3") if path == "/plain.mp3" else gone

        async with publisher(tmp_path, answer) as (web, port, _):
            for name in ("plain", "gone"):
                assert await playback_of(web, Enclosure(url=f"https://cast.example:{port}/{name}.mp3")) is None


@pytest.mark.parametrize(
    "sound",
    [
        Enclosure(url="http://cast.example/a.mp3"),
        Enclosure(url="javascript:alert(1)"),
        Enclosure(url="https://10.1.2.3/a.mp3"),
        Enclosure(url="https://localhost/a.mp3"),
        Enclosure(url="https://[::1]/a.mp3"),
        Enclosure(url="https://name:word@cast.example/a.mp3"),
        Enclosure(url="https://cast.example:99999/a.mp3"),
        Enclosure(url="https://cast.example/list.m3u8"),
        Enclosure(url="https://cast.example/list", type="application/x-mpegurl"),
    ],
)
async def test_nobody_is_asked_about_an_address_that_no_browser_should_play(sound: Enclosure, tmp_path: Path) -> None:
    async with publisher(tmp_path, lambda _path, _port: PART) as (web, _, heads):
        assert await playback_of(web, sound) is None
        assert heads == []


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://cast.example/a", "https://cast.example"),
        ("https://CAST.example:443/a", "https://cast.example"),
        ("https://bücher.example/a", "https://xn--bcher-kva.example"),
        ("https://cast.example;script-src/a", None),
        ("https://cast.example'/a", None),
        ("https:///a", None),
    ],
)
def test_an_origin_is_a_plain_name_of_the_web(url: str, origin: str | None) -> None:
    assert origin_of(url) == origin


async def test_an_episode_with_a_transcript_remembers_where_it_plays(tmp_path: Path) -> None:
    said = [
        {"speaker": "Bell", "startTime": 4.0 * n, "endTime": 4.0 * n + 3.8, "body": f"It says {n}."} for n in range(10)
    ]
    scratch = Scratch(tmp_path / "scratch")
    async with podcast_site() as site, publisher(tmp_path, lambda _path, _port: PART) as (web, port, _):
        site.put("/t/tides.json", json.dumps({"version": "1.0.0", "segments": said}), "application/json")
        own = f'url="https://cast.example:{port}/tides.mp3"'
        item = TIDES.replace('url="/audio/tides.mp3?sig=a%2Fb"', own).replace("1:02:03", "40")
        async with Gate(admitting("127.0.0.0/8")) as gate:
            sites = Sites(gate, scratch)
            ladder = Ladder(web, sites, Podcasts(web, scratch), max_bytes=1 << 20, max_seconds=3600)
            links = Links(ladder=ladder, blobs=FileBlobs(tmp_path / "blobs"), scratch=scratch)
            link = identify(site.put("/podcast.rss", feed(item), RSS))
            taken = await links.take("T1", link, language=None, report=lambda _: None, show=lambda _: None)
    assert taken.transcript_key
    assert taken.media.playback
    assert taken.media.playback.url == f"https://cast.example:{port}/tides.mp3"
    assert Media.model_validate_json(taken.media.model_dump_json()) == taken.media
