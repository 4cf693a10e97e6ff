"""The host that takes uploads: raw bytes, or a form with one file in it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from aiohttp import BodyPartReader, web

from sandbox.slack.filing import WrongLengthError
from sandbox.slack.local_slack import LocalSlack
from sandbox.slack.web_api import broken_response, cut

_CHUNK_BYTES = 256 * 1024


async def receive(slack: LocalSlack, request: web.Request) -> web.StreamResponse:
    """Take the bytes for an upload ticket; answer `OK - <bytes>`, or 400 when they are not as many as announced."""
    ticket = request.match_info["ticket"]
    place = next((seat for seat in slack.directory.seats(app=slack.app.id) if seat.filing.by_ticket(ticket)), slack)
    file = place.filing.by_ticket(ticket)
    if file is None:
        return web.Response(status=404, text="unknown upload ticket")
    fault = slack.faults.for_call("upload", place.workspace.team.id)
    if fault:
        await asyncio.sleep(fault.delay)
        if fault.drop == "before":
            return cut(request)
        broken = broken_response(fault)
        if broken is not None:
            return broken
    try:
        await place.filing.receive(file, _chunks(request))
    except WrongLengthError as error:
        return web.Response(status=400, text=f"wrong length: {error}")
    await slack.flush()
    return cut(request) if fault and fault.drop else web.Response(text=f"OK - {file.size}")


async def _chunks(request: web.Request) -> AsyncIterator[bytes]:
    if not request.content_type.startswith("multipart/"):
        async for chunk in request.content.iter_chunked(_CHUNK_BYTES):
            yield chunk
        return
    async for part in await request.multipart():
        if isinstance(part, BodyPartReader) and part.filename:
            while chunk := await part.read_chunk(_CHUNK_BYTES):
                yield chunk
            return
