"""The composition root: the only place that names concrete backends and makes workflow instances.

`engines` picks them by the settings, `aws` and `models` are what is installed only where it is used, `links` follows
links; here all are put together.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.bootstrap.engines import Engines, OpenEngines, open_engines, open_store
from bot.bootstrap.links import OpenLadder, open_ladder, open_sites
from bot.bootstrap.reception import open_reception
from bot.bootstrap.workspaces import Budgets, Reach, Roster, open_one
from bot.metrics import Metrics
from bot.settings import Settings
from services.player.links import PlayerLinks
from services.storage.channels import Channels
from services.storage.claims import Claims
from services.storage.database import answers, migrate, open_database
from services.storage.exchanges import Exchanges
from services.storage.executors import Executors
from services.storage.posts import Posts
from services.storage.preferences import Preferences
from services.storage.recaps import Recaps
from services.storage.scratch import Scratch
from services.storage.team_rows import TeamRows
from services.workflows.answer import AnswerWorkflow
from services.workflows.asking import Asking
from services.workflows.attachments import Attachments
from services.workflows.control import ControlWorkflow
from services.workflows.departure import DepartureWorkflow
from services.workflows.desk import Desk
from services.workflows.engine import Engine
from services.workflows.erasure import Erasure
from services.workflows.firsts import Firsts
from services.workflows.intake import Intake
from services.workflows.keeping import Keeping
from services.workflows.library import Library
from services.workflows.links import Links
from services.workflows.manners import MannerWorkflow
from services.workflows.outputs import Outputs, OutputWorkflow
from services.workflows.presence import Presence
from services.workflows.recap import RecapWorkflow
from services.workflows.reception import Reception
from services.workflows.retention import RetentionWorkflow
from services.workflows.sharing import SharingWorkflow
from services.workflows.sources import Sources
from services.workflows.stopping import StopWorkflow
from services.workflows.subjects import Subjects
from services.workflows.summon import SummonWorkflow
from services.workflows.watch import Watch
from services.workflows.welcome import WelcomeWorkflow

if TYPE_CHECKING:
    from bot.bootstrap.installed import Installing

__all__ = [
    "Engines",
    "OpenEngines",
    "OpenLadder",
    "Parts",
    "open_engines",
    "open_ladder",
    "open_parts",
    "open_sites",
    "open_store",
    "player_links",
]

_UPLOAD_SECONDS = 600


@dataclass(frozen=True)
class Parts:
    """What the process is made of, as the app and the server need it.

    `client` holds no token. `installing` is None where there is one workspace, that of the settings.
    """

    client: AsyncWebClient
    installing: Installing | None
    engine: Engine
    desk: Desk
    reception: Reception
    library: Library
    workspaces: Roster
    keeping: Keeping
    metrics: Metrics
    answers: Callable[[], Awaitable[bool]]


@asynccontextmanager
async def open_parts(
    settings: Settings, open_engines: OpenEngines = open_engines, open_ladder: OpenLadder = open_ladder
) -> AsyncIterator[Parts]:
    """Everything a serving process needs, made in order and let go in reverse. Raises OperatorError."""
    scratch = Scratch(settings.scratch_dir)
    await scratch.clear()
    await migrate(settings.tables_url)
    database = open_database(settings.tables_url)
    timeout, metrics = aiohttp.ClientTimeout(total=_UPLOAD_SECONDS), Metrics()
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout) as session,
            open_engines(settings, metrics.model_call) as engines,
            open_ladder(settings) as ladder,
        ):
            budgets = Budgets()
            recaps, exchanges, posts = Recaps(database), Exchanges(database), Posts(database)

            def share(workers: int) -> None:
                budgets.share(workers)
                metrics.workers(workers)

            presence = Presence(Executors(database), executor=settings.executor_id, role=settings.role, share=share)
            reach = Reach(settings, posts, presence.holds, session, budgets)
            workspaces, installing = await _open_workspaces(settings, database, reach)
            watch = Watch(recaps, minutes=settings.stalled_minutes, timed=metrics.timed, still=metrics.still)
            links = player_links(settings) if settings.public_url else None
            library = Library(recaps, engines.stages, engines.blobs, links=links)
            followed = Links(ladder=ladder, blobs=engines.blobs, scratch=scratch)
            sources = Sources(workspaces=workspaces, links=followed, blobs=engines.blobs, scratch=scratch)
            output = (
                OutputWorkflow(library=library, blobs=engines.blobs, workspaces=workspaces, model=engines.model)
                if engines.model
                else None
            )
            outputs = Outputs(output, settings.outputs)
            channels, intake, preferences = Channels(database), Intake(Claims(database)), Preferences(database)
            firsts = Firsts(recaps=recaps, posts=posts, workspaces=workspaces)
            recap = RecapWorkflow(
                recaps=recaps,
                stages=engines.stages,
                library=library,
                attachments=Attachments(engines.blobs, library, canvases=settings.transcript_as == "auto"),
                sources=sources,
                workspaces=workspaces,
                watch=watch,
                outputs=outputs,
                intake=intake,
                firsts=firsts,
            )
            subjects = Subjects(recaps, exchanges)
            asking = Asking(
                subjects=subjects, library=library, exchanges=exchanges, answerer=engines.answerer, watch=watch
            )
            answer = AnswerWorkflow(
                recaps=recaps,
                subjects=subjects,
                library=library,
                exchanges=exchanges,
                asking=asking,
                workspaces=workspaces,
            )
            sharing = SharingWorkflow(
                recaps=recaps, channels=channels, intake=intake, firsts=firsts, workspaces=workspaces, recap=recap
            )
            summon = SummonWorkflow(
                ladder=ladder,
                recaps=recaps,
                channels=channels,
                workspaces=workspaces,
                intake=intake,
                firsts=firsts,
                sharing=sharing,
                recap=recap,
            )
            manners = MannerWorkflow(channels=channels, workspaces=workspaces)
            erasure = Erasure(recaps=recaps, exchanges=exchanges, posts=posts, blobs=engines.blobs, sources=sources)
            control = ControlWorkflow(recaps=recaps, erasure=erasure, workspaces=workspaces, recap=recap)
            stopping = StopWorkflow(recaps=recaps, workspaces=workspaces, answer=answer, control=control)
            welcome = WelcomeWorkflow(recaps=recaps, workspaces=workspaces)
            retention = RetentionWorkflow(recaps=recaps, erasure=erasure)
            departure = DepartureWorkflow(
                workspaces=workspaces, recaps=recaps, erasure=erasure, blobs=engines.blobs, rows=TeamRows(database)
            )
            reception = open_reception(
                settings,
                database,
                recaps=recaps,
                workspaces=workspaces,
                links=links,
                control=control,
                intake=intake,
                firsts=firsts,
                library=library,
                recap=recap,
            )
            desk = Desk(
                recaps,
                exchanges,
                channels,
                intake,
                preferences,
                recap=recap.run,
                sharing=sharing,
                answer=answer.run,
                summon=summon.run,
                control=control.run,
                stop=stopping.run,
                welcome=welcome.run,
                manner=manners.run,
                departure=departure.run,
                outputs=outputs,
            )
            yield Parts(
                client=AsyncWebClient(base_url=settings.slack_api_url, session=session, retry_handlers=[]),
                installing=installing,
                engine=Engine(
                    settings.engine_url, presence=presence, recaps_at_once=max(settings.recaps_at_once, settings.places)
                ),
                desk=desk,
                reception=reception,
                library=library,
                workspaces=workspaces,
                keeping=Keeping(watch, retention, control, days=settings.retention_days),
                metrics=metrics,
                answers=partial(answers, database),
            )
    finally:
        await database.dispose()


async def _open_workspaces(settings: Settings, database: AsyncEngine, reach: Reach) -> tuple[Roster, Installing | None]:
    if not settings.many_workspaces:
        return await open_one(settings, reach), None
    from bot.bootstrap.installed import open_installed  # noqa: PLC0415 - what one workspace does not need

    return await open_installed(settings, database, reach)


def player_links(settings: Settings) -> PlayerLinks:
    """The maker and reader of the player's links. Reads or writes the key's file."""
    return PlayerLinks(settings.link_key(), public_url=settings.public_url or "", days=settings.link_days)
