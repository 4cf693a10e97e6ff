"""What one workspace takes from us in a minute, for all our messages together. Results go before progress."""

from __future__ import annotations

import asyncio
import time
from collections import deque

from services.publishing.posting import PostBudget
from services.publishing.windows import MINUTE, Clock, Sleep, Window

__all__ = ["SHORTEST_INTERVAL", "Clock", "EditBudget", "Sleep", "StreamBudget", "WorkspaceBudget"]

# Slack takes about 50 `chat.update` calls a minute; the rest is for processes that have just started anew.
_PER_MINUTE = 45
# Edits of the minute that progress never takes, so that a result seldom waits.
_KEPT_FOR_RESULTS = 10
SHORTEST_INTERVAL = 3.0

# Slack's tiers are 20, 50 and 100 calls a minute of each method (docs.slack.dev/apis/web-api/rate-limits).
_TIER_2, _TIER_3, _TIER_4 = 18, 45, 90
# What has a budget of its own, or a special tier that we never come near, is not listed.
_METHODS = {
    "agents.sessions.rename": _TIER_3,
    "agents.sessions.setStatus": _TIER_3,
    "canvases.access.set": _TIER_3,
    "canvases.create": _TIER_2,
    "canvases.edit": _TIER_3,
    "chat.delete": _TIER_3,
    "chat.unfurl": _TIER_3,
    "conversations.history": _TIER_3,
    "conversations.replies": _TIER_3,
    "files.completeUploadExternal": _TIER_4,
    "files.delete": _TIER_3,
    "files.getUploadURLExternal": _TIER_4,
    "files.info": _TIER_4,
    "reactions.add": _TIER_3,
    "reactions.remove": _TIER_2,
    "users.conversations": _TIER_3,
    "users.info": _TIER_4,
}
_STREAM_SECONDS = 300.0
_EDIT = "chat.update"
_POST = "chat.postMessage"
_STREAM = "chat.startStream"


class EditBudget:
    """At most 45 edits in any 60 seconds, results before progress.

    Processes that work side by side divide it equally (`share`). Belongs to one event loop.
    """

    def __init__(
        self, *, per_minute: int = _PER_MINUTE, clock: Clock = time.monotonic, sleep: Sleep = asyncio.sleep
    ) -> None:
        self._whole = per_minute
        self._window = Window(per_minute, clock=clock, sleep=sleep)
        self._for_progress = 1
        self.share(1)
        self._jobs = 0

    def share(self, processes: int) -> None:
        """Hold to one process's part of the allowance from now on."""
        self._window.share(processes)
        self._for_progress = max(1, (self._whole - _KEPT_FOR_RESULTS) // processes)

    async def result(self) -> None:
        """Wait for the moment of a result: at once while there is room, else in order of asking."""
        await self._window.wait()

    def progress(self) -> bool:
        """Take the room for a progress edit that goes out now; False where there is none."""
        return self._window.take(self._for_progress)

    @property
    def interval(self) -> float:
        """Seconds between two progress edits of one message: the more jobs run, the longer, never under 3."""
        return max(SHORTEST_INTERVAL, self._jobs * MINUTE / self._for_progress)

    def join(self) -> None:
        """One more job shows its progress."""
        self._jobs += 1

    def leave(self) -> None:
        """It no longer does."""
        self._jobs -= 1

    async def open(self) -> None:
        """Wait until Slack takes edits again."""
        await self._window.open()

    def pause(self, seconds: float) -> None:
        """Slack wants no edit for so long (Retry-After)."""
        self._window.pause(seconds)


class StreamBudget:
    """Streamed answers: at most 18 starts and 18 ends in any minute, of the 20 that Slack takes of each.

    Who may not start is to post instead; who may not append keeps the words for later. A stream that may start may
    also end at any time: what is open now and what ended in the last minute are counted together.
    """

    def __init__(self, *, clock: Clock = time.monotonic, sleep: Sleep = asyncio.sleep) -> None:
        self._most = _TIER_2
        self._starts, self._ends = (Window(_TIER_2, clock=clock, sleep=sleep) for _ in range(2))
        self._appends = Window(_TIER_4, clock=clock, sleep=sleep)
        self._clock = clock
        # When each one that runs was begun: one that nobody ends, Slack ends.
        self._running: deque[float] = deque()

    def share(self, processes: int) -> None:
        """Hold to one process's part from now on."""
        self._most = max(1, _TIER_2 // processes)
        self._starts.share(processes)
        self._appends.share(processes)

    def start(self) -> bool:
        """Take the room for a stream; False where there is none. Whoever got it calls `end` once, if it can."""
        while self._running and self._running[0] <= self._clock() - _STREAM_SECONDS:
            self._running.popleft()
        if len(self._running) + self._ends.used >= self._most or not self._starts.take():
            return False
        self._running.append(self._clock())
        return True

    def append(self) -> bool:
        """Take the room for adding to a stream now."""
        return self._appends.take()

    def end(self) -> None:
        """A stream ends now."""
        if self._running:
            self._running.popleft()
        self._ends.take()

    def pause(self, seconds: float) -> None:
        """Slack wants no new stream for so long (Retry-After)."""
        self._starts.pause(seconds)


class WorkspaceBudget:
    """All that one workspace takes: edits, posts, streams, and the calls of every other method that we use much.

    What publishing writes asks `edits`, `posts` and `streams`, which know what goes first; the client asks `room` for
    the rest, and tells `pause` what Slack refused, so that nobody else runs into the same limit, and only into that.
    """

    def __init__(self, *, clock: Clock = time.monotonic, sleep: Sleep = asyncio.sleep) -> None:
        self.edits = EditBudget(clock=clock, sleep=sleep)
        self.posts = PostBudget(clock=clock, sleep=sleep)
        self.streams = StreamBudget(clock=clock, sleep=sleep)
        self._others = {method: Window(most, clock=clock, sleep=sleep) for method, most in _METHODS.items()}
        self._sleep = sleep

    def share(self, processes: int) -> None:
        """Hold to one process's part of everything from now on."""
        self.edits.share(processes)
        self.posts.share(processes)
        self.streams.share(processes)
        for window in self._others.values():
            window.share(processes)

    async def room(self, method: str) -> None:
        """Wait for room for a call of the method, where it has no budget of its own."""
        if window := self._others.get(method):
            await window.wait()

    def has_room(self, method: str) -> bool:
        """Whether a call that matters little should be made now: half of the method's calls are kept for others."""
        return self._others[method].is_half_free

    def delay(self, method: str) -> float:
        """Seconds that a call of the method would have to wait for room now."""
        return self._others[method].delay

    async def pause(self, method: str, channel: str, seconds: float) -> None:
        """Slack wants no such call for so long: wait it out, and make others wait who want the same.

        A stream is not waited for: its answer is posted instead.
        """
        if method == _EDIT:
            self.edits.pause(seconds)
            await self.edits.open()
        elif method == _POST:
            self.posts.pause(channel, seconds)
            await self.posts.open(channel)
        elif method == _STREAM:
            self.streams.pause(seconds)
        elif window := self._others.get(method):
            window.pause(seconds)
            await window.open()
        else:
            await self._sleep(seconds)
