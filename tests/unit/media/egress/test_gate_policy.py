"""The gate dials nothing that the policy forbids, however it is written."""

from __future__ import annotations

import aiohttp
import pytest
from structlog.testing import capture_logs

from services.media.egress import Gate, Policy
from tests.unit.media.egress.forms import ADDRESSES, LITERALS, OPEN
from tests.unit.media.egress.outside import HOST, admitting, ask, outside, resolving, saying

Place = tuple[str, int]
MEGABYTE = 1 << 20


def besides(dialled: list[Place], *known: int) -> list[Place]:
    """What was dialled that is neither the gate nor a server of the test's own."""
    return [place for place in dialled if place[1] not in known]


def port_of(url: str) -> int:
    return int(url.rsplit(":", 1)[1])


async def test_literals_are_refused_before_anything_is_dialled(dialled: list[Place]) -> None:
    assert len(LITERALS) >= 200
    passed = []
    async with Gate(Policy()) as gate:
        for form in LITERALS:
            async with gate.ticket(limit=MEGABYTE) as ticket:
                for line in (f"CONNECT {form}:443", f"GET http://{form}/latest/meta-data/"):
                    answer = await ask(ticket.proxy_url, line)
                    if not answer.startswith((b"HTTP/1.1 403 egress-policy\r\n", b"HTTP/1.1 400 ")):
                        passed.append((line, answer[:60]))
                if not ticket.refused:
                    passed.append((form, b"without a reason"))
                port = port_of(ticket.proxy_url)
    assert passed == []
    assert len(dialled) == 2 * len(LITERALS)  # the witness saw each request to the gate,
    assert besides(dialled, port) == []  # and nothing else


async def test_names_are_refused_by_any_of_their_addresses(dialled: list[Place]) -> None:
    names: dict[str, list[str]] = {}
    async with Gate(Policy(), resolve=resolving(names)) as gate:
        for bad in ADDRESSES:
            for addresses in ([bad], [OPEN[0], bad], [bad, OPEN[0]]):
                names["files.example"] = addresses
                async with gate.ticket(limit=MEGABYTE) as ticket:
                    answer = await ask(ticket.proxy_url, "CONNECT files.example:443")
                    assert answer.startswith(b"HTTP/1.1 403 egress-policy\r\n"), addresses
                    assert len(ticket.refused) == 1
                    assert ticket.refused[0].startswith(f"files.example: {bad} is closed")
                    port = port_of(ticket.proxy_url)
    assert besides(dialled, port) == []


async def test_a_redirect_to_any_of_them_is_refused(dialled: list[Place]) -> None:
    for form in LITERALS[:: len(LITERALS) // 60]:
        answer = f"HTTP/1.1 302 Found\r\nLocation: http://{form}/\r\nContent-Length: 0\r\n\r\n".encode()
        async with (
            outside(saying(answer)) as port,
            Gate(admitting()) as gate,
            gate.ticket(limit=MEGABYTE) as ticket,
            aiohttp.ClientSession() as client,
        ):
            refused = 0
            try:
                async with client.get(f"http://{HOST}:{port}/", proxy=ticket.proxy_url) as response:
                    refused = response.status
            except (aiohttp.ClientError, ValueError):
                refused = 400  # the client did not take the address to the gate
            assert refused in (400, 403), form
            assert (HOST, port) in dialled
            assert besides(dialled, port, port_of(ticket.proxy_url)) == []
        dialled.clear()


async def test_a_name_that_changes_its_mind_is_dialled_where_it_was_judged(dialled: list[Place]) -> None:
    lookups = []

    async def rebinding(host: str, port: int) -> list[str]:
        lookups.append(host)
        return [HOST] if len(lookups) % 2 else ["127.0.0.1"]

    async with (
        outside(saying(b"HTTP/1.1 200 OK\r\n\r\nhere")) as port,
        Gate(admitting(), resolve=rebinding) as gate,
        gate.ticket(limit=MEGABYTE) as ticket,
    ):
        for turn in range(6):
            answer = await ask(ticket.proxy_url, f"GET http://rebinding.example:{port}/")
            assert answer.startswith(b"HTTP/1.1 403 " if turn % 2 else b"HTTP/1.1 200 ")
    assert len(lookups) == 6
    assert [place for place in dialled if place[1] == port] == [(HOST, port)] * 3


@pytest.mark.parametrize("port", [1, 22, 25, 3306, 8080, 65535])
async def test_other_ports_are_refused(dialled: list[Place], port: int) -> None:
    async with (
        Gate(admitting(), resolve=resolving({"open.example": [OPEN[0]]})) as gate,
        gate.ticket(limit=MEGABYTE) as ticket,
    ):
        answer = await ask(ticket.proxy_url, f"CONNECT open.example:{port}")
        assert answer.startswith(b"HTTP/1.1 403 egress-policy")
        assert ticket.refused == (f"open.example: port {port} is closed",)
    assert len(dialled) == 1


async def test_the_log_names_host_reason_and_job_but_not_what_was_asked_for() -> None:
    with capture_logs() as logs:
        async with Gate(Policy()) as gate, gate.ticket(limit=MEGABYTE, job="T1:C1:17") as ticket:
            for _ in range(3):
                await ask(ticket.proxy_url, "GET http://169.254.169.254/latest?token=hidden")
    assert logs == [
        {
            "event": "egress refused",
            "log_level": "warning",
            "job": "T1:C1:17",
            "host": "169.254.169.254",
            "port": 80,
            "reason": "169.254.169.254 is closed (link-local, where clouds keep their metadata)",
        }
    ]


async def test_ten_thousand_reasons_are_not_kept() -> None:
    async with Gate(Policy(), resolve=lambda host, port: _bad()) as gate, gate.ticket(limit=MEGABYTE) as ticket:
        for number in range(80):
            await ask(ticket.proxy_url, f"CONNECT s{number}.example:443")
        assert len(ticket.refused) == 50


async def _bad() -> list[str]:
    return ["10.0.0.1"]
