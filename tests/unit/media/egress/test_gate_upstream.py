"""The gate through the operator's own proxy (YTDLP_PROXY)."""

from __future__ import annotations

import asyncio
from asyncio import StreamReader, StreamWriter
from collections.abc import Awaitable, Callable

import pytest

from services.media.egress import Gate
from services.media.egress.upstream import parse_upstream
from services.vocabulary.errors import OperatorError
from tests.unit.media.egress.outside import HOST, admitting, ask, echo, outside, resolving, saying, tunnel


def proxying(heads: list[bytes]) -> Callable[[StreamReader, StreamWriter], Awaitable[None]]:
    """A proxy that takes CONNECT and remembers what it was asked."""

    async def behave(reader: StreamReader, writer: StreamWriter) -> None:
        heads.append(await reader.readuntil(b"\r\n\r\n"))
        host, port = heads[-1].split(b" ")[1].decode().rsplit(":", 1)
        far_reader, far_writer = await asyncio.open_connection(host, int(port))
        writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")

        async def pump(source: StreamReader, sink: StreamWriter) -> None:
            while block := await source.read(1 << 16):
                sink.write(block)
            sink.write_eof()

        try:
            await asyncio.gather(pump(reader, far_writer), pump(far_reader, writer))
        finally:
            far_writer.transport.abort()

    return behave


async def test_tunnels_and_plain_http_go_through_the_proxy_to_the_judged_address() -> None:
    heads: list[bytes] = []
    async with (
        outside(echo) as echoing,
        outside(saying(b"HTTP/1.1 200 OK\r\n\r\npage")) as paging,
        outside(proxying(heads), "127.0.0.1") as proxy,
        Gate(
            admitting(),
            resolve=resolving({"files.example": [HOST]}),
            upstream=f"http://name:p%40ss@127.0.0.1:{proxy}",
        ) as gate,
        gate.ticket(limit=9999) as ticket,
    ):
        async with tunnel(ticket.proxy_url, f"files.example:{echoing}") as (reader, writer):
            writer.write(b"hello")
            assert await reader.readexactly(5) == b"hello"
        assert (await ask(ticket.proxy_url, f"GET http://files.example:{paging}/")).endswith(b"page")
    for head, port in zip(heads, (echoing, paging), strict=True):
        assert (
            head
            == (
                f"CONNECT {HOST}:{port} HTTP/1.1\r\nHost: {HOST}:{port}\r\n"
                "Proxy-Authorization: Basic bmFtZTpwQHNz\r\n\r\n"
            ).encode()
        )


async def test_the_proxy_hears_nothing_of_what_is_forbidden() -> None:
    heads: list[bytes] = []
    async with (
        outside(proxying(heads), "127.0.0.1") as proxy,
        Gate(admitting(), upstream=f"http://127.0.0.1:{proxy}") as gate,
        gate.ticket(limit=9999) as ticket,
    ):
        for place in (f"127.0.0.1:{proxy}", "169.254.169.254:80", "[::1]:443"):
            assert (await ask(ticket.proxy_url, f"CONNECT {place}")).startswith(b"HTTP/1.1 403 egress-policy")
    assert heads == []


@pytest.mark.parametrize("answer", [b"HTTP/1.1 407 Auth\r\n\r\n", b"SOCKS\r\n\r\n", b"", b"x" * 100_000])
async def test_a_proxy_that_does_not_let_us_through_is_an_unreachable_server(answer: bytes) -> None:
    async with (
        outside(saying(answer), "127.0.0.1") as proxy,
        Gate(admitting(), upstream=f"http://127.0.0.1:{proxy}") as gate,
        gate.ticket(limit=9999) as ticket,
    ):
        answered = await ask(ticket.proxy_url, f"CONNECT {HOST}:443")
        assert answered.startswith(b"HTTP/1.1 502 egress-unreachable")


@pytest.mark.parametrize(
    "url",
    ["proxy.example:3128", "socks5://proxy.example", "https://proxy.example", "http://", "http://h:x", "http://h/p"],
)
def test_another_kind_of_proxy_is_the_operators_error(url: str) -> None:
    with pytest.raises(OperatorError, match="YTDLP_PROXY"):
        parse_upstream(url)
