"""Recorded answers of the live service, served again in their own bytes; whole answers are served as a stream."""

from __future__ import annotations

import gzip
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote

import yaml
from aiohttp import web

from sandbox.aws import eventstream


class Recorded(NamedTuple):
    """One exchange with the live service."""

    name: str
    model: str
    operation: str
    status: int
    request: dict[str, Any]
    answer: bytes | dict[str, Any]


def recordings(folder: Path) -> Iterator[Recorded]:
    """All of them, from both collections."""
    for path in sorted(folder.rglob("*.yaml*")):
        stored = path.read_bytes()
        tape = yaml.load(gzip.decompress(stored) if path.suffix == ".gz" else stored, Loader=yaml.CSafeLoader)
        pairs = (
            [(each["request"], each["response"]) for each in tape["interactions"]]
            if "interactions" in tape
            else list(zip(tape["requests"], tape["responses"], strict=True))
        )
        for index, (request, response) in enumerate(pairs):
            model, operation = request["uri"].split("/")[-2:]
            yield Recorded(
                f"{path.name.split('.')[0]}-{index}",
                unquote(model),
                operation,
                response["status"]["code"],
                json.loads(request["body"]),
                _answer(response, operation),
            )


def _answer(response: dict[str, Any], operation: str) -> bytes | dict[str, Any]:
    if "parsed_body" in response:
        parsed: dict[str, Any] = response["parsed_body"]
        return parsed
    body = response["body"]["string"]
    if operation == "converse-stream" and response["status"]["code"] == 200:
        return bytes(body)
    loaded: dict[str, Any] = json.loads(body)
    return loaded


def as_stream(answer: dict[str, Any]) -> bytes:
    """A whole answer as the events of a stream, its unmodelled members included."""
    frames = [eventstream.event("messageStart", {"role": "assistant"})]
    for index, block in enumerate(answer["output"]["message"]["content"]):
        frames += [eventstream.event(name, {**value, "contentBlockIndex": index}) for name, value in _events(block)]
        frames.append(eventstream.event("contentBlockStop", {"contentBlockIndex": index}))
    frames.append(eventstream.event("messageStop", {"stopReason": answer["stopReason"]}))
    rest = {name: value for name, value in answer.items() if name not in ("output", "stopReason")}
    return b"".join([*frames, eventstream.event("metadata", rest)])


def _events(block: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    if "toolUse" in block:
        tool = dict(block["toolUse"])
        arguments = json.dumps(tool.pop("input"))
        yield "contentBlockStart", {"start": {"toolUse": tool}}
        yield "contentBlockDelta", {"delta": {"toolUse": {"input": arguments}}}
    elif "citationsContent" in block:
        for item in block["citationsContent"]["content"]:
            yield "contentBlockDelta", {"delta": {"text": item["text"]}}
        for citation in block["citationsContent"]["citations"]:
            yield "contentBlockDelta", {"delta": {"citation": citation}}
    elif "reasoningContent" in block:
        for name, value in block["reasoningContent"]["reasoningText"].items():
            yield "contentBlockDelta", {"delta": {"reasoningContent": {name: value}}}
    else:
        yield "contentBlockDelta", {"delta": block}


@asynccontextmanager
async def served(recorded: list[Recorded]) -> AsyncIterator[str]:
    """A place that answers the requests in their order, whatever they say."""
    left = list(recorded)

    async def answer(_request: web.Request) -> web.Response:
        each = left.pop(0)
        if each.status != 200:
            headers = {"x-amzn-ErrorType": "ValidationException"}
            return web.json_response(each.answer, status=each.status, headers=headers)
        body = each.answer if isinstance(each.answer, bytes) else as_stream(each.answer)
        return web.Response(body=body, content_type="application/vnd.amazon.eventstream")

    application = web.Application()
    application.router.add_post("/{path:.*}", answer)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.2)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()
