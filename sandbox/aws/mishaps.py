"""What goes wrong with a reply itself: too long, refused, withheld, broken."""

from __future__ import annotations

from typing import Any

from sandbox.aws import tokens
from sandbox.aws.faults import Fault
from sandbox.aws.replies import Said, shortened

_REFUSED = "I'm not able to help with that."
_WITHHELD = "Sorry, the model cannot answer this question."


def spoiled(reply: Said, fault: Fault | None) -> Said:
    """The reply as the fault leaves it."""
    if fault is None:
        return reply
    if fault.kind == "max_tokens":
        most = max(1, reply.tokens // 2)
        return Said(shortened(reply.blocks, most), "max_tokens", most)
    if fault.kind == "refusal":
        return _instead(_REFUSED, "content_filtered")
    if fault.kind == "guardrail":
        return _instead(_WITHHELD, "guardrail_intervened")
    if fault.kind == "malformed":
        return Said([_broken(block) for block in reply.blocks], reply.stop, reply.tokens)
    return reply


def _instead(text: str, stop: str) -> Said:
    return Said([{"text": text}], stop, tokens.count(text))


def _broken(block: dict[str, Any]) -> dict[str, Any]:
    """Half of a text, and a tool's call without its members: what is asked for, said wrongly."""
    if "text" in block:
        return {"text": block["text"][: max(1, len(block["text"]) // 2)]}
    if "toolUse" in block:
        return {"toolUse": {**block["toolUse"], "input": {}}}
    return block
