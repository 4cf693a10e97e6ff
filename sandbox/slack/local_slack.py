"""One workspace as one app sees it, put together of its parts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sandbox.slack.agents import Agents
from sandbox.slack.apps import App
from sandbox.slack.background import Background
from sandbox.slack.canvases import Canvases
from sandbox.slack.clock import Clock
from sandbox.slack.composing import Composer
from sandbox.slack.deliveries import Deliveries
from sandbox.slack.errors import JSON
from sandbox.slack.events import Events
from sandbox.slack.executions import Executions
from sandbox.slack.faults import Faults
from sandbox.slack.filing import Filing
from sandbox.slack.hooks import Hooks
from sandbox.slack.ids import Ids
from sandbox.slack.installations import Installation
from sandbox.slack.interactivity import Interactivity
from sandbox.slack.journal import Journal
from sandbox.slack.live import Live
from sandbox.slack.manifest import Manifest
from sandbox.slack.messaging import Messaging
from sandbox.slack.persistence import Persistence
from sandbox.slack.ratelimits import RateLimits
from sandbox.slack.rendering import Rendering
from sandbox.slack.scheduled import Schedule
from sandbox.slack.socket_mode import SocketMode
from sandbox.slack.streams import Streams
from sandbox.slack.triggers import Triggers
from sandbox.slack.unfurls import Unfurls
from sandbox.slack.views import Views
from sandbox.slack.workspace import Workspace

if TYPE_CHECKING:
    from sandbox.slack.directory import Directory


@dataclass(frozen=True)
class Options:
    """How a local Slack is started. `files` is where uploads are kept; `state` None forgets all else at the end."""

    files: Path
    manifest: Manifest
    state: Path | None = None
    bot_token: str = "xoxb-sandbox"  # noqa: S105 - a constant of the local server, no secret
    app_token: str = "xapp-sandbox"  # noqa: S105 - the same
    rate_limits: bool = True


@dataclass(frozen=True, repr=False)
class ServerParts:
    """What all workspaces and apps of a server share."""

    options: Options
    base_url: str
    clock: Clock
    ids: Ids
    journal: Journal
    faults: Faults
    background: Background


@dataclass(frozen=True, repr=False)
class WorkspaceParts:
    """What all apps of a workspace share. `number` counts workspaces from 1."""

    number: int
    workspace: Workspace
    persistence: Persistence
    live: Live
    events: Events
    agents: Agents


@dataclass(frozen=True, repr=False)
class LocalSlack:
    """One workspace as one app sees it: every part, for the methods and routes that use them.

    The records are the workspace's; `workspace.bot`, `manifest`, `socket_mode`, `deliveries`, `limits` and whatever
    was handed out to the app (triggers, hooks, views) are the app's.
    """

    options: Options
    directory: Directory
    app: App
    installation: Installation
    manifest: Manifest
    clock: Clock
    ids: Ids
    workspace: Workspace
    rendering: Rendering
    persistence: Persistence
    background: Background
    journal: Journal
    faults: Faults
    limits: RateLimits
    live: Live
    socket_mode: SocketMode
    deliveries: Deliveries
    events: Events
    messaging: Messaging
    composer: Composer
    filing: Filing
    views: Views
    triggers: Triggers
    hooks: Hooks
    interactivity: Interactivity
    streams: Streams
    agents: Agents
    canvases: Canvases
    unfurls: Unfurls
    executions: Executions
    scheduled: Schedule

    def app_status(self) -> JSON:
        """Return what the page shows of the app."""
        bot, manifest = self.workspace.bot, self.manifest
        return {
            "name": manifest.name,
            "description": manifest.description,
            "user_id": bot.id,
            "bot_id": bot.bot_id,
            "app_id": bot.app_id,
            "installed": self.installation.active,
            "transport": self.app.transport.name,
            "connected": self.installation.active and self.app.reachable,
            "connections": self.socket_mode.connections,
            "home_tab_enabled": manifest.home_tab,
            "messages_tab_enabled": manifest.messages_tab,
            "commands": list(manifest.commands or []),
            "shortcuts": list(manifest.shortcuts or []),
            "suggested_prompts": list(manifest.suggested_prompts),
        }

    def show_app(self) -> None:
        """Tell the page whether the app is connected."""
        self.live.publish({"type": "app", "app": self.app_status()})

    async def flush(self) -> None:
        """Write down what changed, in all workspaces."""
        await self.directory.flush()
