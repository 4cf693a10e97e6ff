"""A circuit breaker: what failed often in a short time is left alone for a while, then tried once."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable


class Breaker:
    """Closed: everything may pass. Open: nothing, for `rest` seconds. Half open: one trial at a time.

    Opens after `failures` failures within `window` seconds, or after a failed trial. One success closes it.
    """

    def __init__(
        self,
        *,
        failures: int = 5,
        window: float = 60.0,
        rest: float = 30.0,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._allowed = failures
        self._window = window
        self._rest = rest
        self._now = now
        self._failed: deque[float] = deque()
        self._opened: float | None = None
        self._trial = False

    @property
    def is_open(self) -> bool:
        """Whether it still keeps everything out."""
        return self._opened is not None and (self._trial or self._now() < self._opened + self._rest)

    def enter(self) -> bool:
        """Whether a call may go; if it may, `succeeded`, `failed` or `left` must follow."""
        if self._opened is None:
            return True
        if self.is_open:
            return False
        self._trial = True
        return True

    def succeeded(self) -> None:
        """The call went well."""
        self._failed.clear()
        self._opened, self._trial = None, False

    def failed(self) -> None:
        """The call failed for a reason that others would meet too."""
        now = self._now()
        self._failed.append(now)
        while self._failed and self._failed[0] <= now - self._window:
            self._failed.popleft()
        if self._trial or len(self._failed) >= self._allowed:
            self._opened, self._trial = now, False

    def left(self) -> None:
        """The call ended without saying anything about the other side: it was canceled, or its content declined."""
        self._trial = False
