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
from sandbox.slack.journal import CallRecord
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
                args = await read_arguments(request)
                answer = {"ok": True, **await act(self._place(args), args)}
            except SlackError as error:
                answer = error.answer()
            await self._slack.flush()
            return web.json_response(answer, headers=_NO_CACHE)

        return handle

    def _place(self, args: Arguments) -> LocalSlack:
        """Return where something is to be done: in `team`, or where `user` is, by default in the first workspace."""
        directory, team = self._slack.directory, args.text("team")
        if team is not None:
            return directory.seat(team)
        found = directory.find_person(args.text("user") or "")
        return found[0] if found else self._slack

    async def link(self, request: web.Request) -> web.StreamResponse:
        """Hold a Socket Mode connection of an app."""
        app = self._slack.directory.apps.get(request.query.get("app_id", ""))
        if app is None:
            return web.Response(status=401, text="unknown app")
        return await app.socket_mode.serve(request)

    async def info(self, request: web.Request) -> web.StreamResponse:
        """Answer `GET /sandbox/info`."""
        try:
            answer = page_state.info(self._place(Arguments(dict(request.query))))
        except SlackError as error:
            answer = error.answer()
        return web.json_response(answer, headers=_NO_CACHE)

    async def state(self, request: web.Request) -> web.StreamResponse:
        """Answer `GET /sandbox/state`."""
        try:
            slack, viewer = self._viewer(request)
            answer = page_state.state(slack, person(slack, viewer))
        except SlackError as error:
            answer = error.answer()
        response = web.json_response(answer, headers=_NO_CACHE)
        self._session.grant(response)
        return response

    async def events(self, request: web.Request) -> web.StreamResponse:
        """Answer `GET /sandbox/events` for as long as the page listens."""
        try:
            slack, viewer = self._viewer(request)
            user = person(slack, viewer)
        except SlackError as error:
            return web.json_response(error.answer())
        since = request.headers.get("Last-Event-ID") or request.query.get("since") or ""
        response = web.StreamResponse(headers=_NO_CACHE)
        response.content_type = "text/event-stream"
        self._session.grant(response)
        await response.prepare(request)
        known = int(since) if since.isdecimal() else slack.live.seq
        with contextlib.suppress(ConnectionResetError):  # the page was closed
            await slack.live.stream(response, user.id, known)
        return response

    def _viewer(self, request: web.Request) -> tuple[LocalSlack, Arguments]:
        slack = self._place(Arguments(dict(request.query)))
        return slack, Arguments({"user": request.query.get("user") or slack.workspace.people()[0].id})

    async def hook(self, request: web.Request) -> web.StreamResponse:
        """Take what an app posts to a response address; the journal calls it `response_url`."""
        secret = request.match_info["secret"]
        seats = self._slack.directory.seats(team=request.match_info["team"])
        seat = next((each for each in seats if each.hooks.knows(secret)), self._slack)
        team, app = seat.workspace.team.id, seat.app.id
        record = CallRecord(seat.clock.now(), "response_url", "app", None, {}, 200, {"ok": True}, 0.0, team, app)
        seat.journal.calls.append(record)
        try:
            args = await read_arguments(request)
            nested = args.structure("payload", "invalid_payload")
            record.args = nested if isinstance(nested, dict) else args.values
            message = seat.hooks.use(secret, record.args)
        except SlackError as error:
            record.answer = error.answer()
            record.status = 404 if error.code in {"expired_url", "used_url", "invalid_token"} else 400
            return web.json_response(record.answer, status=record.status)
        if message is not None:
            record.answer |= {"channel": message.channel, "ts": message.ts}
        await self._slack.flush()
        record.seconds = seat.clock.now() - record.time
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
        for seat in self._slack.directory.seats(app=self._slack.app.id):
            file = seat.workspace.files.get(request.match_info["file"])
            if file is not None and file.state == "completed":
                raise web.HTTPFound(seat.rendering.file(file)["url_private"])
        raise web.HTTPNotFound

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
