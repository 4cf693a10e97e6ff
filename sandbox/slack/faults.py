"""Faults on demand: what real networks do to an app sooner or later."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any, Literal

from sandbox.slack.errors import JSON, SlackError

DeliveryFault = Literal["duplicate", "lost_ack", "drop", "reorder", "delay"]
_DELIVERY_FAULTS = frozenset({"duplicate", "lost_ack", "drop", "reorder", "delay"})
_DROPS = frozenset({None, "before", "after"})
_ANY = "*"


@dataclass
class Fault:
    """What goes wrong, to what, and how many more times.

    `times` 0 means until it is taken away; the first `after` that it fits are spared. `team` and `app` narrow it down
    to one workspace and one app, `event` to deliveries of that type (of an event, an interaction or `slash_commands`).
    """

    method: str | None = None
    delivery: DeliveryFault | None = None
    event: str | None = None
    team: str | None = None
    app: str | None = None
    times: int = 1
    after: int = 0
    error: str | None = None
    status: int | None = None
    retry_after: int = 1
    delay: float = 0.0
    drop: Literal["before", "after"] | None = None

    def fits(self, team: str | None, app: str | None) -> bool:
        """Return whether it is meant for this workspace and app."""
        return self.team in {None, team} and self.app in {None, app}


class Faults:
    """The faults that are waiting to happen."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []

    def add(self, wanted: JSON) -> None:
        """Add a fault from its JSON; raises `invalid_arguments` when it makes no sense."""
        known = {field.name for field in fields(Fault)}
        if not wanted.keys() <= known or bool(wanted.get("method")) == bool(wanted.get("delivery")):
            raise SlackError("invalid_arguments", detail="a fault has a method or a delivery, and what happens to it")
        given: Any = wanted.get("delivery")
        if given and given not in _DELIVERY_FAULTS:
            raise SlackError("invalid_arguments", detail=f"a delivery can be {', '.join(sorted(_DELIVERY_FAULTS))}")
        if wanted.get("drop") not in _DROPS:
            raise SlackError("invalid_arguments", detail="drop is before or after the effect")
        self._waiting.append(Fault(**wanted))

    def reset(self) -> None:
        """Forget all faults."""
        self._waiting.clear()

    def to_json(self) -> list[JSON]:
        """Return the faults that are still waiting."""
        return [asdict(fault) for fault in self._waiting]

    def for_call(self, method: str, team: str | None = None, app: str | None = None) -> Fault | None:
        """Use up the next fault for a Web API method, `upload` or `download`."""
        return self._take([item for item in self._waiting if item.method in {method, _ANY} and item.fits(team, app)])

    def for_delivery(self, kind: str | None, team: str | None, app: str, *, event: bool = True) -> Fault | None:
        """Use up the next fault for a delivery to the app.

        What people do (commands, clicks: `event` false) is only hit by a fault that names its type.
        """
        named = [item for item in self._waiting if item.delivery and item.fits(team, app)]
        return self._take([item for item in named if item.event == kind or (event and item.event in {None, _ANY})])

    def _take(self, candidates: list[Fault]) -> Fault | None:
        if not candidates:
            return None
        fault = candidates[0]
        if fault.after > 0:
            fault.after -= 1
            return None
        if fault.times == 1:
            self._waiting.remove(fault)
        elif fault.times > 1:
            fault.times -= 1
        return fault
