"""Keeping other web pages out of a server that listens on a person's own machine."""

from __future__ import annotations

import secrets

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

_PRIVATE = ("/api/", "/sandbox/", "/link/", "/upload/", "/hooks/")


class Session:
    """The page's right to play files: a cookie, since an audio tag cannot send a token.

    Cookies do not know ports, so the name tells apart the local Slacks of one machine.
    """

    def __init__(self, port: int | None) -> None:
        self._cookie = f"sandbox_session_{port}"
        self._secret = secrets.token_urlsafe(24)

    def grant(self, response: web.StreamResponse) -> None:
        """Give the browser the cookie."""
        response.set_cookie(self._cookie, self._secret, httponly=True, samesite="Strict", path="/files-pri")

    def held_by(self, request: web.Request) -> bool:
        """Return whether the request comes from the page."""
        return secrets.compare_digest(request.cookies.get(self._cookie, "").encode(), self._secret.encode())


def guard(port: int) -> Middleware:
    """Return a middleware that refuses foreign hosts (DNS rebinding) and requests that other web pages make."""
    names = {f"127.0.0.1:{port}", f"localhost:{port}"}
    origins = {f"http://{name}" for name in names}
    # Slack's own Python client for Socket Mode leaves the port out.
    hosts = names | {"127.0.0.1", "localhost"}

    @web.middleware
    async def refuse_strangers(request: web.Request, handler: Handler) -> web.StreamResponse:
        if request.headers.get("Host") not in hosts:
            return web.Response(status=403, text="This server answers only under its own name.")
        if request.headers.get("Origin", next(iter(origins))) not in origins or _made_by_another_page(request):
            return web.Response(status=403, text="This server takes no requests from other web pages.")
        return await handler(request)

    return refuse_strangers


def _made_by_another_page(request: web.Request) -> bool:
    """Browsers say where a request comes from; following a link to a page is fine, everything else is not."""
    if request.headers.get("Sec-Fetch-Site", "none") in {"none", "same-origin"}:
        return False
    followed_link = request.headers.get("Sec-Fetch-Mode") == "navigate" and request.method == "GET"
    return not followed_link or request.path.startswith(_PRIVATE)
