"""Prompt caching, computed: what two requests share byte for byte, up to a cache point, is read and not paid again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sandbox.aws import tokens
from sandbox.aws.catalog import Model
from sandbox.aws.clock import Clock
from sandbox.aws.errors import AwsError
from sandbox.aws.json_values import Json

_SECONDS = {"5m": 300.0, "1h": 3600.0}
_MOST_POINTS = 4
_FRAME, _TOOLS, _SCHEMA = 6, 340, 100
_LOOK_BACK = 20
"""Blocks before a cache point in which an earlier request's point is looked for."""


@dataclass(frozen=True)
class Used:
    """Tokens of a request: those that were read from the cache, those that were written to it, and the rest."""

    fresh: int
    read: int = 0
    written: tuple[tuple[str, int], ...] = ()

    @property
    def write(self) -> int:
        """All tokens that were written."""
        return sum(count for _, count in self.written)


@dataclass
class _Prefix:
    """The request up to a block: a digest of its bytes, its tokens, a lifetime where a cache point follows."""

    digest: str
    tokens: int
    ttl: str | None = None


@dataclass
class Cache:
    """What is cached, by model and digest, until when and how many seconds a use prolongs it."""

    clock: Clock
    _kept: dict[tuple[str, str], tuple[float, float]] = field(default_factory=dict)

    def use(self, model: Model, parameters: dict[str, Any]) -> Used:
        """Count a request's tokens, read what is there and keep what it marks. Raises AwsError for wrong points."""
        prefixes, total = _prefixes(model, parameters)
        points = [index for index, prefix in enumerate(prefixes) if prefix.ttl]
        if points and not model.cached:
            raise AwsError(
                "AccessDeniedException",
                "You invoked an unsupported model or your request did not allow prompt caching.",
            )
        if len(points) > _MOST_POINTS:
            raise AwsError("ValidationException", f"A maximum of {_MOST_POINTS} cache points may be provided.")
        read = self._read(model, prefixes, points)
        written, before = [], read
        for index in points:
            prefix = prefixes[index]
            if prefix.tokens >= model.cached and prefix.tokens > before:
                written.append((prefix.ttl or "5m", prefix.tokens - before))
                before = prefix.tokens
            if prefix.tokens >= model.cached:
                self._keep(model, prefix)
        return Used(total - before, read, tuple(written))

    def reset(self) -> None:
        """Forget everything."""
        self._kept.clear()

    def _read(self, model: Model, prefixes: list[_Prefix], points: list[int]) -> int:
        now = self.clock.now()
        for point in reversed(points):
            for index in range(point, max(-1, point - _LOOK_BACK), -1):
                key = (model.id, prefixes[index].digest)
                until, seconds = self._kept.get(key, (0.0, 0.0))
                if until > now:
                    self._kept[key] = (now + seconds, seconds)
                    return prefixes[index].tokens
        return 0

    def _keep(self, model: Model, prefix: _Prefix) -> None:
        seconds = _SECONDS[prefix.ttl or "5m"]
        self._kept[model.id, prefix.digest] = (self.clock.now() + seconds, seconds)


def _prefixes(model: Model, parameters: dict[str, Any]) -> tuple[list[_Prefix], int]:
    """The request's prefixes, block by block, in the order in which models read: tools, instructions, messages.

    The form that the reply must have stands before all of them: measured on the live service by G. Juszkiewicz
    ('Prompt Caching vs. Structured Output on Amazon Bedrock'), another schema is another prompt.
    """
    running, found, total = hashlib.sha256(), list[_Prefix](), _framed(model, parameters)
    running.update(_stable(parameters.get("outputConfig", {}).get("textFormat")).encode())
    for place, block in _blocks(parameters):
        if "cachePoint" in block:
            if found:
                found[-1].ttl = block["cachePoint"].get("ttl", "5m")
            continue
        running.update(f"{place}\0{_stable(block)}\0".encode())
        total += tokens.of_tool(block) if place == "tool" else tokens.of_block(block)
        found.append(_Prefix(running.hexdigest(), total))
    return found, total


def _framed(model: Model, parameters: dict[str, Any]) -> int:
    """Tokens that the service itself puts around a request; from what recorded requests were counted as."""
    tools = _TOOLS if parameters.get("toolConfig") else 0
    text_format = parameters.get("outputConfig", {}).get("textFormat")
    if not text_format or model.provider != "Anthropic":
        return _FRAME + tools
    return _FRAME + tools + _SCHEMA + tokens.count(text_format["structure"]["jsonSchema"]["schema"])


def _blocks(parameters: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for tool in parameters.get("toolConfig", {}).get("tools", ()):
        yield "tool", tool
    for block in parameters.get("system", ()):
        yield "system", block
    for message in parameters.get("messages", ()):
        for block in message["content"]:
            yield message["role"], block


def _stable(block: Json) -> str:
    """A block's content in the order in which it was sent: members in another order are another text."""
    return repr(block)
