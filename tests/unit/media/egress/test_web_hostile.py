"""Our own client on servers and addresses that mean harm."""

from __future__ import annotations

import asyncio
import gzip
import time
import tracemalloc
import zlib
from pathlib import Path

import pytest

from services.media.egress import Policy, Web
from services.vocabulary.errors import EarshotError, RetryableError, UserError
from tests.unit.media.egress.forms import ADDRESSES, LITERALS, OPEN
from tests.unit.media.egress.outside import HOST, admitting, endless, left_in, outside, resolving, saying
from tests.unit.media.egress.test_web import answer

Place = tuple[str, int]
MEGABYTE = 1 << 20
PRIVATE = "inside a private network"


async def test_literals_are_refused_before_anything_is_dialled(dialled: list[Place]) -> None:
    assert len(LITERALS) >= 200
    web, opened = Web(Policy()), []
    for form in LITERALS:
        try:
            opened.append(await web.read(f"http://{form}/latest/meta-data/", limit=100))
        except UserError:
            continue
    assert opened == []
    assert dialled == []


async def test_names_are_refused_by_any_of_their_addresses(dialled: list[Place]) -> None:
    names: dict[str, list[str]] = {}
    web = Web(Policy(), resolve=resolving(names))
    for bad in ADDRESSES:
        for addresses in ([bad], [OPEN[0], bad], [bad, OPEN[0]]):
            names["files.example"] = addresses
            for scheme in ("http", "https"):
                with pytest.raises(UserError, match=PRIVATE):
                    await web.read(f"{scheme}://files.example/", limit=100)
    assert dialled == []


@pytest.mark.parametrize("name", ["localhost", "localhost.", "ip6-localhost.", "LOCALHOST"])
async def test_this_machines_own_names_are_refused(dialled: list[Place], name: str) -> None:
    with pytest.raises((UserError, RetryableError)):
        await Web(Policy()).read(f"http://{name}/", limit=100)
    assert dialled == []


async def test_a_redirect_to_any_of_them_is_refused(visitor: Web, dialled: list[Place]) -> None:
    form = ""

    async def redirect(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answer(b"", f"Location: //{form}/", status="302 Found"))

    async with outside(redirect) as port:
        web, opened = visitor, []
        for form in LITERALS:  # noqa: B007 - the server reads it
            try:
                opened.append(await web.read(f"http://{HOST}:{port}/", limit=100))
            except UserError:
                continue
    assert opened == []
    assert dialled == [(HOST, port)] * len(LITERALS)


@pytest.mark.parametrize(
    "location",
    [
        "file:///etc/hostname",
        "ftp://HOST/",
        "gopher://HOST/",
        "data:text/html,x",
        "javascript:1",
        "http://name:word@HOST/",
        "http://HOST\\@other.example/",
        "\\\\other.example/",
        "http://[::1/",
        "http://HOST:99999/",
        "http://",
        "//",
    ],
)
async def test_a_redirect_to_what_is_no_web_address_is_refused(
    visitor: Web, dialled: list[Place], location: str
) -> None:
    place = location.replace("HOST", HOST)
    async with outside(saying(answer(b"", f"Location: {place}", status="302 Found"))) as port:
        with pytest.raises(UserError):
            await visitor.read(f"http://{HOST}:{port}/", limit=100)
    assert set(dialled) == {(HOST, port)}


@pytest.mark.parametrize(
    "url",
    [
        "",
        "files.example",
        "file:///etc/hostname",
        "ftp://HOST/",
        "http://name@HOST/",
        "http://name:word@HOST/",
        "http://:@HOST/",
        "http://HOST\r\nX: 1/",
        "http://HOST/\r\nX: 1",
        "http://HOST\\@other.example/",
        "http://HOST:0/",
        "http://HOST:x/",
        "http://\u2460\u2461\u2466.\u24ea.\u24ea.\u2460/",
        "http://127\u30020\u30020\u30021/",
    ],
)
async def test_what_is_no_web_address_is_refused(visitor: Web, dialled: list[Place], url: str) -> None:
    with pytest.raises(UserError):
        await visitor.read(url.replace("HOST", HOST), limit=100)
    assert dialled == []


@pytest.mark.parametrize("port", [22, 6379, 8080])
async def test_other_ports_are_refused(dialled: list[Place], port: int) -> None:
    for host in (OPEN[0], f"[{OPEN[3]}]", "open.example"):
        with pytest.raises(UserError, match="ports 80 and 443"):
            await Web(Policy(), resolve=resolving({"open.example": OPEN})).read(f"http://{host}:{port}/", limit=100)
    assert dialled == []


async def test_a_name_that_changes_its_mind_is_dialled_where_it_was_judged(dialled: list[Place]) -> None:
    lookups = 0

    async def rebinding(host: str, port: int) -> list[str]:
        nonlocal lookups
        lookups += 1
        return [HOST] if lookups % 2 else ["127.0.0.1"]

    async with outside(saying(answer(b"here"))) as port:
        web = Web(admitting(), resolve=rebinding)
        for turn in range(6):
            if turn % 2:
                with pytest.raises(UserError, match=PRIVATE):
                    await web.read(f"http://rebinding.example:{port}/", limit=100)
            else:
                assert (await web.read(f"http://rebinding.example:{port}/", limit=100)).body == b"here"
    assert lookups == 6
    assert dialled == [(HOST, port)] * 3


def bomb() -> bytes:
    """A sixteenth of a megabyte that unpacks to 64."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    block = bytes(MEGABYTE)
    return b"".join([*(packer.compress(block) for _ in range(64)), packer.flush()])


async def test_a_bomb_is_stopped_at_the_limit(visitor: Web, tmp_path: Path) -> None:
    packed = await asyncio.to_thread(bomb)
    assert len(packed) < MEGABYTE // 8
    async with outside(saying(answer(packed, "Content-Encoding: gzip"))) as port:
        web, url = visitor, f"http://{HOST}:{port}/"
        tracemalloc.start()
        for fetch in (web.read(url, limit=4 * MEGABYTE), web.save(url, tmp_path / "m", limit=8 * MEGABYTE, seconds=9)):
            with pytest.raises(UserError, match="I take at most"):
                await fetch
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert peak < 16 * MEGABYTE
    assert left_in(tmp_path) == []


async def test_a_terabyte_is_refused_by_its_announcement(visitor: Web, tmp_path: Path) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 1099511627776\r\n\r\n"
    async with outside(endless(head, b"x", pause=0.05)) as port:
        web, url = visitor, f"http://{HOST}:{port}/"
        with pytest.raises(UserError, match="has 1 TB, and I take at most 2 GB"):
            await web.save(url, tmp_path / "m", limit=2 << 30, seconds=9)
        with pytest.raises(UserError, match="has 1 TB"):
            await web.read(url, limit=MEGABYTE)
    assert left_in(tmp_path) == []


async def test_an_endless_body_is_refused_by_count(visitor: Web, tmp_path: Path) -> None:
    async with outside(endless(b"HTTP/1.1 200 OK\r\n\r\n", bytes(1 << 16))) as port:
        web, url = visitor, f"http://{HOST}:{port}/"
        with pytest.raises(UserError, match="more than 2 MB"):
            await web.save(url, tmp_path / "m", limit=2 * MEGABYTE, seconds=9)
        with pytest.raises(UserError, match="more than 1 MB"):
            await web.read(url, limit=MEGABYTE)
    assert left_in(tmp_path) == []


@pytest.mark.parametrize(
    ("head", "block"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n", b"tri"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
        (b"HTTP/1.1 200 OK\r\n", b"X-Slow: header\r\n"),
        (b"H", b""),
    ],
)
async def test_a_trickle_ends_when_its_time_is_over(visitor: Web, tmp_path: Path, head: bytes, block: bytes) -> None:
    async with outside(endless(head, block, pause=0.05)) as port:
        web, url = visitor, f"http://{HOST}:{port}/"
        started = time.monotonic()
        with pytest.raises(RetryableError, match="in time"):
            await web.save(url, tmp_path / "m", limit=MEGABYTE, seconds=0.4)
        with pytest.raises(RetryableError, match="in time"):
            await web.read(url, limit=MEGABYTE, seconds=0.4)
        assert time.monotonic() - started < 4
    assert left_in(tmp_path) == []


async def test_a_slow_name_server_ends_with_the_time() -> None:
    async def never(host: str, port: int) -> list[str]:
        await asyncio.sleep(60)
        return []

    with pytest.raises(RetryableError, match="in time"):
        await Web(admitting(), resolve=never).read("http://slow.example/", limit=100, seconds=0.2)


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (b"HTTP/1.1 200 OK\r\n" + b"".join(b"X-%d: y\r\n" % n for n in range(10_000)) + b"\r\n", UserError),
        (b"HTTP/1.1 200 OK\r\nX: " + b"y" * 100_000 + b"\r\n\r\n", UserError),
        (b"HTTP/1.1 200 " + b"y" * 100_000 + b"\r\n\r\n", UserError),
        (b"SSH-2.0-Server\r\n\r\n", UserError),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", UserError),
        (b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nxxxxx", UserError),
        (answer(b"no", "Content-Encoding: br"), UserError),
        (answer(b"not packed", "Content-Encoding: gzip"), UserError),
        (answer(gzip.compress(bytes(9999), mtime=0)[:-9], "Content-Encoding: gzip"), RetryableError),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nshort", RetryableError),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", UserError),
        (b"", RetryableError),
    ],
)
async def test_a_broken_answer_is_an_error_that_says_who_acts(
    visitor: Web, tmp_path: Path, reply: bytes, kind: type[EarshotError]
) -> None:
    async with outside(saying(reply)) as port:
        web, url = visitor, f"http://{HOST}:{port}/"
        with pytest.raises(kind):
            await web.read(url, limit=MEGABYTE, seconds=3)
        with pytest.raises(kind):
            await web.save(url, tmp_path / "m", limit=MEGABYTE, seconds=3)
    assert left_in(tmp_path) == []
