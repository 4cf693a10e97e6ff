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
    team: str | None = None
    app: str | None = None


@dataclass
class DeliveryRecord:
    """One envelope sent to an app.

    `acked` is how many seconds the ack took, None while there is none; `retry_reason` is why it is sent again,
    `failed` why this attempt failed, `fault` what a test had asked for. `payload` is what was sent, `answer` what came
    with the ack.
    """

    time: float
    envelope_id: str
    type: str
    event_id: str | None
    event_type: str | None
    attempt: int
    transport: str
    team: str | None
    app: str
    retry_reason: str = ""
    acked: float | None = None
    failed: str | None = None
    fault: str | None = None
    payload: JSON = field(default_factory=dict)
    answer: JSON | None = None


@dataclass
class Journal:
    """The last calls and deliveries, oldest first."""

    calls: deque[CallRecord] = field(default_factory=lambda: deque(maxlen=_KEPT))
    deliveries: deque[DeliveryRecord] = field(default_factory=lambda: deque(maxlen=_KEPT))

    def to_json(self, method: str | None = None, since: float = 0.0, team: str | None = None) -> JSON:
        """Return what happened after `since`; `team` keeps one workspace, `method` keeps its calls."""
        calls = [
            asdict(call)
            for call in self.calls
            if call.time > since and method in {None, call.method} and team in {None, call.team}
        ]
        for call in calls:
            call["as"] = call.pop("caller")
        sent = [asdict(item) for item in self.deliveries if item.time > since and team in {None, item.team}]
        return {"calls": calls, "deliveries": sent}

    def reset(self) -> None:
        """Forget everything."""
        self.calls.clear()
        self.deliveries.clear()
