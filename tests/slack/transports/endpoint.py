"""An address of an app without an app behind it."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable

from aiohttp import web


class Endpoint:
    """An app's address that answers as told, and writes down what it was sent."""

    def __init__(self) -> None:
        self.requests: list[tuple[dict[str, str], str]] = []
        self.answers: deque[Callable[[], web.Response]] = deque()
        self.silent = asyncio.Event()

    async def handle(self, request: web.Request) -> web.Response:
        body = await request.text()
        if '"url_verification"' in body:
            return web.json_response({"challenge": (await request.json())["challenge"]})
        self.requests.append((dict(request.headers), body))
        answer = self.answers.popleft() if self.answers else web.Response
        if answer is never:
            await self.silent.wait()
        return answer()

    def application(self) -> web.Application:
        application = web.Application()
        application.router.add_post("/slack/events", self.handle)
        return application

    def retries(self) -> list[tuple[str, str]]:
        """The retry headers of every request so far."""
        return [(h.get("X-Slack-Retry-Num", ""), h.get("X-Slack-Retry-Reason", "")) for h, _ in self.requests]


def never() -> web.Response:
    """An answer that does not come."""
    return web.Response()


def broken() -> web.Response:
    """The answer of a broken app."""
    return web.Response(status=500)
