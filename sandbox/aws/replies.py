"""What a model says: written by scripts and responders, turned into blocks of the API."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from sandbox.aws import tokens
from sandbox.aws.answers import request_id
from sandbox.aws.conversation import Conversation
from sandbox.aws.json_values import Json

_MISSING: Any = object()


@dataclass(frozen=True)
class Reply:
    """A model's reply.

    `value` is a JSON value, which goes where the request wants it: as text where a schema was given for the text, as a
    call of the tool that it fits where there are tools, else as text. `text` is said as it is. `tool` is a call of the
    named tool with `value`. `reasoning` goes before everything. `blocks` are content blocks that are used untouched
    instead of all that. `stop` None is found out.
    """

    text: str = ""
    value: Any = field(default=_MISSING)
    tool: str | None = None
    reasoning: str = ""
    blocks: tuple[dict[str, Any], ...] = ()
    stop: str | None = None

    @property
    def has_value(self) -> bool:
        """Whether there is a JSON value."""
        return self.value is not _MISSING


Responder = Callable[[Conversation], Awaitable[Reply]]
"""Replies to whatever no script has a reply for."""


@dataclass(frozen=True)
class Said:
    """A reply as blocks, with the reason why it ended and how many tokens it took."""

    blocks: list[dict[str, Any]]
    stop: str
    tokens: int


def said(reply: Reply, request: Conversation) -> Said:
    """The reply as the request gets it: in the asked form, cut at the asked length."""
    blocks = list(reply.blocks) or _blocks(reply, request)
    spent = sum(tokens.of_block(block) for block in blocks)
    stop = reply.stop or ("tool_use" if any("toolUse" in block for block in blocks) else "end_turn")
    if spent > request.max_tokens:
        return Said(shortened(blocks, request.max_tokens), "max_tokens", request.max_tokens)
    return Said(blocks, stop, spent)


def _blocks(reply: Reply, request: Conversation) -> list[dict[str, Any]]:
    blocks: list[dict[str, Any]] = []
    if reply.reasoning:
        blocks.append({"reasoningContent": {"reasoningText": {"text": reply.reasoning, "signature": "c2FuZGJveA=="}}})
    if reply.text:
        blocks.append({"text": reply.text})
    if not reply.has_value:
        return blocks or [{"text": ""}]
    name = reply.tool or (None if request.schema else _fitting(reply.value, request.tools))
    if name:
        return [*blocks, {"toolUse": {"toolUseId": f"tooluse_{request_id()[:22]}", "name": name, "input": reply.value}}]
    return [*blocks, {"text": json.dumps(reply.value, ensure_ascii=False)}]


def _fitting(value: Json, tools: dict[str, dict[str, Any]]) -> str | None:
    """The tool whose required members the value has."""
    if not isinstance(value, dict):
        return None
    fitting = [name for name, schema in tools.items() if set(schema.get("required", ())) <= value.keys()]
    return next(iter(fitting), next(iter(tools), None))


def shortened(blocks: list[dict[str, Any]], most: int) -> list[dict[str, Any]]:
    """The blocks' first tokens. A tool's call that does not fit loses its last members, as its JSON ends early."""
    kept: list[dict[str, Any]] = []
    left = most
    for block in blocks:
        size = tokens.of_block(block)
        if size <= left:
            kept.append(block)
        elif "text" in block:
            kept.append({"text": tokens.cut(block["text"], left)})
        elif "toolUse" in block:
            kept.append({"toolUse": {**block["toolUse"], "input": _fewer(block["toolUse"]["input"], left)}})
        left -= size
        if left <= 0:
            break
    return kept


def _fewer(value: Json, most: int) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for name, item in value.items() if isinstance(value, dict) else ():
        if tokens.of_block({name: item}) + tokens.of_block(kept) > most:
            break
        kept[name] = item
    return kept
