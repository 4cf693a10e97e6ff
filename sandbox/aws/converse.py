"""Converse and its relatives: the request is judged, somebody replies, tokens are counted."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Any

from sandbox.aws import catalog, tokens
from sandbox.aws.caching import Cache, Used
from sandbox.aws.catalog import Model
from sandbox.aws.conversation import Conversation
from sandbox.aws.errors import AwsError
from sandbox.aws.faults import Fault
from sandbox.aws.guardrails import Guardrails
from sandbox.aws.instances import least
from sandbox.aws.judging import judge
from sandbox.aws.mishaps import spoiled
from sandbox.aws.replies import Reply, Responder, Said, said
from sandbox.aws.script import Script

Event = tuple[str, dict[str, Any]]


@dataclass
class Converse:
    """A model behind the Converse protocol. Scripts come first, then the responder, then the least that fits."""

    script: Script
    cache: Cache
    guardrails: Guardrails
    responder: Responder | None = None

    async def converse(self, parameters: dict[str, Any], fault: Fault | None) -> dict[str, Any]:
        """The operation Converse. Raises AwsError."""
        began = time.monotonic()
        request, reply, used = await self._replied(parameters, fault, streamed=False)
        return {
            "output": {"message": {"role": "assistant", "content": reply.blocks}},
            "stopReason": reply.stop,
            "usage": usage(used, reply.tokens),
            "metrics": {"latencyMs": _milliseconds(began)},
            **_echoed(request),
        }

    async def stream(self, parameters: dict[str, Any], fault: Fault | None) -> AsyncIterator[Event]:
        """The operation ConverseStream, event by event. Raises AwsError before the first."""
        began = time.monotonic()
        request, reply, used = await self._replied(parameters, fault, streamed=True)
        yield "messageStart", {"role": "assistant"}
        for index, block in enumerate(reply.blocks):
            for event in _block_events(block, index):
                yield event
                await asyncio.sleep(0)
        yield "messageStop", {"stopReason": reply.stop}
        metrics = {"latencyMs": _milliseconds(began)}
        yield "metadata", {"usage": usage(used, reply.tokens), "metrics": metrics, **_echoed(request)}

    async def count_tokens(self, parameters: dict[str, Any], fault: Fault | None) -> dict[str, Any]:
        """The operation CountTokens. Raises AwsError."""
        del fault
        model, by_profile = known(parameters["modelId"])
        if by_profile or not model.counts:
            raise AwsError("ValidationException", "The provided model doesn't support counting tokens.")
        return {"inputTokens": tokens.of_block(parameters["input"])}

    async def _replied(
        self, parameters: dict[str, Any], fault: Fault | None, *, streamed: bool
    ) -> tuple[Conversation, Said, Used]:
        model, by_profile = known(parameters["modelId"])
        if model.profile_only and not by_profile:
            raise AwsError(
                "ValidationException",
                f"Invocation of model ID {model.id} with on-demand throughput isn’t supported. Retry your request "  # noqa: RUF001 - the service's own apostrophe
                "with the ID or ARN of an inference profile that contains this model.",
            )
        judge(model, parameters)
        request = Conversation(model, parameters["modelId"], parameters, streamed)
        used = await asyncio.to_thread(self.cache.use, model, parameters)
        total = used.fresh + used.read + used.write
        if total > model.context:
            raise AwsError("ValidationException", "Input is too long for requested model.")
        if (stopped := self.guardrails.stops(parameters, request.prompt)) is not None:
            return request, stopped, used
        spoken = spoiled(await asyncio.to_thread(said, await self._reply(request), request), fault)
        return request, self.guardrails.stops(parameters, json.dumps(spoken.blocks, default=str)) or spoken, used

    async def _reply(self, request: Conversation) -> Reply:
        if (scripted := self.script.reply(request)) is not None:
            return scripted
        if self.responder:
            return await self.responder(request)
        schema = request.schema or (next(iter(request.tools.values()), None) if request.forced else None)
        return Reply(value=least(schema)) if schema else Reply(text="I have read it.")


def known(model_id: str) -> tuple[Model, bool]:
    """The model of an id and whether a profile names it. Raises AwsError in the service's words for an unknown one."""
    found = catalog.find(model_id)
    if not found:
        raise AwsError("ValidationException", "The provided model identifier is invalid.")
    return found


def usage(used: Used, output: int) -> dict[str, Any]:
    """Tokens as the API states them; the total counts those of the cache too."""
    found: dict[str, Any] = {
        "inputTokens": used.fresh,
        "outputTokens": output,
        "totalTokens": used.fresh + used.read + used.write + output,
        "cacheReadInputTokens": used.read,
        "cacheWriteInputTokens": used.write,
    }
    if used.written:
        found["cacheDetails"] = [{"ttl": ttl, "inputTokens": count} for ttl, count in used.written]
    return found


def unmodeled(operation: str, answer: Mapping[str, Any]) -> dict[str, Any]:
    """What the real service says beyond its model; seen in recordings."""
    if operation not in {"Converse", "metadata"}:
        return {}
    more = {
        "serverToolUsage": {},
        "cacheReadInputTokenCount": answer["usage"]["cacheReadInputTokens"],
        "cacheWriteInputTokenCount": answer["usage"]["cacheWriteInputTokens"],
    }
    found: dict[str, Any] = {"usage": more}
    if operation == "Converse":
        blocks = answer["output"]["message"]["content"]
        kinds = [{"toolUse": {"type": "tool_use"}} if "toolUse" in block else {} for block in blocks]
        found["output"] = {"message": {"content": kinds}}
    return found


def _echoed(request: Conversation) -> dict[str, Any]:
    return {
        name: request.parameters[name] for name in ("performanceConfig", "serviceTier") if name in request.parameters
    }


def _milliseconds(began: float) -> int:
    return round((time.monotonic() - began) * 1000)


def _block_events(block: dict[str, Any], index: int) -> list[Event]:
    """A block as events. Text has no start of its own, as at the real service."""
    place = {"contentBlockIndex": index}
    found: list[Event] = []
    if "toolUse" in block:
        called = {name: block["toolUse"][name] for name in ("toolUseId", "name")}
        found.append(("contentBlockStart", {"start": {"toolUse": called}, **place}))
    found += [("contentBlockDelta", {"delta": delta, **place}) for delta in _deltas(block)]
    found.append(("contentBlockStop", place))
    return found


def _deltas(block: dict[str, Any]) -> list[dict[str, Any]]:
    if "text" in block:
        return [{"text": piece} for piece in pieces(block["text"])]
    if "toolUse" in block:
        return [{"toolUse": {"input": piece}} for piece in pieces(json.dumps(block["toolUse"]["input"]))]
    if "reasoningContent" in block:
        thought = block["reasoningContent"]["reasoningText"]
        parts = [{"text": piece} for piece in pieces(thought["text"])]
        if "signature" in thought:
            parts.append({"signature": thought["signature"]})
        return [{"reasoningContent": part} for part in parts]
    if "citationsContent" in block:
        cited = block["citationsContent"]
        texts = [{"text": item["text"]} for item in cited["content"]]
        return [*texts, *({"citation": citation} for citation in cited["citations"])]
    return []


def pieces(text: str, size: int = 24) -> list[str]:
    """A text in pieces as a stream brings them."""
    return [text[start : start + size] for start in range(0, len(text), size)] or [""]
