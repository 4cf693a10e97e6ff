"""The local Slack put together, without its HTTP face."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sandbox.slack.agents import Agents
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
from sandbox.slack.interactivity import Interactivity
from sandbox.slack.journal import Journal
from sandbox.slack.live import Live
from sandbox.slack.manifest import Manifest
from sandbox.slack.messaging import Messaging
from sandbox.slack.persistence import Persistence, latest_ts
from sandbox.slack.ratelimits import RateLimits
from sandbox.slack.rendering import Rendering
from sandbox.slack.scheduled import Schedule
from sandbox.slack.seed import new_workspace
from sandbox.slack.socket_mode import SocketMode
from sandbox.slack.streams import Streams
from sandbox.slack.triggers import Triggers
from sandbox.slack.unfurls import Unfurls
from sandbox.slack.views import Views
from sandbox.slack.workspace import Workspace


@dataclass(frozen=True)
class Options:
    """How a local Slack is started. `files` is where uploads are kept; `state` None forgets all else at the end."""

    files: Path
    manifest: Manifest
    state: Path | None = None
    bot_token: str = "xoxb-sandbox"  # noqa: S105 - a constant of the local server, no secret
    app_token: str = "xapp-sandbox"  # noqa: S105 - the same
    rate_limits: bool = True


@dataclass(frozen=True)
class LocalSlack:
    """Every part of the local Slack, for the methods and routes that use them."""

    options: Options
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
            "connected": self.socket_mode.connections > 0,
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

    async def load(self) -> None:
        """Read the state of an earlier run."""
        await self.persistence.load(self.workspace)
        latest = latest_ts(self.workspace)
        if latest is not None:
            self.ids.resume_after(latest)

    async def flush(self) -> None:
        """Write down what changed."""
        await self.persistence.flush(self.workspace)

    async def stop(self) -> None:
        """Close connections and give up deliveries."""
        self.live.close()
        await self.scheduled.stop()
        await self.background.stop()
        await self.deliveries.stop()
        await self.socket_mode.close()

    async def close(self) -> None:
        """Write everything down; nothing may change afterwards."""
        await self.flush()
        await self.persistence.close()


def assemble(options: Options, base_url: str) -> LocalSlack:
    """Make all parts of a local Slack that listens at `base_url` (no slash at the end)."""
    clock = Clock()
    ids = Ids(clock)
    manifest = options.manifest
    workspace = new_workspace(manifest, options.bot_token)
    rendering = Rendering(workspace, base_url)
    persistence = Persistence(options.state)
    live, journal, faults = Live(clock), Journal(), Faults()
    unfurls = Unfurls(manifest.unfurl_domains, ids)
    socket_mode = SocketMode(ids, str(workspace.bot.app_id), lambda: slack.show_app())  # noqa: PLW0108 - not made yet
    deliveries = Deliveries(socket_mode, clock, ids, journal, faults)
    events = Events(
        workspace=workspace,
        rendering=rendering,
        manifest=manifest,
        deliveries=deliveries,
        clock=clock,
        ids=ids,
        unfurls=unfurls,
    )
    messaging = Messaging(workspace=workspace, rendering=rendering, events=events, live=live, ids=ids, clock=clock)
    composer = Composer(workspace, ids)
    views, triggers = Views(workspace, rendering, live, ids, composer), Triggers(clock, ids)
    hooks = Hooks(
        workspace=workspace, messaging=messaging, rendering=rendering, composer=composer, clock=clock, ids=ids
    )
    slack = LocalSlack(
        options=options,
        manifest=manifest,
        clock=clock,
        ids=ids,
        workspace=workspace,
        rendering=rendering,
        persistence=persistence,
        background=Background(clock, lambda: persistence.flush(workspace)),
        journal=journal,
        faults=faults,
        limits=RateLimits(clock, enabled=options.rate_limits),
        live=live,
        socket_mode=socket_mode,
        deliveries=deliveries,
        events=events,
        messaging=messaging,
        composer=composer,
        filing=Filing(
            workspace=workspace, messaging=messaging, events=events, ids=ids, clock=clock, folder=options.files
        ),
        views=views,
        triggers=triggers,
        hooks=hooks,
        interactivity=Interactivity(
            workspace=workspace,
            rendering=rendering,
            manifest=manifest,
            deliveries=deliveries,
            hooks=hooks,
            triggers=triggers,
            views=views,
            ids=ids,
            clock=clock,
        ),
        streams=Streams(messaging, rendering, composer, clock),
        agents=Agents(workspace, live, clock),
        canvases=Canvases(workspace, ids, clock),
        unfurls=unfurls,
        executions=Executions(manifest.functions, ids, clock),
        scheduled=Schedule(messaging, ids, clock, lambda: persistence.flush(workspace)),
    )
    return slack
