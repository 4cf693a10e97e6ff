"""What stands before several bots: each request goes to the next of them that takes connections."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import AsyncIterator, Iterator, Sequence

import aiohttp
from aiohttp import web

_HOP = {"connection", "content-encoding", "content-length", "keep-alive", "transfer-encoding"}


class Balancer:
    """Passes requests on in turn; `ports` may change at any time. Answers 503 where nobody listens."""

    def __init__(self, session: aiohttp.ClientSession, ports: Sequence[int]) -> None:
        self._session = session
        self.ports = list(ports)
        self._turns: Iterator[int] = itertools.count()

    async def pass_on(self, request: web.Request) -> web.Response:
        """Ask one after the other until a connection is made."""
        body = await request.read()
        first = next(self._turns)
        for turn in range(first, first + len(self.ports)):
            url = f"http://127.0.0.1:{self.ports[turn % len(self.ports)]}{request.raw_path}"
            with contextlib.suppress(aiohttp.ClientConnectorError):
                async with self._session.request(
                    request.method, url, data=body, headers=request.headers, allow_redirects=False
                ) as answer:
                    headers = [(name, value) for name, value in answer.headers.items() if name.lower() not in _HOP]
                    passed = web.Response(status=answer.status, body=await answer.read())
                    for name in {name for name, _ in headers}:
                        passed.headers.popall(name, None)
                    for name, value in headers:
                        passed.headers.add(name, value)
                    return passed
        return web.Response(status=503)


@contextlib.asynccontextmanager
async def balancing(port: int, ports: Sequence[int]) -> AsyncIterator[Balancer]:
    """A balancer on that port of this machine."""
    async with aiohttp.ClientSession(auto_decompress=True) as session:
        balancer = Balancer(session, ports)
        site = web.Application()
        site.router.add_route("*", "/{path:.*}", balancer.pass_on)
        runner = web.AppRunner(site, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", port).start()
        try:
            yield balancer
        finally:
            await runner.cleanup()
