"""What the app called and what it was sent, for tests and for the curious."""

from __future__ import annotations

from collections import deque
from dataclasses import asdict, dataclass, field

from sandbox.slack.errors import JSON

_KEPT = 2000


@dataclass
class CallRecord:
    """One Web API call. `caller` is bot, app, user or nobody; `seconds` is how long the answer took."""

    time: float
    method: str
    caller: str
    user: str | None
    args: JSON
    status: int
    answer: JSON
    seconds: float


@dataclass
class DeliveryRecord:
    """One envelope sent to the app. `acked` is how many seconds the ack took, None while there is none."""

    time: float
    envelope_id: str
    type: str
    event_id: str | None
    event_type: str | None
    attempt: int
    acked: float | None = None


@dataclass
class Journal:
    """The last calls and deliveries, oldest first."""

    calls: deque[CallRecord] = field(default_factory=lambda: deque(maxlen=_KEPT))
    deliveries: deque[DeliveryRecord] = field(default_factory=lambda: deque(maxlen=_KEPT))

    def to_json(self, method: str | None = None, since: float = 0.0) -> JSON:
        """Return what happened after `since`, of the calls only those of `method` when one is given."""
        calls = [asdict(call) for call in self.calls if call.time > since and method in {None, call.method}]
        for call in calls:
            call["as"] = call.pop("caller")
        return {"calls": calls, "deliveries": [asdict(item) for item in self.deliveries if item.time > since]}
