"""The agent surface: statuses under threads, sessions, suggested prompts. Kept in memory only."""

from __future__ import annotations

from sandbox.slack.clock import Clock
from sandbox.slack.errors import JSON
from sandbox.slack.live import Live
from sandbox.slack.model import Channel
from sandbox.slack.workspace import Workspace

# A status goes away by itself when no message follows.
_STATUS_SECONDS = 120.0
Place = tuple[str, str | None]


class Agents:
    """What the app says about its work, by channel and thread."""

    def __init__(self, workspace: Workspace, live: Live, clock: Clock) -> None:
        self._workspace = workspace
        self._live = live
        self._clock = clock
        self._statuses: dict[Place, JSON] = {}
        self._sessions: dict[Place, JSON] = {}
        self._prompts: dict[Place, JSON] = {}

    def set_status(self, channel: Channel, thread_ts: str, status: str, loading_messages: list[str]) -> None:
        """Show for two minutes what the app is doing; an empty status clears it."""
        expires = self._clock.now() + _STATUS_SECONDS
        told = {"status": status, "loading_messages": loading_messages, "expires": expires}
        self._tell(self._statuses, "status", channel, thread_ts, told)

    def clear_status(self, channel: Channel, thread_ts: str | None) -> None:
        """Clear the status of a thread, because the app posted there."""
        if thread_ts and (channel.id, thread_ts) in self._statuses:
            self.set_status(channel, thread_ts, "", [])
            del self._statuses[channel.id, thread_ts]

    def set_session(self, channel: Channel, thread_ts: str | None, status: str, title: str | None) -> JSON:
        """Set the status of an agent session and, when given, its title; return both."""
        known = self._sessions.get((channel.id, thread_ts), {})
        told = {"status": status, "title": title or known.get("title", "")}
        self._tell(self._sessions, "session", channel, thread_ts, told)
        return told

    def session(self, channel: Channel, thread_ts: str | None) -> JSON | None:
        """Return the agent session of a place, None when the app never said anything about it."""
        return self._sessions.get((channel.id, thread_ts))

    def set_prompts(self, channel: Channel, thread_ts: str | None, title: str, prompts: list[JSON]) -> None:
        """Show suggested prompts."""
        self._tell(self._prompts, "prompts", channel, thread_ts, {"title": title, "prompts": prompts})

    def _tell(self, kept: dict[Place, JSON], kind: str, channel: Channel, thread_ts: str | None, told: JSON) -> None:
        entry = {"channel": channel.id, "thread_ts": thread_ts, **told}
        kept[channel.id, thread_ts] = entry
        self._live.publish({"type": kind, **entry}, self._workspace.audience(channel))

    def to_json(self, user: str) -> JSON:
        """Return all that a user may see: `statuses`, `sessions` and `prompts`."""
        now = self._clock.now()
        current = {place: entry for place, entry in self._statuses.items() if entry["expires"] > now}
        named = {"statuses": current, "sessions": self._sessions, "prompts": self._prompts}
        return {name: [entry for entry in kept.values() if self._seen(user, entry)] for name, kept in named.items()}

    def _seen(self, user: str, entry: JSON) -> bool:
        return self._workspace.can_see(user, self._workspace.channels[entry["channel"]])
