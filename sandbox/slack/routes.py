"""The routes beside the Web API: acts and controls, hooks, files, live events, the page."""

from __future__ import annotations

import contextlib
from collections.abc import Awaitable, Callable
from pathlib import Path
from urllib.parse import urlsplit

from aiohttp import web

from sandbox.slack import download, page_state, upload
from sandbox.slack.acts import Act, person
from sandbox.slack.arguments import Arguments, read_arguments
from sandbox.slack.errors import SlackError
from sandbox.slack.local_slack import LocalSlack
from sandbox.slack.security import Session

PAGE = Path(__file__).parent / "page"
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
_NO_CACHE = {"Cache-Control": "no-store"}
_TYPES = {
    ".html": "text/html",
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".json": "application/json",
}


class Routes:
    """Request handlers over one local Slack."""

    def __init__(self, slack: LocalSlack) -> None:
        self._slack = slack
        self._session = Session(urlsplit(slack.rendering.base_url).port)

    def doing(self, act: Act) -> Handler:
        """Return a handler that does `act` with the request's arguments."""

        async def handle(request: web.Request) -> web.StreamResponse:
            try:
                answer = {"ok": True, **await act(self._slack, await read_arguments(request))}
            except SlackError as error:
                answer = error.answer()
            await self._slack.flush()
            return web.json_response(answer, headers=_NO_CACHE)

        return handle

    async def info(self, _request: web.Request) -> web.StreamResponse:
        """Answer `GET /sandbox/info`."""
        return web.json_response(page_state.info(self._slack), headers=_NO_CACHE)

    async def state(self, request: web.Request) -> web.StreamResponse:
        """Answer `GET /sandbox/state`."""
        try:
            answer = page_state.state(self._slack, person(self._slack, self._viewer(request)))
        except SlackError as error:
            answer = error.answer()
        response = web.json_response(answer, headers=_NO_CACHE)
        self._session.grant(response)
        return response

    async def events(self, request: web.Request) -> web.StreamResponse:
        """Answer `GET /sandbox/events` for as long as the page listens."""
        try:
            user = person(self._slack, self._viewer(request))
        except SlackError as error:
            return web.json_response(error.answer())
        since = request.headers.get("Last-Event-ID") or request.query.get("since") or ""
        response = web.StreamResponse(headers=_NO_CACHE)
        response.content_type = "text/event-stream"
        self._session.grant(response)
        await response.prepare(request)
        known = int(since) if since.isdecimal() else self._slack.live.seq
        with contextlib.suppress(ConnectionResetError):  # the page was closed
            await self._slack.live.stream(response, user.id, known)
        return response

    def _viewer(self, request: web.Request) -> Arguments:
        return Arguments({"user": request.query.get("user") or self._slack.workspace.people()[0].id})

    async def hook(self, request: web.Request) -> web.StreamResponse:
        """Take what an app posts to a response address."""
        try:
            args = await read_arguments(request)
            nested = args.structure("payload", "invalid_payload")
            self._slack.hooks.use(request.match_info["secret"], nested if isinstance(nested, dict) else args.values)
        except SlackError as error:
            gone = error.code in {"expired_url", "used_url", "invalid_token"}
            return web.json_response(error.answer(), status=404 if gone else 400)
        await self._slack.flush()
        return web.Response(text="ok")

    async def upload(self, request: web.Request) -> web.StreamResponse:
        """Take the bytes of a file."""
        return await upload.receive(self._slack, request)

    async def show_file(self, request: web.Request) -> web.StreamResponse:
        """Give a file out to be shown."""
        return await download.give(self._slack, self._session, request, as_attachment=False)

    async def download_file(self, request: web.Request) -> web.StreamResponse:
        """Give a file out to be kept."""
        return await download.give(self._slack, self._session, request, as_attachment=True)

    async def permalink(self, request: web.Request) -> web.StreamResponse:
        """Lead from a message's address to the page."""
        digits = request.match_info["digits"]
        place = f"channel={request.match_info['channel']}&ts={digits[:-6]}.{digits[-6:]}"
        thread = request.query.get("thread_ts", "")
        raise web.HTTPFound(f"/#{place}" + (f"&thread_ts={thread}" if thread else ""))

    async def file_permalink(self, request: web.Request) -> web.StreamResponse:
        """Lead from a file's address to the file."""
        file = self._slack.workspace.files.get(request.match_info["file"])
        if file is None or file.state != "completed":
            raise web.HTTPNotFound
        raise web.HTTPFound(self._slack.rendering.file(file)["url_private"])

    async def page(self, request: web.Request) -> web.StreamResponse:
        """Serve the page's own files, always fresh; under one name, so that its cookie holds for files."""
        base_url = self._slack.rendering.base_url
        if request.host != base_url.removeprefix("http://"):
            raise web.HTTPFound(base_url + request.path_qs)
        path = PAGE / (request.match_info.get("path") or "index.html")
        if ".." in path.parts or not path.is_relative_to(PAGE) or path.suffix not in _TYPES:
            raise web.HTTPNotFound
        response = web.FileResponse(path, headers=_NO_CACHE)
        response.content_type = _TYPES[path.suffix]
        response.charset = "utf-8"
        if path.name == "index.html":
            self._session.grant(response)
        return response
