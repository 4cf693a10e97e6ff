"""Slack's rate limits: token buckets per method, and per channel for posting."""

from __future__ import annotations

import math
from dataclasses import dataclass

from sandbox.slack.clock import Clock
from sandbox.slack.errors import RateLimitedError

# Calls a minute of Slack's tiers. Tier "t5" is documented as special; hundreds a minute are known to pass.
TIERS = {"t1": 1, "t2": 20, "t3": 50, "t4": 100, "t5": 600}
# About one message a second and channel with short bursts; the size of a burst is not documented.
_POSTS_A_SECOND = 1.0
_POST_BURST = 10.0
_POSTING = frozenset({"chat.postMessage", "chat.postEphemeral", "chat.meMessage", "chat.startStream"})

# The methods that Slack has limited since May 2025 for apps that are distributed outside of its Marketplace.
_HISTORY = frozenset({"conversations.history", "conversations.replies"})


@dataclass
class _Bucket:
    tokens: float
    filled_at: float


class RateLimits:
    """Counts the app's calls. People are not limited: they cannot type that fast.

    With `distributed` the app is one that is sold outside of Slack's Marketplace: it may read history once a minute.
    """

    def __init__(self, clock: Clock, *, enabled: bool) -> None:
        self.distributed = False
        self._clock = clock
        self._enabled = enabled
        self._buckets: dict[tuple[str, str], _Bucket] = {}

    def check(self, method: str, tier: str, channel: str | None) -> None:
        """Count one call; raises RateLimitedError when there were too many."""
        distributed = self.distributed and method in _HISTORY
        if not (self._enabled or distributed):
            return
        per_minute = TIERS["t1" if distributed else tier]
        self._take(("method", method), float(per_minute), per_minute / 60)
        if method in _POSTING and channel:
            self._take(("channel", channel), _POST_BURST, _POSTS_A_SECOND)

    def reset(self) -> None:
        """Forget the calls that were made."""
        self._buckets.clear()

    def _take(self, key: tuple[str, str], size: float, per_second: float) -> None:
        now = self._clock.now()
        bucket = self._buckets.setdefault(key, _Bucket(size, now))
        bucket.tokens = min(size, bucket.tokens + (now - bucket.filled_at) * per_second)
        bucket.filled_at = now
        if bucket.tokens < 1:
            raise RateLimitedError(math.ceil((1 - bucket.tokens) / per_second))
        bucket.tokens -= 1
