"""A child in a network namespace of its own has no way out but the gate."""

from __future__ import annotations

import asyncio
import json
import shutil
import subprocess
import sys
import tempfile
from asyncio import StreamReader, StreamWriter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from services.media.egress import Gate
from tests.unit.media.egress.outside import admitting, outside, saying

MEGABYTE = 1 << 20
ENCLOSED = Path(__file__).with_name("enclosed.py")


@pytest.fixture(scope="module")
def unshare() -> str:
    program = shutil.which("unshare")
    if program is None:
        pytest.skip("there is no program `unshare` on this machine")
    tried = subprocess.run([program, "-rn", "true"], capture_output=True, text=True, check=False)
    if tried.returncode:
        pytest.skip(f"this machine refuses a network namespace: {tried.stderr.strip()}")
    return program


@pytest.fixture
def short_path() -> Iterator[Path]:
    """A path for a unix socket, which must be shorter than pytest's."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder) / "gate"


async def test_nothing_is_reached_but_through_the_gate(unshare: str, short_path: Path) -> None:
    async with (
        outside(saying(b"HTTP/1.1 200 OK\r\n\r\na stranger's page")) as server,
        Gate(admitting()) as gate,
        gate.ticket(limit=MEGABYTE) as ticket,
    ):
        proxy = urlsplit(ticket.proxy_url)

        async def bridge(reader: StreamReader, writer: StreamWriter) -> None:
            far_reader, far_writer = await asyncio.open_connection(proxy.hostname, proxy.port)
            try:
                await asyncio.gather(pump(reader, far_writer), pump(far_reader, writer))
            finally:
                far_writer.transport.abort()
                writer.transport.abort()

        async with await asyncio.start_unix_server(bridge, short_path):
            arguments = [str(short_path), str(proxy.port), str(server), f"{proxy.username}:{proxy.password}"]
            child = await asyncio.create_subprocess_exec(
                unshare, "-rn", sys.executable, str(ENCLOSED), *arguments, stdout=subprocess.PIPE
            )
            out, _ = await asyncio.wait_for(child.communicate(), 30)
        refused = ticket.refused
    assert json.loads(out) == {
        "interfaces": ["lo"],
        "server": "ConnectionRefusedError",
        "gate": "ConnectionRefusedError",
        "through the gate": "a stranger's page",
        "forbidden": "HTTP Error 403: egress-policy",
    }
    assert len(refused) == 1
    assert refused[0].startswith("169.254.169.254: ")


async def pump(source: StreamReader, sink: StreamWriter) -> None:
    while block := await source.read(1 << 16):
        sink.write(block)
        await sink.drain()
    sink.write_eof()
