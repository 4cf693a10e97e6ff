"""Our own client on servers that behave."""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import socket
import ssl
import zlib
from asyncio import StreamReader, StreamWriter
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
import trustme

from services.media.egress import Web
from services.vocabulary.errors import EarshotError, OperatorError, RetryableError, UserError
from tests.unit.media.egress.outside import HOST, admitting, left_in, outside, resolving, saying

BODY = bytes(range(256)) * 5000


def answer(body: bytes, *fields: str, status: str = "200 OK", length: bool = True) -> bytes:
    lines = [f"HTTP/1.1 {status}", *fields, *([f"Content-Length: {len(body)}"] if length else [])]
    return "\r\n".join([*lines, "", ""]).encode() + body


async def test_a_page_is_read_with_what_the_server_says_about_it(visitor: Web) -> None:
    heads: list[bytes] = []
    page = answer(b"<p>caf\xe9", "Content-Type: text/html; charset=ISO-8859-1", "Set-Cookie: a=b")
    async with outside(saying(page, heads=heads)) as port:
        url = f"http://{HOST}:{port}/a%20b?q=1#part"
        got = await visitor.read(url, limit=100, accept="text/html")
    assert (got.url, got.content_type, got.charset) == (f"http://{HOST}:{port}/a%20b?q=1", "text/html", "ISO-8859-1")
    assert got.body == b"<p>caf\xe9"
    head = heads[0].decode()
    assert head.startswith("GET /a%20b?q=1 HTTP/1.1\r\n")
    assert "\r\nUser-Agent: Earshot/" in head
    assert "\r\nAccept: text/html\r\n" in head


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("gzip", gzip.compress(BODY, mtime=0)),
        ("GZIP", gzip.compress(BODY[:999], mtime=0) + gzip.compress(BODY[999:], mtime=0) + b"\0\0"),
        ("deflate", zlib.compress(BODY)),
        ("identity", BODY),
    ],
)
async def test_packed_bodies_are_unpacked(visitor: Web, tmp_path: Path, encoding: str, packed: bytes) -> None:
    async with outside(saying(answer(packed, f"Content-Encoding: {encoding}"))) as port:
        web, url = visitor, f"http://{HOST}:{port}/"
        assert (await web.read(url, limit=len(BODY))).body == BODY
        saved = await web.save(url, tmp_path / "body", limit=len(BODY), seconds=10)
    assert (saved.size, saved.sha256) == (len(BODY), hashlib.sha256(BODY).hexdigest())
    assert (tmp_path / "body").read_bytes() == BODY


async def test_a_file_is_saved_with_progress_and_hash(visitor: Web, tmp_path: Path) -> None:
    heard: list[float | None] = []
    path = tmp_path / "m.mp3"
    path.write_bytes(b"old")
    async with outside(saying(answer(BODY, "Content-Type: audio/mpeg"))) as port:
        url = f"http://{HOST}:{port}/m.mp3"
        saved = await visitor.save(url, path, limit=len(BODY), seconds=10, on_progress=heard.append)
    assert saved.model_dump() == {
        "url": url,
        "content_type": "audio/mpeg",
        "size": len(BODY),
        "sha256": hashlib.sha256(BODY).hexdigest(),
    }
    assert path.read_bytes() == BODY
    fractions = [fraction for fraction in heard if fraction is not None]
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1.0


async def test_without_a_length_progress_has_no_fraction(visitor: Web, tmp_path: Path) -> None:
    heard: list[float | None] = []
    async with outside(saying(answer(BODY, length=False))) as port:
        saved = await visitor.save(
            f"http://{HOST}:{port}/", tmp_path / "m", limit=1 << 30, seconds=10, on_progress=heard.append
        )
    assert saved.size == len(BODY)
    assert set(heard) == {None}


async def test_up_to_five_redirects_are_followed(visitor: Web) -> None:
    hops = 0

    async def hop(reader: StreamReader, writer: StreamWriter) -> None:
        nonlocal hops
        path = (await reader.readuntil(b"\r\n\r\n")).split(b" ")[1].decode()
        hops += 1
        left = int(path.rsplit("/", 1)[1])
        there = answer(b"there") if left == 0 else answer(b"", f"Location: {left - 1}", status="302 Found")
        writer.write(there)

    async with outside(hop) as port:
        web = visitor
        page = await web.read(f"http://{HOST}:{port}/feeds/5", limit=100)
        assert (page.url, page.body, hops) == (f"http://{HOST}:{port}/feeds/0", b"there", 6)
        with pytest.raises(UserError, match="from one place to the next"):
            await web.read(f"http://{HOST}:{port}/feeds/6", limit=100)
        assert hops == 12


@pytest.mark.parametrize(
    ("status", "kind", "match"),
    [
        ("404 Not Found", UserError, "nothing at that address"),
        ("410 Gone", UserError, "nothing at that address"),
        ("401 Unauthorized", UserError, "login"),
        ("403 Forbidden", UserError, "login"),
        ("451 Legal", UserError, "451"),
        ("206 Partial", UserError, "206"),
        ("302 Found", UserError, "leads to one"),
        ("429 Too Many", RetryableError, "429 and asks to wait 120 s"),
        ("500 Fault", RetryableError, "status 500"),
        ("503 Busy", RetryableError, "status 503 and asks to wait 120 s"),
    ],
)
async def test_a_status_says_who_acts(
    visitor: Web, tmp_path: Path, status: str, kind: type[EarshotError], match: str
) -> None:
    async with outside(saying(answer(b"", "Retry-After: 120", status=status))) as port:
        web, url = visitor, f"http://{HOST}:{port}/"
        with pytest.raises(kind, match=match):
            await web.read(url, limit=100)
        with pytest.raises(kind, match=match):
            await web.save(url, tmp_path / "m", limit=100, seconds=5)
    assert left_in(tmp_path) == []


@pytest.mark.parametrize(("number", "kind"), [("EAI_AGAIN", RetryableError), ("EAI_NONAME", UserError)])
async def test_a_name_that_is_not_found_may_be_found_later(number: str, kind: type[EarshotError]) -> None:
    async def resolve(host: str, port: int) -> list[str]:
        raise socket.gaierror(getattr(socket, number), "no answer")

    with pytest.raises(kind):
        await Web(admitting(), resolve=resolve).read("http://files.example/", limit=100)


async def test_a_closed_port_is_tried_again_later(visitor: Web) -> None:
    async with outside(saying(b"")) as port:
        pass
    with pytest.raises(RetryableError):
        await visitor.read(f"http://{HOST}:{port}/", limit=100)


async def test_the_environments_proxy_is_not_used(visitor: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    async with outside(saying(answer(b"direct"))) as port:
        assert (await visitor.read(f"http://{HOST}:{port}/", limit=100)).body == b"direct"


async def with_tls(
    authority: trustme.CA, behave: Callable[[StreamReader, StreamWriter], Awaitable[None]]
) -> asyncio.Server:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("files.example").configure_cert(context)

    async def serve(reader: StreamReader, writer: StreamWriter) -> None:
        try:
            await behave(reader, writer)
            writer.close()
            await writer.wait_closed()
        except OSError:
            writer.transport.abort()

    return await asyncio.start_server(serve, HOST, 0, ssl=context)


async def test_an_authority_of_the_operators_own_is_trusted_and_no_stranger(tmp_path: Path) -> None:
    authority, stranger = trustme.CA(), trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    stranger.cert_pem.write_to_path(tmp_path / "other.pem")
    names = resolving({"files.example": [HOST], "wrong.example": [HOST]})
    server = await with_tls(authority, saying(answer(b"secret")))
    async with server:
        port = server.sockets[0].getsockname()[1]
        trusting = Web(admitting(), ca_bundle=tmp_path / "ca.pem", resolve=names)
        assert (await trusting.read(f"https://files.example:{port}/", limit=100)).body == b"secret"
        for web, host in (
            (Web(admitting(), resolve=names), "files.example"),
            (Web(admitting(), ca_bundle=tmp_path / "other.pem", resolve=names), "files.example"),
            (trusting, "wrong.example"),
        ):
            with pytest.raises(UserError, match="prove"):
                await web.read(f"https://{host}:{port}/", limit=100)


async def test_a_redirect_from_https_to_http_is_followed(tmp_path: Path) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    async with outside(saying(answer(b"old host"))) as plain:
        away = answer(b"", f"Location: http://{HOST}:{plain}/", status="301 Moved")
        server = await with_tls(authority, saying(away))
        async with server:
            port = server.sockets[0].getsockname()[1]
            web = Web(admitting(), ca_bundle=tmp_path / "ca.pem", resolve=resolving({"files.example": [HOST]}))
            assert (await web.read(f"https://files.example:{port}/", limit=100)).body == b"old host"


@pytest.mark.parametrize("content", [None, b"", b"no certificate"])
async def test_a_bundle_that_is_none_is_the_operators_error(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "ca.pem").write_bytes(content)
    with pytest.raises(OperatorError, match="CA_BUNDLE"):
        await Web(admitting(), ca_bundle=tmp_path / "ca.pem").read("https://files.example/", limit=100)
