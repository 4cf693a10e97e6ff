"""Putting the parts of a workspace and of an app's place in it together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.slack.agents import Agents
from sandbox.slack.apps import App
from sandbox.slack.canvases import Canvases
from sandbox.slack.composing import Composer
from sandbox.slack.events import Events, Listener
from sandbox.slack.executions import Executions
from sandbox.slack.filing import Filing
from sandbox.slack.hooks import Hooks
from sandbox.slack.installations import Installation
from sandbox.slack.interactivity import Interactivity
from sandbox.slack.live import Live
from sandbox.slack.local_slack import LocalSlack, ServerParts, WorkspaceParts
from sandbox.slack.messaging import Messaging
from sandbox.slack.model import User
from sandbox.slack.persistence import Persistence
from sandbox.slack.ratelimits import RateLimits
from sandbox.slack.rendering import Rendering
from sandbox.slack.scheduled import Schedule
from sandbox.slack.streams import Streams
from sandbox.slack.triggers import Triggers
from sandbox.slack.unfurls import Unfurls
from sandbox.slack.views import Views
from sandbox.slack.workspace import Workspace

if TYPE_CHECKING:
    from sandbox.slack.directory import Directory


def workspace_parts(server: ServerParts, number: int, workspace: Workspace, persistence: Persistence) -> WorkspaceParts:
    """Put together what the apps of a workspace share."""
    live = Live(server.clock)
    rendering = Rendering(workspace, server.base_url)
    events = Events(workspace=workspace, rendering=rendering, clock=server.clock, ids=server.ids)
    return WorkspaceParts(number, workspace, persistence, live, events, Agents(workspace, live, server.clock))


def seat(directory: Directory, parts: WorkspaceParts, app: App, bot: User) -> LocalSlack:
    """Put together what one app sees of a workspace; once installed, it is told of what happens there."""
    server, installation = directory.server, Installation()
    clock, ids, live, events = server.clock, server.ids, parts.live, parts.events
    workspace = parts.workspace.seen_by(bot)
    rendering = Rendering(workspace, server.base_url)
    messaging = Messaging(workspace=workspace, rendering=rendering, events=events, live=live, ids=ids, clock=clock)
    composer, unfurls = Composer(workspace, ids), Unfurls(app.manifest.unfurl_domains, ids)
    views, triggers = Views(workspace, rendering, live, ids, composer), Triggers(clock, ids)
    hooks = Hooks(
        workspace=workspace, messaging=messaging, rendering=rendering, composer=composer, clock=clock, ids=ids
    )
    interactivity = Interactivity(
        workspace=workspace,
        rendering=rendering,
        manifest=app.manifest,
        deliveries=app.deliveries,
        hooks=hooks,
        triggers=triggers,
        views=views,
        ids=ids,
        clock=clock,
    )
    events.add(Listener(bot, app.manifest, app.deliveries, unfurls, installation))
    return LocalSlack(
        options=server.options,
        directory=directory,
        app=app,
        installation=installation,
        manifest=app.manifest,
        clock=clock,
        ids=ids,
        workspace=workspace,
        rendering=rendering,
        persistence=parts.persistence,
        background=server.background,
        journal=server.journal,
        faults=server.faults,
        limits=RateLimits(clock, enabled=server.options.rate_limits),
        live=live,
        socket_mode=app.socket_mode,
        deliveries=app.deliveries,
        events=events,
        messaging=messaging,
        composer=composer,
        filing=Filing(
            workspace=workspace, messaging=messaging, events=events, ids=ids, clock=clock, folder=server.options.files
        ),
        views=views,
        triggers=triggers,
        hooks=hooks,
        interactivity=interactivity,
        streams=Streams(messaging, rendering, composer, clock),
        agents=parts.agents,
        canvases=Canvases(workspace, ids, clock),
        unfurls=unfurls,
        executions=Executions(app.manifest.functions, ids, clock),
        scheduled=Schedule(messaging, ids, clock, directory.flush),
    )
