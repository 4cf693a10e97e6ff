"""Faults on demand: what real networks do to an app sooner or later."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Literal

from sandbox.slack.errors import JSON, SlackError


@dataclass
class Fault:
    """What goes wrong, and how many more times; `times` 0 means until it is taken away."""

    method: str | None = None
    delivery: Literal["duplicate", "lost_ack", "drop"] | None = None
    times: int = 1
    error: str | None = None
    status: int | None = None
    retry_after: int = 1
    delay: float = 0.0
    drop: Literal["before", "after"] | None = None


class Faults:
    """The faults that are waiting to happen."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []

    def add(self, wanted: JSON) -> None:
        """Add a fault from its JSON; raises `invalid_arguments` when it makes no sense."""
        known = {field.name for field in fields(Fault)}
        if not wanted.keys() <= known or bool(wanted.get("method")) == bool(wanted.get("delivery")):
            raise SlackError("invalid_arguments", detail="a fault has a method or a delivery, and what happens to it")
        self._waiting.append(Fault(**wanted))

    def reset(self) -> None:
        """Forget all faults."""
        self._waiting.clear()

    def to_json(self) -> list[JSON]:
        """Return the faults that are still waiting."""
        return [asdict(fault) for fault in self._waiting]

    def for_call(self, method: str) -> Fault | None:
        """Use up the next fault for a Web API method, `upload` or `download`."""
        return self._take([fault for fault in self._waiting if fault.method in {method, "*"}])

    def for_delivery(self) -> str | None:
        """Use up the next fault for a delivery to the app and return its kind."""
        fault = self._take([fault for fault in self._waiting if fault.delivery])
        return fault.delivery if fault else None

    def _take(self, candidates: list[Fault]) -> Fault | None:
        if not candidates:
            return None
        fault = candidates[0]
        if fault.times == 1:
            self._waiting.remove(fault)
        elif fault.times > 1:
            fault.times -= 1
        return fault
