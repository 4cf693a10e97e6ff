"""The workspaces that Earshot is installed in, each with what reads and writes there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from services.media.slack_directory import SlackDirectory
from services.media.slack_files import SlackFiles
from services.media.slack_shares import SlackShares
from services.publishing import Publisher
from services.publishing.slack_canvases import SlackCanvases
from services.publishing.surfaces import SlackSurfaces


@dataclass(frozen=True)
class Workspace:
    """One workspace as we reach it, with the token that it gave us."""

    publisher: Publisher
    files: SlackFiles
    shares: SlackShares
    directory: SlackDirectory
    surfaces: SlackSurfaces
    canvases: SlackCanvases


class Workspaces(Protocol):
    """Knows how to reach a workspace by its id (`T...`). What is returned belongs to the step that asked: ask again."""

    async def of(self, team: str) -> Workspace:
        """The workspace. Raises UserError where Earshot is not installed there (any more)."""
        ...

    async def installed(self, team: str) -> bool:
        """Whether the workspace lets us in: asks Slack. Raises RetryableError where that does not say."""
        ...
