"""What becomes of a recording that was shared where nobody is to be told twice: an offer, a pointer, or nothing."""

from __future__ import annotations

from typing import Any

import structlog
from dbos import DBOS, DBOSConfiguredInstance

from services.publishing.offer_blocks import offer_message
from services.storage.channels import Channels
from services.storage.claims import Opening
from services.storage.recaps import Recaps, Status
from services.vocabulary.errors import UserError
from services.vocabulary.manner import Manner
from services.workflows.engine import RECAPS
from services.workflows.enqueuing import enqueue
from services.workflows.firsts import Firsts
from services.workflows.intake import Intake
from services.workflows.recap import RecapWorkflow
from services.workflows.requests import RecapRequest
from services.workflows.steps import step
from services.workflows.workspaces import Workspaces

_log = structlog.get_logger(__name__)


@DBOS.dbos_class("sharing")
class SharingWorkflow(DBOSConfiguredInstance):
    """Four short stories about a `RecapRequest`."""

    def __init__(
        self,
        *,
        recaps: Recaps,
        channels: Channels,
        intake: Intake,
        firsts: Firsts,
        workspaces: Workspaces,
        recap: RecapWorkflow,
    ) -> None:
        super().__init__("sharing")
        self._recaps = recaps
        self._channels = channels
        self._intake = intake
        self._firsts = firsts
        self._workspaces = workspaces
        self._recap = recap

    @DBOS.workflow(name="offer", max_recovery_attempts=8)
    async def offer(self, asked: dict[str, Any]) -> None:
        """Ask the one who shared it, in private."""
        await self._offer(RecapRequest.model_validate(asked))

    @DBOS.workflow(name="repeat", max_recovery_attempts=8)
    async def repeat(self, asked: dict[str, Any]) -> None:
        """Point to the recap that is there: `asked` is the request and the id of the `first`."""
        request = RecapRequest.model_validate(asked["request"])
        try:
            await self._point(request, str(asked["first"]))
        except Exception as error:  # noqa: BLE001 - there was no work, so nothing is lost
            _log.warning("a repeat was not pointed to its recap", recap=request.id, exc_info=error)

    @DBOS.workflow(name="admit", max_recovery_attempts=8)
    async def admit(self, asked: dict[str, Any]) -> None:
        """A share in a channel with another organization: `asked` is the request and whether we were `addressed`."""
        request, addressed = RecapRequest.model_validate(asked["request"]), bool(asked["addressed"])
        manner = await self._admitted(request)
        if manner == Manner.AUTOMATIC or (addressed and manner):
            await self._begin(request)
        elif manner == Manner.OFFER and await self._may_offer(request):
            await self._offer(request)

    @DBOS.workflow(name="take", max_recovery_attempts=8)
    async def take(self, asked: dict[str, Any]) -> None:
        """An offer was accepted: `asked` is its `recap_id` and the `user`."""
        offered = await self._offered(str(asked["recap_id"]), str(asked["user"]))
        if offered is not None:
            await self._begin(RecapRequest.model_validate(offered))

    async def _begin(self, request: RecapRequest) -> None:
        opening = Opening.model_validate(await self._open(request))
        if opening.opened:
            await enqueue(RECAPS, request.id, self._recap.run, request.model_dump(mode="json"))
        elif opening.first:
            await self._point(request, opening.first)

    @step()
    async def _offered(self, recap_id: str, user: str) -> dict[str, Any] | None:
        """The request that was offered to this person, while nobody has taken it."""
        record = await self._recaps.get(recap_id)
        mine = record is not None and record.status is Status.OFFERED and record.user == user
        return record.request if record and mine else None

    @step()
    async def _offer(self, request: RecapRequest) -> None:
        slack = await self._workspaces.of(request.team)
        record = await self._recaps.get(request.id)
        if record is None or record.status is not Status.OFFERED:
            return
        thread = request.thread_ts if request.thread_ts != request.ts else None
        try:
            await slack.publisher.ephemeral(
                request.channel, request.user, offer_message(request.name, request.id), thread_ts=thread
            )
        except UserError as error:
            _log.info("an offer was not shown", recap=request.id, reason=str(error))

    @step()
    async def _may_offer(self, request: RecapRequest) -> bool:
        refused = await self._channels.refuses_offers(request.team, request.channel, request.user)
        return not refused and await self._intake.offer(request)

    @step()
    async def _point(self, request: RecapRequest, first: str) -> None:
        slack = await self._workspaces.of(request.team)
        message = await self._firsts.pointer(first, repeat=request)
        await self._recaps.open(
            request.id,
            team=request.team,
            channel=request.channel,
            thread_ts=request.thread_ts,
            user=request.user,
            request=request.model_dump(mode="json"),
            status=Status.REPEATED,
        )
        record = await self._recaps.get(request.id)
        if record and record.status is Status.OFFERED:
            await self._recaps.change(request.id, status=Status.REPEATED)
        await slack.publisher.post(
            f"{request.id}:recap", channel=request.channel, thread_ts=request.thread_ts, message=message
        )

    @step()
    async def _admitted(self, request: RecapRequest) -> str | None:
        """The channel's manner; None where the person is not of this organization, and nobody of it has chosen one."""
        policy = await self._channels.policy(request.team, request.channel)
        if policy.set_by is None:
            slack = await self._workspaces.of(request.team)
            if (await slack.directory.person(request.user)).external:
                return None
        return policy.manner.value

    @step()
    async def _open(self, request: RecapRequest) -> dict[str, Any]:
        return (await self._intake.open(request)).model_dump()
