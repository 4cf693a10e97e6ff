"""Ids and timestamps in Slack's form."""

from __future__ import annotations

import secrets
import string

from sandbox.slack.clock import Clock

_ALPHABET = string.ascii_uppercase + string.digits
_MICROSECONDS = 1_000_000


class Ids:
    """Makes ids that look like Slack's and timestamps that never repeat."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last = 0

    def new(self, prefix: str) -> str:
        """Return a fresh id: the letter of its kind and ten characters."""
        return prefix + "".join(secrets.choice(_ALPHABET) for _ in range(10))

    def secret(self) -> str:
        """Return 24 hex digits that nobody can guess."""
        return secrets.token_hex(12)

    def ts(self) -> str:
        """Return a timestamp `seconds.micros`: six decimals, later than every one before it."""
        self._last = max(int(self._clock.now() * _MICROSECONDS), self._last + 1)
        return f"{self._last // _MICROSECONDS}.{self._last % _MICROSECONDS:06d}"

    def resume_after(self, ts: str) -> None:
        """Make sure that timestamps to come are later than `ts`, which an earlier run gave."""
        seconds, micros = ts.split(".")
        self._last = max(self._last, int(seconds) * _MICROSECONDS + int(micros))
