"""What a process does among those that share the work."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """`WEB` takes what comes from Slack and serves the pages, `WORKER` does the work, `ALL` both."""

    WEB = "web"
    WORKER = "worker"
    ALL = "all"

    @property
    def works(self) -> bool:
        """Whether it takes work from the queues."""
        return self is not Role.WEB

    @property
    def listens(self) -> bool:
        """Whether Slack and browsers reach it."""
        return self is not Role.WORKER
