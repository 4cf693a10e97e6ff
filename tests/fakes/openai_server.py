"""A small server that speaks OpenAI's chat completions, as vLLM and llama.cpp do, and refuses wrong requests."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web

_KNOWN = {"model", "messages", "stream", "stream_options", "max_tokens", "response_format", "reasoning_effort"}
_ROLES = {"system", "user", "assistant"}

Said = str | Callable[[dict[str, Any]], str]


class ChatServer:
    """Says what `says` holds, the last one for ever. `faults` go wrong first, one per request:

    'throttle', 'overloaded', 'broken' (500), 'denied', 'unknown', 'too_long', 'no_schemas', 'mid_stream' (an error
    after two pieces), 'hang_up' (the connection breaks after two pieces), 'cut' (ends by length), 'filtered',
    'slow' (a second before the first byte). `requests` are the valid ones.
    """

    def __init__(self) -> None:
        self.says: list[Said] = []
        self.faults: list[str] = []
        self.requests: list[dict[str, Any]] = []
        self.left = 0
        self.url = ""

    async def chat(self, request: web.Request) -> web.StreamResponse:
        body = json.loads(await request.read())
        if complaint := _complaint(body, request.headers.get("Authorization", "")):
            return _error(400, complaint, "invalid_request_error")
        self.requests.append(body)
        fault = self.faults.pop(0) if self.faults else ""
        if refusal := _REFUSALS.get(fault):
            return _error(*refusal)
        if fault == "no_schemas" and "response_format" in body:
            return _error(400, "response_format json_schema is not supported", "invalid_request_error")
        if fault == "slow":
            await asyncio.sleep(1)
        return await self._stream(request, body, fault)

    async def _stream(self, request: web.Request, body: dict[str, Any], fault: str) -> web.StreamResponse:
        said = self.says.pop(0) if len(self.says) > 1 else self.says[0]
        text = said(body) if callable(said) else said
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        pieces = [text[start : start + 12] for start in range(0, len(text), 12)]
        try:
            for index, piece in enumerate(pieces):
                if index == 2 and fault == "mid_stream":
                    await response.write(b'data: {"error": {"message": "the model fell over", "code": 500}}\n\n')
                    return response
                if index == 2 and fault == "hang_up":
                    assert request.transport
                    request.transport.close()
                    return response
                await response.write(_chunk(body, {"content": piece}))
                await asyncio.sleep(0.002)
            end = {"cut": "length", "filtered": "content_filter"}.get(fault, "stop")
            await response.write(_chunk(body, {}, end))
            await response.write(_chunk(body, None, usage=_usage(body, text)))
            await response.write(b"data: [DONE]\n\n")
        except (ConnectionError, asyncio.CancelledError):
            self.left += 1
            raise
        return response


_REFUSALS = {
    "throttle": (429, "too many requests", "rate_limit_error"),
    "overloaded": (503, "server overloaded", "server_error"),
    "broken": (500, "out of memory", "server_error"),
    "denied": (401, "incorrect key", "invalid_request_error"),
    "unknown": (404, "model not found", "model_not_found"),
    "too_long": (400, "This model's maximum context length is 4096 tokens.", "invalid_request_error"),
}


def _complaint(body: dict[str, Any], authorization: str) -> str | None:
    form = body.get("response_format")
    wrong = {
        "no key": not authorization.startswith("Bearer "),
        f"unknown parameters {sorted(set(body) - _KNOWN)}": bool(set(body) - _KNOWN),
        "max_tokens must be given": not isinstance(body.get("max_tokens"), int) or body["max_tokens"] < 1,
        "it must stream, and count": not body.get("stream") or body.get("stream_options") != {"include_usage": True},
        "a message needs a role and content": not all(m["role"] in _ROLES and m["content"] for m in body["messages"]),
        "a form needs a name and a schema": form and not {"name", "schema"} <= set(form.get("json_schema", ())),
    }
    return next((complaint for complaint, is_so in wrong.items() if is_so), None)


def _error(status: int, message: str, kind: str) -> web.Response:
    return web.json_response({"error": {"message": message, "type": kind}}, status=status)


def _chunk(body: dict[str, Any], delta: Any, end: str | None = None, usage: Any = None) -> bytes:
    choices = [] if delta is None else [{"index": 0, "delta": delta, "finish_reason": end}]
    chunk = {"id": "c1", "object": "chat.completion.chunk", "created": 1, "model": body["model"], "choices": choices}
    return f"data: {json.dumps({**chunk, 'usage': usage})}\n\n".encode()


def _usage(body: dict[str, Any], text: str) -> dict[str, int]:
    sent, said = len(json.dumps(body["messages"])) // 4, len(text) // 4
    return {"prompt_tokens": sent, "completion_tokens": said, "total_tokens": sent + said}


@asynccontextmanager
async def chat_server() -> AsyncIterator[ChatServer]:
    """The server on a free port of this machine."""
    server = ChatServer()
    application = web.Application(client_max_size=8 << 20)
    application.router.add_post("/v1/chat/completions", server.chat)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.2)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    server.url = f"http://127.0.0.1:{runner.addresses[0][1]}/v1"
    yield server
    await runner.cleanup()
