"""The recorded calls of the live Bedrock, read from beside the checkout."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml


@dataclass(frozen=True)
class Recorded:
    """One call: where it was recorded, what was sent to which path, and what came back."""

    name: str
    path: str
    sent: bytes
    status: int
    came: bytes

    @property
    def streamed(self) -> bool:
        return self.path.endswith("converse-stream") and self.status == 200


def recorded(shared: Path) -> list[Recorded]:
    """All calls in all recordings."""
    folder = shared / "fixtures/bedrock"
    found = [
        call
        for path in sorted((folder / "pydantic-ai").rglob("*.yaml"))
        for call in _cassette(path.name, path.read_text())
    ]
    for path in sorted((folder / "langchain-aws").rglob("*.gz")):
        found += _cassette(path.name, gzip.decompress(path.read_bytes()).decode())
    return [call for call in found if call.path.startswith("/model/")]


def _cassette(name: str, text: str) -> Iterator[Recorded]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    read = yaml.load(text, loader)  # noqa: S506 - one of the safe loaders
    pairs = [(one["request"], one["response"]) for one in read.get("interactions", ())]
    pairs += zip(read.get("requests", ()), read.get("responses", ()), strict=True)
    for request, response in pairs:
        status = response["status"]
        yield Recorded(
            name,
            urlsplit(request["uri"]).path,
            _bytes(request),
            status["code"] if isinstance(status, dict) else status,
            _bytes(response),
        )


def _bytes(part: dict[str, Any]) -> bytes:
    body = part.get("body")
    if isinstance(body, dict):
        body = body.get("string")
    if body is None:
        body = json.dumps(part.get("parsed_body"))
    return body if isinstance(body, bytes) else str(body).encode()
