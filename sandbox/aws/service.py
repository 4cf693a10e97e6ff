"""What a stand-in for a service is to the server: handlers by operation, and what is answered beyond the model."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sandbox.aws.faults import Fault

Handler = Callable[[dict[str, Any], Fault | None], Awaitable[dict[str, Any]]]
Streamer = Callable[[dict[str, Any], Fault | None], AsyncIterator[tuple[str, dict[str, Any]]]]
Unmodeled = Callable[[str, Mapping[str, Any]], dict[str, Any]]


@dataclass(frozen=True)
class Service:
    """The operations that are served. `unmodeled` says, by operation or event, what is laid over an answer's JSON."""

    handlers: dict[str, Handler]
    streamers: dict[str, Streamer] = field(default_factory=dict)
    unmodeled: Unmodeled = lambda _name, _answer: {}
