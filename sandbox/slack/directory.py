"""All workspaces and apps of one server, which app is installed where, and whose token is whose."""

from __future__ import annotations

import asyncio

from sandbox.slack import assembly
from sandbox.slack.apps import App, credentials_of, new_app
from sandbox.slack.background import Background
from sandbox.slack.clock import Clock
from sandbox.slack.directory_file import DirectoryFile, restore
from sandbox.slack.errors import JSON, SlackError
from sandbox.slack.faults import Faults
from sandbox.slack.ids import Ids
from sandbox.slack.installations import Installer
from sandbox.slack.journal import Journal
from sandbox.slack.local_slack import LocalSlack, Options, ServerParts, WorkspaceParts
from sandbox.slack.manifest import Manifest
from sandbox.slack.model import Team, User
from sandbox.slack.oauth import OAuth
from sandbox.slack.persistence import Persistence, latest_ts
from sandbox.slack.seed import FIRST_APP, FIRST_TEAM, bot_of, first_day, id_in
from sandbox.slack.tokens import Grant, Tokens


class Directory:
    """Opens workspaces, registers apps, installs them, and finds out who a caller is.

    There is a seat (a LocalSlack) for every app in every workspace, also where it is not installed: then its tokens
    are dead and it is told nothing.
    """

    def __init__(self, options: Options, base_url: str) -> None:
        clock = Clock()
        self.server = ServerParts(
            options, base_url, clock, Ids(clock), Journal(), Faults(), Background(clock, self.flush)
        )
        self.tokens = Tokens(clock)
        self.installer = Installer(self.tokens)
        self.oauth = OAuth(self, clock, self.server.ids)
        self.apps: dict[str, App] = {}
        self.workspaces: dict[str, WorkspaceParts] = {}
        self._file = DirectoryFile(options.state)
        self._seats: dict[tuple[str, str], LocalSlack] = {}

    def register(self, manifest: Manifest, app_token: str | None = None, source: JSON | None = None) -> App:
        """Register an app; it is installed nowhere yet."""
        number = len(self.apps) + 1
        server = self.server
        app = new_app(
            id_in(FIRST_APP, 1) if number == 1 else f"A0APP{number:06d}",
            number,
            manifest,
            credentials_of(number, app_token),
            clock=server.clock,
            ids=server.ids,
            journal=server.journal,
            faults=server.faults,
            on_change=self._show_app,
            source=source,
        )
        self.apps[app.id] = app
        self.tokens.add(Grant(app.credentials.app_token, "app", "", "", app.id))
        for parts in self.workspaces.values():
            self._take_seat(parts, app)
        return app

    async def open_workspace(self, name: str | None = None, domain: str | None = None) -> WorkspaceParts:
        """Open a workspace with its own people and channels and what an earlier run left of it; no app is installed."""
        number = len(self.workspaces) + 1
        suffix = "" if number == 1 else f" {number}"
        first_app = next(iter(self.apps.values()))
        bot = bot_of(first_app, number, self.server.options.bot_token)
        plain = domain or f"sandbox{suffix.replace(' ', '-')}"
        team = Team(id_in(FIRST_TEAM, number), name or f"Sandbox{suffix}", plain)
        workspace = first_day(team, number, bot)
        state = self.server.options.state
        folder = state if number == 1 or state is None else state / team.id
        parts = assembly.workspace_parts(self.server, number, workspace, Persistence(folder))
        self.workspaces[team.id] = parts
        for person in workspace.people():
            self.tokens.add(Grant(person.token, "user", team.id, person.id))
        for app in self.apps.values():
            self._take_seat(parts, app)
        await parts.persistence.load(workspace)
        latest = latest_ts(workspace)
        if latest is not None:
            self.server.ids.resume_after(latest)
        return parts

    async def restore(self) -> bool:
        """Take up what an earlier run wrote down; return whether there was something."""
        content = await self._file.read()
        if content is not None:
            await restore(self, content)
        return content is not None

    def _take_seat(self, parts: WorkspaceParts, app: App) -> None:
        bot = bot_of(app, parts.number, self.server.options.bot_token)
        self._seats[parts.workspace.team.id, app.id] = assembly.seat(self, parts, app, bot)

    def seat(self, team: str | None = None, app: str | None = None) -> LocalSlack:
        """Return an app's seat in a workspace, the first ones by default; raises `team_not_found`, `app_not_found`."""
        team_id = team or next(iter(self.workspaces))
        app_id = app or next(iter(self.apps))
        if team_id not in self.workspaces:
            raise SlackError("team_not_found")
        if app_id not in self.apps:
            raise SlackError("app_not_found")
        return self._seats[team_id, app_id]

    def seats(self, team: str | None = None, app: str | None = None) -> list[LocalSlack]:
        """Return the seats in a workspace, of an app, or all."""
        return [
            seat for (team_id, app_id), seat in self._seats.items() if team in {None, team_id} and app in {None, app_id}
        ]

    def seat_of(self, grant: Grant) -> LocalSlack:
        """Return the seat of a token's holder; an app-level token's is where the app is installed first."""
        if grant.team:
            return self.seat(grant.team, grant.app)
        seats = self.seats(app=grant.app)
        return next((seat for seat in seats if seat.installation.active), seats[0])

    def find_person(self, id_or_token: str) -> tuple[LocalSlack, User] | None:
        """Return a person by id or token, with the workspace that they are in."""
        for parts in self.workspaces.values():
            for user in parts.workspace.people():
                if id_or_token in {user.id, user.token}:
                    return self.seat(parts.workspace.team.id), user
        return None

    def _show_app(self, app_id: str) -> None:
        for seat in self.seats(app=app_id):
            seat.show_app()

    async def flush(self) -> None:
        """Write down what changed."""
        await self._file.write(self)
        for parts in self.workspaces.values():
            await parts.persistence.flush(parts.workspace)

    async def stop(self) -> None:
        """Close connections and give up deliveries."""
        for parts in self.workspaces.values():
            parts.live.close()
        await asyncio.gather(*(seat.scheduled.stop() for seat in self.seats()))
        await self.server.background.stop()
        for app in self.apps.values():
            await app.stop()

    async def close(self) -> None:
        """Write everything down; nothing may change afterwards."""
        await self.flush()
        for parts in self.workspaces.values():
            await parts.persistence.close()
