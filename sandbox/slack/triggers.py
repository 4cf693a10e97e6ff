"""Trigger ids: three seconds, one use."""

from __future__ import annotations

from dataclasses import dataclass

from sandbox.slack.clock import Clock
from sandbox.slack.errors import SlackError
from sandbox.slack.ids import Ids

_LIFETIME_SECONDS = 3.0


@dataclass
class Trigger:
    """What somebody did, so that the app may open a view for them. `view` is the modal it was done in."""

    user: str
    made_at: float
    view: str | None = None
    used: bool = False


class Triggers:
    """The triggers that were handed out."""

    def __init__(self, clock: Clock, ids: Ids) -> None:
        self._clock = clock
        self._ids = ids
        self._triggers: dict[str, Trigger] = {}

    def new(self, user: str, view: str | None = None) -> str:
        """Return a trigger id for something that `user` did."""
        seconds, micros = self._ids.ts().split(".")
        trigger_id = f"{seconds}.{micros}.{self._ids.secret()}"
        self._triggers[trigger_id] = Trigger(user, self._clock.now(), view)
        return trigger_id

    def exchange(self, trigger_id: str) -> Trigger:
        """Use up a trigger.

        Raises:
            SlackError: `invalid_trigger_id`, `exchanged_trigger_id` or `expired_trigger_id`.
        """
        trigger = self._triggers.get(trigger_id)
        if trigger is None:
            raise SlackError("invalid_trigger_id")
        if trigger.used:
            raise SlackError("exchanged_trigger_id")
        if self._clock.now() - trigger.made_at > _LIFETIME_SECONDS:
            raise SlackError("expired_trigger_id")
        trigger.used = True
        return trigger
