"""The gate between a child and a server: what passes, who may, and when it ends."""

from __future__ import annotations

import asyncio
import ssl
import time
from asyncio import StreamReader, StreamWriter
from contextlib import suppress

import aiohttp
import pytest
import trustme
from aiohttp import web

from services.media.egress import Gate, Patience
from services.media.egress.policy import RefusedError
from tests.unit.media.egress.outside import (
    HOST,
    admitting,
    ask,
    authorization,
    echo,
    endless,
    open_gate,
    outside,
    resolving,
    saying,
    tunnel,
)

MEGABYTE = 1 << 20
HASTE = Patience(head=0.3, connect=0.4, idle=0.3)


async def test_a_tunnel_passes_bytes_both_ways_and_counts_them() -> None:
    async with outside(echo) as port, Gate(admitting()) as gate, gate.ticket(limit=MEGABYTE) as ticket:
        async with tunnel(ticket.proxy_url, f"{HOST}:{port}") as (reader, writer):
            for block in (b"a", bytes(100_000), b"z" * 50_000):
                writer.write(block)
                assert await reader.readexactly(len(block)) == block
            writer.write_eof()
            assert await reader.read() == b""
        assert ticket.used == 2 * 150_001
        assert ticket.refused == ()


async def test_plain_http_reaches_the_server_as_its_own_request() -> None:
    heads: list[bytes] = []
    body = b"HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nKeep-Alive: 5\r\nContent-Length: 4\r\n\r\nbody"
    async with outside(saying(body, heads=heads)) as port, Gate(admitting()) as gate, gate.ticket(limit=9999) as ticket:
        fields = "Host: other.example\r\nProxy-Connection: keep-alive\r\nConnection: X-Hop\r\nX-Hop: 1\r\nX-Kept: 2\r\n"
        answer = await ask(ticket.proxy_url, f"GET http://{HOST}:{port}?q=1#part", fields)
    assert heads == [f"GET /?q=1 HTTP/1.1\r\nHost: {HOST}:{port}\r\nX-Kept: 2\r\nConnection: close\r\n\r\n".encode()]
    assert answer == b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: close\r\n\r\nbody"
    assert ticket.used == len(heads[0]) + len(answer)


async def test_a_body_is_passed_on_and_nothing_after_it() -> None:
    got: list[bytes] = []

    async def take(reader: StreamReader, writer: StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        got.append(await reader.readexactly(5))
        writer.write(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\n")
        with suppress(TimeoutError):
            got.append(await asyncio.wait_for(reader.read(100), 0.3))

    async with outside(take) as port, Gate(admitting()) as gate, gate.ticket(limit=9999) as ticket:
        answer = await ask(
            ticket.proxy_url,
            f"POST http://{HOST}:{port}/",
            "Content-Length: 5\r\n",
            body=b"12345GET /smuggled HTTP/1.1",
        )
    assert answer.startswith(b"HTTP/1.1 200 OK")
    assert b"".join(got) == b"12345"


async def test_a_server_that_keeps_the_connection_is_left_when_the_client_leaves() -> None:
    async def keep(reader: StreamReader, writer: StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
        await reader.read()

    async with (
        outside(keep) as port,
        Gate(admitting()) as gate,
        gate.ticket(limit=9999) as ticket,
        aiohttp.ClientSession() as client,
    ):
        for _ in range(3):
            async with client.get(f"http://{HOST}:{port}/", proxy=ticket.proxy_url) as response:
                assert await response.text() == "ok"


async def test_tls_passes_through_untouched() -> None:
    authority = trustme.CA()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("files.example").configure_cert(context)
    trust = ssl.create_default_context()
    authority.configure_trust(trust)

    async def page(request: web.Request) -> web.Response:
        return web.Response(text=request.host)

    app = web.Application()
    app.router.add_get("/", page)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, HOST, 0, ssl_context=context)
    await site.start()
    port = runner.addresses[0][1]
    async with (
        Gate(admitting(), resolve=resolving({"files.example": [HOST]})) as gate,
        gate.ticket(limit=MEGABYTE) as ticket,
        aiohttp.ClientSession() as client,
        client.get(f"https://files.example:{port}/", proxy=ticket.proxy_url, ssl=trust) as response,
    ):
        assert await response.text() == f"files.example:{port}"
    await runner.cleanup()


async def test_without_the_right_ticket_nobody_gets_out(dialled: list[tuple[str, int]]) -> None:
    async with outside(echo) as port, Gate(admitting()) as gate:
        async with gate.ticket(limit=9999) as ticket, gate.ticket(limit=9999) as other:
            name, _, rest = ticket.proxy_url.removeprefix("http://").partition(":")
            token, _, place = rest.partition("@")
            wrong = [f"http://{name}:{token[:-1]}x@{place}", f"http://{name}:@{place}", f"http://job:{token}@{place}"]
            wrong.append(f"http://{other.name}:{token}@{place}")
            for url in wrong:
                answer = await ask(url, f"CONNECT {HOST}:{port}")
                assert answer.startswith(b"HTTP/1.1 407 ")
                assert b"Proxy-Authenticate: Basic" in answer
            for field in ("", "Proxy-Authorization: Basic ???\r\n", f"Proxy-Authorization: Bearer {token}\r\n"):
                answer = await ask(ticket.proxy_url, f"CONNECT {HOST}:{port}", field, ticket=False)
                assert answer.startswith(b"HTTP/1.1 407 ")
            twice = authorization(ticket.proxy_url)
            assert (await ask(ticket.proxy_url, f"CONNECT {HOST}:{port}", twice)).startswith(b"HTTP/1.1 407 ")
            assert ticket.used == other.used == 0
        assert (await ask(ticket.proxy_url, f"CONNECT {HOST}:{port}")).startswith(b"HTTP/1.1 407 ")
    assert port not in [place[1] for place in dialled]


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        ("POST http://HOST/", "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"),
        ("POST http://HOST/", "Transfer-Encoding: chunked\r\n"),
        ("POST http://HOST/", "Content-Length: 5\r\nContent-Length: 6\r\n"),
        ("POST http://HOST/", "Content-Length: +5\r\n"),
        ("POST http://HOST/", "Content-Length : 5\r\n"),
        ("POST http://HOST/", "X: 1\r\n folded\r\n"),
        ("POST http://HOST/", "X: 1\nY: 2\r\n"),
        ("POST http://HOST/", "X: 1\rY: 2\r\n"),
        ("POST http://HOST/", "X: \0\r\n"),
        ("GET https://HOST/", ""),
        ("GET ftp://HOST/", ""),
        ("GET /", ""),
        ("GET //HOST/", ""),
        ("GET http://name:word@HOST/", ""),
        ("GET http://HOST\\@other.example/", ""),
        ("GET http://HOST%0d%0aX:1/", ""),
        ("GET http://HOST:0/", ""),
        ("GET http://HOST:99999/", ""),
        ("GET http://[::1/", ""),
        ("GET http:///path", ""),
        ("GET http://höst/", ""),
        ("get http://HOST/", ""),
        ("GET  http://HOST/", ""),
        ("CONNECT HOST", ""),
        ("CONNECT HOST:", ""),
        ("CONNECT http://HOST:443", ""),
        ("CONNECT name@HOST:443", ""),
        ("CONNECT HOST:443/path", ""),
        ("CONNECT " + "a" * 254 + ":443", ""),
    ],
)
async def test_what_could_be_read_in_two_ways_is_turned_away(
    dialled: list[tuple[str, int]], line: str, fields: str
) -> None:
    async with Gate(admitting()) as gate, gate.ticket(limit=9999) as ticket:
        answer = await ask(ticket.proxy_url, line.replace("HOST", HOST), fields)
        assert answer.startswith(b"HTTP/1.1 400 ")
    assert len(dialled) == 1


async def test_a_jobs_bytes_are_bounded_and_all_its_connections_are_cut() -> None:
    head = b"HTTP/1.1 200 OK\r\n\r\n"
    async with (
        outside(endless(head, bytes(1 << 16))) as port,
        outside(echo) as quiet,
        Gate(admitting()) as gate,
        gate.ticket(limit=MEGABYTE) as ticket,
        gate.ticket(limit=MEGABYTE) as other,
        tunnel(ticket.proxy_url, f"{HOST}:{quiet}") as (idle, _),
        tunnel(other.proxy_url, f"{HOST}:{quiet}") as (reader, writer),
    ):
        answer = await ask(ticket.proxy_url, f"GET http://{HOST}:{port}/")
        assert answer == b"cut" or len(answer) <= MEGABYTE
        with suppress(ConnectionError):
            assert await asyncio.wait_for(idle.read(), 1) == b""
        assert MEGABYTE - (1 << 17) <= ticket.used <= MEGABYTE
        assert ticket.spent
        assert ticket.refused == (f"the job's {MEGABYTE} bytes are spent",)
        assert (await ask(ticket.proxy_url, f"CONNECT {HOST}:{quiet}")).startswith(b"HTTP/1.1 403 egress-policy")
        writer.write(b"still here")
        assert await reader.readexactly(10) == b"still here"
        assert not other.spent


async def test_bytes_that_go_out_are_counted_too() -> None:
    async def swallow(reader: StreamReader, writer: StreamWriter) -> None:
        while await reader.read(1 << 16):
            pass

    async with (
        outside(swallow) as port,
        Gate(admitting()) as gate,
        gate.ticket(limit=100_000) as ticket,
        tunnel(ticket.proxy_url, f"{HOST}:{port}") as (_, writer),
    ):
        with suppress(ConnectionError):
            for _ in range(100):
                writer.write(bytes(50_000))
                await writer.drain()
                await asyncio.sleep(0.01)
        assert ticket.spent
        assert ticket.used <= 100_000


async def test_the_end_of_a_ticket_cuts_its_connections_at_once() -> None:
    left, asked = asyncio.Event(), asyncio.Event()

    async def wait(reader: StreamReader, writer: StreamWriter) -> None:
        try:
            await reader.read()
        finally:
            left.set()

    async def never(host: str, port: int) -> list[str]:
        asked.set()
        await asyncio.sleep(60)
        return []

    async with outside(wait) as port, Gate(admitting()) as gate, Gate(admitting(), resolve=never) as stuck:
        async with gate.ticket(limit=9999) as ticket, stuck.ticket(limit=9999) as held:
            reader, writer = await open_gate(ticket.proxy_url)
            writer.write(f"CONNECT {HOST}:{port} HTTP/1.1\r\n{authorization(ticket.proxy_url)}\r\n".encode())
            await reader.readuntil(b"\r\n\r\n")
            looking_up = asyncio.create_task(ask(held.proxy_url, "CONNECT slow.example:443"))
            await asked.wait()
            started = time.monotonic()
        async with asyncio.timeout(1):
            with suppress(ConnectionError):
                assert await reader.read() == b""
            assert await looking_up in (b"", b"cut")
            await left.wait()
        assert time.monotonic() - started < 1
        writer.transport.abort()


async def test_a_job_has_sixty_four_connections_at_most() -> None:
    async with outside(echo) as port, Gate(admitting()) as gate, gate.ticket(limit=9999) as ticket:
        tunnels = [tunnel(ticket.proxy_url, f"{HOST}:{port}") for _ in range(64)]
        opened = await asyncio.gather(*(one.__aenter__() for one in tunnels))
        with pytest.raises(RefusedError, match="403 egress-policy"):
            async with tunnel(ticket.proxy_url, f"{HOST}:{port}"):
                pass
        opened[0][1].transport.abort()
        await asyncio.sleep(0.1)
        async with tunnel(ticket.proxy_url, f"{HOST}:{port}") as (reader, writer):
            writer.write(b"room")
            assert await reader.readexactly(4) == b"room"
        for one in tunnels:
            await one.__aexit__(None, None, None)


async def test_many_jobs_pass_side_by_side() -> None:
    async def job(gate: Gate, port: int, number: int) -> None:
        async with gate.ticket(limit=MEGABYTE) as ticket:
            mine = bytes([number]) * 100_000
            async with tunnel(ticket.proxy_url, f"{HOST}:{port}") as (reader, writer):
                writer.write(mine)
                assert await reader.readexactly(len(mine)) == mine
            assert ticket.used == 2 * len(mine)

    async with outside(echo) as port, Gate(admitting()) as gate:
        await asyncio.gather(*(job(gate, port, number) for number in range(40)))


async def test_those_without_a_ticket_cannot_fill_the_gate() -> None:
    async with outside(echo) as port, Gate(admitting(), patience=HASTE) as gate, gate.ticket(limit=9999) as ticket:
        silent = [await open_gate(ticket.proxy_url) for _ in range(80)]
        await asyncio.sleep(0.6)  # by then the gate has lost its patience with all of them
        answer = await ask(ticket.proxy_url, f"CONNECT {HOST}:{port}")
        assert answer.startswith(b"HTTP/1.1 200 ")
        for _, writer in silent:
            writer.transport.abort()


async def test_a_head_must_come_in_time_and_be_short() -> None:
    async with outside(echo) as port, Gate(admitting(), patience=HASTE) as gate, gate.ticket(limit=9999) as ticket:
        reader, writer = await open_gate(ticket.proxy_url)
        started = time.monotonic()
        for byte in f"CONNECT {HOST}:{port} HTTP/1.1\r\n".encode():
            with suppress(ConnectionError):
                writer.write(bytes([byte]))
                await writer.drain()
            await asyncio.sleep(0.03)
            if reader.at_eof():
                break
        assert time.monotonic() - started < 2
        with suppress(ConnectionError):
            assert await reader.read() == b""
        writer.transport.abort()
        flood = "".join(f"X-{number}: {'y' * 100}\r\n" for number in range(400))
        assert (await ask(ticket.proxy_url, f"GET http://{HOST}:{port}/", flood)).startswith(b"HTTP/1.1 400 ")


async def test_a_silent_connection_is_cut() -> None:
    async with outside(echo) as port, Gate(admitting(), patience=HASTE) as gate, gate.ticket(limit=9999) as ticket:
        async with tunnel(ticket.proxy_url, f"{HOST}:{port}") as (reader, writer):
            for _ in range(6):  # longer in all than the patience, but never silent for that long
                writer.write(b"x")
                assert await reader.readexactly(1) == b"x"
                await asyncio.sleep(0.1)
            with suppress(ConnectionError):
                assert await asyncio.wait_for(reader.read(), 2) == b""
        reader, writer = await open_gate(ticket.proxy_url)
        writer.write(f"GET http://{HOST}:{port}/ HTTP/1.1\r\n{authorization(ticket.proxy_url)}\r\n".encode())
        writer.transport.abort()


@pytest.mark.parametrize(
    "answer",
    [
        b"SSH-2.0-Server\r\n\r\n",
        b"HTTP/1.1 999 Odd\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 20_000,
        b"HTTP/1.1 103 Hint\r\n\r\n" * 20,
    ],
)
async def test_what_is_no_answer_in_http_is_not_passed_on(answer: bytes) -> None:
    async with outside(saying(answer)) as port, Gate(admitting()) as gate, gate.ticket(limit=9999) as ticket:
        assert (await ask(ticket.proxy_url, f"GET http://{HOST}:{port}/")).startswith(b"HTTP/1.1 502 egress-unreadable")
        assert ticket.used < 1000


async def test_a_server_that_cannot_be_reached_is_told_apart_from_one_that_is_forbidden() -> None:
    async def nowhere(host: str, port: int) -> list[str]:
        if host == "slow.example":
            await asyncio.sleep(60)
        raise OSError(-2, "no such name")

    async with outside(echo) as port:
        pass  # closed now
    async with Gate(admitting(), patience=HASTE) as gate, gate.ticket(limit=9999) as ticket:
        assert (await ask(ticket.proxy_url, f"CONNECT {HOST}:{port}")).startswith(b"HTTP/1.1 502 egress-unreachable")
    async with Gate(admitting(), resolve=nowhere, patience=HASTE) as gate, gate.ticket(limit=9999) as ticket:
        assert (await ask(ticket.proxy_url, "CONNECT x.example:443")).startswith(b"HTTP/1.1 502 egress-unreachable")
        assert (await ask(ticket.proxy_url, "CONNECT slow.example:443")).startswith(b"HTTP/1.1 504 egress-timeout")
        assert ticket.refused == ()


async def test_four_addresses_of_a_name_are_tried_in_turn(dialled: list[tuple[str, int]]) -> None:
    dead = ["127.0.0.11", "127.0.0.12", "127.0.0.13"]
    async with outside(echo) as port:
        names = resolving({"fourth.example": [*dead, HOST], "fifth.example": [*dead, "127.0.0.14", HOST]})
        async with Gate(admitting("127.0.0.0/8"), resolve=names) as gate, gate.ticket(limit=9999) as ticket:
            async with tunnel(ticket.proxy_url, f"fourth.example:{port}") as (reader, writer):
                writer.write(b"here")
                assert await reader.readexactly(4) == b"here"
            answer = await ask(ticket.proxy_url, f"CONNECT fifth.example:{port}")
            assert answer.startswith(b"HTTP/1.1 502 ")
    tried = [host for host, to in dialled if to == port]
    assert tried == [*dead, HOST, *dead, "127.0.0.14"]
