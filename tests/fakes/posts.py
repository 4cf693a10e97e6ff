"""The record of posts in memory."""

from __future__ import annotations

from services.publishing.record import Post


class MemoryPosts:
    """Keeps the contract of `PostRecord`. `dies_at` names keys at which the process dies instead of recording."""

    def __init__(self) -> None:
        self.rows: dict[str, Post] = {}
        self.dies_at: set[str] = set()

    async def intend(self, key: str, *, team: str, channel: str, thread_ts: str | None, kind: str) -> Post:
        if key in self.rows:
            return self.rows[key]
        self.rows[key] = Post(key=key, team=team, channel=channel, thread_ts=thread_ts, kind=kind)
        return self.rows[key].model_copy(update={"fresh": True})

    async def posted(self, key: str, *, ts: str | None = None, file_id: str | None = None) -> Post | None:
        if key in self.dies_at:
            self.dies_at.discard(key)
            raise Killed(key)
        row = self.rows.get(key)
        if row is None:
            return None
        known = {"ts": row.ts or ts, "file_id": row.file_id or file_id}
        self.rows[key] = row.model_copy(update=known)
        return self.rows[key]

    async def find(self, key: str) -> Post | None:
        return self.rows.get(key)

    async def holder(self, team: str, channel: str, ts: str) -> str | None:
        place = (team, channel, ts)
        return next((key for key, row in self.rows.items() if (row.team, row.channel, row.ts) == place), None)

    async def of(self, subject: str) -> list[Post]:
        return [row for key, row in self.rows.items() if key.startswith(f"{subject}:")]

    async def forget(self, key: str) -> None:
        self.rows.pop(key, None)


class Killed(BaseException):
    """Stands for kill -9: no handler of the product may catch it."""
