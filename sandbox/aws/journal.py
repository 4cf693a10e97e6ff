"""What was called, for assertions: nothing paid twice."""

from __future__ import annotations

from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any

_KEPT = 20_000


@dataclass
class Call:
    """One call of an operation, with its parameters and the HTTP status of its answer.

    `error` is the name of the exception that was answered, or that ended the stream. `answer` holds a plain answer's
    values, or the events of a stream. For S3 the parameters are bucket and key, or the prefix that is listed.
    """

    service: str
    operation: str
    parameters: dict[str, Any]
    headers: dict[str, str]
    at: float
    status: int = 0
    error: str | None = None
    answer: Any = None


@dataclass
class Journal:
    """The last calls since the start or a reset, oldest first; retries of the client count each."""

    calls: list[Call] = field(default_factory=list)

    def add(self, call: Call) -> None:
        """Note a call when it comes; the rest is filled in when it is answered."""
        if len(self.calls) >= _KEPT:
            del self.calls[: _KEPT // 10]
        self.calls.append(call)

    def of(self, operation: str = "*", service: str = "*") -> list[Call]:
        """The calls of operations that match a pattern such as 'Converse*'."""
        return [
            call
            for call in tuple(self.calls)
            if fnmatchcase(call.operation, operation) and fnmatchcase(call.service, service)
        ]

    def count(self, operation: str = "*", service: str = "*") -> int:
        """How many there were."""
        return len(self.of(operation, service))

    def succeeded(self, operation: str = "*", service: str = "*") -> list[Call]:
        """Those that were answered without an error: what is paid for."""
        return [call for call in self.of(operation, service) if call.error is None and 200 <= call.status < 400]  # noqa: PLR2004 - HTTP's successes

    def reset(self) -> None:
        """Forget all calls."""
        self.calls.clear()
