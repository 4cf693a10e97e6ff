"""The host that gives files out, to tokens and to the page."""

from __future__ import annotations

import asyncio
import re
from urllib.parse import quote

from aiohttp import web

from sandbox.slack.access import bearer, identify
from sandbox.slack.canvases import canvas_page
from sandbox.slack.errors import SlackError
from sandbox.slack.local_slack import LocalSlack
from sandbox.slack.model import StoredFile
from sandbox.slack.security import Session
from sandbox.slack.web_api import broken_response, cut

_LOGIN_PAGE = "<!DOCTYPE html><html><head><title>Sign in</title></head><body><h1>Sign in to Sandbox</h1></body></html>"
_SHOWN_INLINE = ("audio/", "video/", "image/")
_SAFE_HEADERS = {
    "Content-Security-Policy": "sandbox; default-src 'none'; media-src 'self'; img-src 'self'",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, no-cache",
}


async def give(slack: LocalSlack, session: Session, request: web.Request, *, as_attachment: bool) -> web.StreamResponse:
    """Answer with the file, or the part of it that a Range header asks for.

    As in Slack, somebody without a right to files gets a login page with status 200.
    """
    team = request.match_info["team"]
    if team not in slack.directory.workspaces:
        return web.Response(status=404, text="file not found")
    slack = slack.directory.seat(team)
    fault = slack.faults.for_call("download", team)
    if fault:
        await asyncio.sleep(fault.delay)
        broken = cut(request) if fault.drop else broken_response(fault)
        if broken is not None:
            return broken
    viewers = _viewers(slack, session, request)
    if not viewers:
        return web.Response(text=_LOGIN_PAGE, content_type="text/html")
    file = slack.workspace.files.get(request.match_info["file"])
    if file is None or file.state != "completed":
        return web.Response(status=404, text="file not found")
    if not any(slack.filing.visible_to(viewer, file) for viewer in viewers):
        return web.Response(text=_LOGIN_PAGE, content_type="text/html")
    return _response(slack, file, as_attachment=as_attachment)


def _viewers(slack: LocalSlack, session: Session, request: web.Request) -> list[str]:
    """Return who is asking: the holder of the token, or, for the page, whoever it acts as."""
    try:
        caller = identify(slack, bearer(request.headers.get("Authorization")))
        caller.require(frozenset({"files:read"}))
        if caller.slack.workspace.team.id != slack.workspace.team.id:
            return []
    except SlackError:
        return [user.id for user in slack.workspace.people()] if session.held_by(request) else []
    return [caller.user.id]


def _response(slack: LocalSlack, file: StoredFile, *, as_attachment: bool) -> web.StreamResponse:
    inline = file.mimetype.startswith(_SHOWN_INLINE) and not as_attachment
    if file.canvas is not None:
        return web.Response(text=canvas_page(file), content_type="text/html", headers=_SAFE_HEADERS)
    response = web.FileResponse(slack.filing.path(file), headers=_SAFE_HEADERS)
    response.content_type = file.mimetype
    response.headers["Content-Disposition"] = _disposition(file.name, inline=inline)
    return response


def _disposition(name: str, *, inline: bool) -> str:
    ascii_name = re.sub(r'[^ -~]|["\\]', "_", name)
    return f"{'inline' if inline else 'attachment'}; filename=\"{ascii_name}\"; filename*=UTF-8''{_percent(name)}"


def _percent(name: str) -> str:
    return quote("".join(letter for letter in name if letter.isprintable()), safe="")
