"""How many tokens something is, and where a text is cut: counted alike everywhere, by no real tokenizer."""

from __future__ import annotations

import json
import re

from sandbox.aws.json_values import Json

_PIECE = re.compile(r"\s*(?:[\u2e80-\u9fff\uac00-\ud7af]|\w{1,5}|[^\w\s])|\s+")
"""Up to five letters, one sign, or one character of a script without spaces, with the spaces before it."""

_BYTES_OF_A_FILE = 40
"""Bytes of an image or a document for one token, about."""


def count(text: str) -> int:
    """How many tokens a text is; English has about 1.3 to a word."""
    return sum(1 for _ in _PIECE.finditer(text))


def cut(text: str, tokens: int) -> str:
    """The text's first tokens."""
    for index, piece in enumerate(_PIECE.finditer(text)):
        if index == tokens:
            return text[: piece.start()]
    return text


def of_tool(tool: Json) -> int:
    """How many tokens a tool's description is, of which the model reads every sign."""
    return count(json.dumps(tool, default=str))


def of_block(block: Json) -> int:
    """How many tokens a block of a request or a reply is, whatever it holds."""
    if isinstance(block, str):
        return count(block)
    if isinstance(block, bytes):
        return len(block) // _BYTES_OF_A_FILE + 1
    if isinstance(block, dict):
        return sum(of_block(item) for item in block.values())
    if isinstance(block, list):
        return sum(of_block(item) for item in block)
    return count(json.dumps(block))
