"""What a person finds in Home."""

from __future__ import annotations

import asyncio
import time
import unicodedata
from collections.abc import Sequence
from typing import Any

from dbos import DBOS, DBOSConfiguredInstance

from services.player.links import PlayerLinks
from services.publishing.home_blocks import Home, Shown, home_view, mark_of
from services.publishing.naming import title_of
from services.storage.preferences import Preferences
from services.storage.recaps import RecapRecord, Recaps
from services.storage.shelf import Shelf, Spine
from services.vocabulary.base import Value
from services.workflows.steps import step
from services.workflows.workspaces import Workspace, Workspaces

_NEWEST = 10
_FOUND = 20
_SEARCHED = 2_000


class HomeVisit(Value):
    """A person looks at Home, or did something there.

    `act` is the identity of the act. `digest` is of what they see (empty where that has to change), `over` the hash of
    that view: where another one has been shown meanwhile, this visit is over. `notice` is what has just happened.
    """

    team: str
    user: str
    act: str
    query: str = ""
    digest: str = ""
    over: str | None = None
    notice: str = ""

    @property
    def id(self) -> str:
        """team:user:home:act."""
        return f"{self.team}:{self.user}:home:{self.act}"


@DBOS.dbos_class("home")
class HomeWorkflow(DBOSConfiguredInstance):
    """Shows a person what they may see, checked when it is shown.

    `links` is None where people cannot reach our player. `days` is how long recaps are kept, 0 for ever.
    """

    def __init__(
        self,
        *,
        recaps: Recaps,
        shelf: Shelf,
        preferences: Preferences,
        workspaces: Workspaces,
        links: PlayerLinks | None,
        days: int,
    ) -> None:
        super().__init__("home")
        self._recaps = recaps
        self._shelf = shelf
        self._preferences = preferences
        self._workspaces = workspaces
        self._links = links
        self._days = days

    @DBOS.workflow(name="home", max_recovery_attempts=8)
    async def run(self, asked: dict[str, Any]) -> bool:
        """Carry out a `HomeVisit`; whether anything was to be shown anew."""
        return await self.show(HomeVisit.model_validate(asked))

    @step()
    async def show(self, visit: HomeVisit) -> bool:
        """Publish what the person may see now, where it is not what they see."""
        slack = await self._workspaces.of(visit.team)
        view = home_view(await self._home(visit, slack))
        if mark_of(view).digest == visit.digest:
            return False
        return await slack.surfaces.publish_home(visit.user, view, over=visit.over)

    async def _home(self, visit: HomeVisit, slack: Workspace) -> Home:
        channels = await slack.directory.channels_of(visit.user)
        most = _SEARCHED if visit.query else _NEWEST
        spines = await self._shelf.newest(visit.team, visit.user, channels, most=most)
        if visit.query:
            spines = await asyncio.to_thread(matching, spines, visit.query)
        records = [await self._recaps.get(spine.id) for spine in spines[:_FOUND]]
        shown = await asyncio.gather(*(self._shown(slack, each) for each in records if each))
        return Home(
            recaps=tuple(shown),
            query=visit.query,
            preference=await self._preferences.of(visit.team, visit.user),
            kept=await self._shelf.count_own(visit.team, visit.user),
            days=self._days,
            notice=visit.notice,
        )

    async def _shown(self, slack: Workspace, record: RecapRecord) -> Shown:
        return Shown(
            title=record.title or title_of(str(record.request.get("name", ""))),
            gist=record.gist or "",
            channel=record.channel,
            when=float(record.request.get("arrived", 0.0)),
            duration=record.duration,
            thread=await slack.directory.permalink(record.channel, record.thread_ts),
            player=self._links.page(record.id, time.time()) if self._links else None,
        )


def matching(spines: Sequence[Spine], query: str) -> list[Spine]:
    """Those in whose title or gist all words of the query are, in order; case and accents make no difference."""
    words = _plain(query).split()
    return [spine for spine in spines if all(word in _plain(f"{spine.title} {spine.gist}") for word in words)]


def _plain(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
