"""The buttons of a recap: cancel, retry, delete."""

from __future__ import annotations

from typing import Any

import structlog
from dbos import DBOS, DBOSConfiguredInstance

from services.publishing import Mark, Message
from services.publishing.failure_blocks import canceled_message
from services.publishing.receipt_blocks import receipt_message, undeleted_message
from services.storage.recaps import RecapRecord, Recaps, Status
from services.workflows.announcing import announce
from services.workflows.engine import RECAPS
from services.workflows.enqueuing import enqueue
from services.workflows.erasure import Erasure, Inventory
from services.workflows.failures import Failure, report_failure
from services.workflows.recap import RecapWorkflow
from services.workflows.requests import Act, Control, RecapRequest
from services.workflows.steps import step
from services.workflows.workspaces import Workspaces

_log = structlog.get_logger(__name__)
# A canceled step ends within a second; its last edit of the message may still be on its way.
_LAST_EDIT_SECONDS = 8.0


@DBOS.dbos_class("control")
class ControlWorkflow(DBOSConfiguredInstance):
    """Does what a button says, once for each press. A press that no longer fits the recap's state does nothing."""

    def __init__(
        self,
        *,
        recaps: Recaps,
        erasure: Erasure,
        workspaces: Workspaces,
        recap: RecapWorkflow,
    ) -> None:
        super().__init__("control")
        self._recaps = recaps
        self._erasure = erasure
        self._workspaces = workspaces
        self._recap = recap

    @DBOS.workflow(name="control", max_recovery_attempts=8)
    async def run(self, asked: dict[str, Any]) -> None:
        """Carry out a `Control`."""
        control = Control.model_validate(asked)
        match control.act:
            case Act.CANCEL:
                await self._cancel(control)
            case Act.RETRY:
                await self._retry(control)
            case Act.DELETE:
                await self._delete(control)
            case Act.GIVE_UP:
                await self._give_up(control)

    async def _cancel(self, control: Control) -> None:
        attempt = await self._running_attempt(control)
        if attempt is not None:
            await DBOS.cancel_workflow_async(workflow_id_of(control.recap_id, attempt))
            await self._tell_canceled(control)

    async def _retry(self, control: Control) -> None:
        attempt = await self._next_attempt(control)
        if attempt is None:
            return
        request = RecapRequest.model_validate(await self._begin(control, attempt))
        body = self._recap.run
        await enqueue(RECAPS, workflow_id_of(request.id, attempt), body, request.model_dump(mode="json"))

    @step()
    async def _give_up(self, control: Control) -> None:
        """Say that it did not work. `control.press` is the workflow that is not tried any more."""
        slack = await self._workspaces.of(control.team)
        record = await self._recaps.get(control.recap_id)
        if record is None or record.status is not Status.RUNNING:
            return
        if workflow_id_of(record.id, record.attempt) == control.press:
            error = RuntimeError("the work on this recording ended its process again and again")
            failure = report_failure(error, record.id)
            request = RecapRequest.model_validate(record.request)
            await self._recap.fail(request, await announce(slack.publisher, request), failure)

    @step()
    async def _running_attempt(self, control: Control) -> int | None:
        record = await self._recaps.get(control.recap_id)
        return record.attempt if record and record.status is Status.RUNNING else None

    @step()
    async def _next_attempt(self, control: Control) -> int | None:
        record = await self._recaps.get(control.recap_id)
        stopped = record and record.status in (Status.DONE, Status.FAILED, Status.CANCELED, Status.REPEATED)
        return record.attempt + 1 if record and stopped else None

    @step()
    async def _begin(self, control: Control, attempt: int) -> dict[str, Any]:
        record = await self._recaps.get(control.recap_id)
        request = dict(record.request) if record else {}
        if control.attached:
            request |= {"attached": control.attached, "attached_kind": control.attached_kind}
            await self._recaps.change(control.recap_id, request=request)
        await self._recaps.begin_attempt(control.recap_id, attempt)
        return request

    @step()
    async def _tell_canceled(self, control: Control) -> None:
        slack = await self._workspaces.of(control.team)
        await self._recap.gone(control.recap_id, _LAST_EDIT_SECONDS)
        record = await self._recaps.get(control.recap_id)
        if record is None or record.status is not Status.RUNNING:
            return  # it was finished before it could be stopped
        request = RecapRequest.model_validate(record.request)
        await self._recaps.change(record.id, status=Status.CANCELED)
        ts = await slack.publisher.post(
            f"{request.id}:recap",
            channel=request.channel,
            thread_ts=request.thread_ts,
            message=canceled_message(request.name, recap_id=request.id),
        )
        await slack.publisher.update(request.channel, ts, canceled_message(request.name, recap_id=request.id))
        await slack.publisher.unreact(request.channel, request.ts, Mark.WORKING)

    async def _delete(self, control: Control) -> None:
        found = await self._inventory(control)
        if found is not None:
            inventory = Inventory.model_validate(found)
            try:
                await self._erase(control, inventory)
            except Exception as error:  # noqa: BLE001 - whatever it was, the person is told
                await self._take_back(control, report_failure(error, control.recap_id))
            else:
                await self._hand_receipt(control, inventory)

    async def erase(self, control: Control) -> Inventory | None:
        """Delete a recap, also one that is being worked on; what went, None for one that this person cannot delete.

        For another workflow. No receipt is handed out. Raises what deleting raises.
        """
        await self._cancel(control)
        found = await self._inventory(control)
        if found is None:
            return None
        inventory = Inventory.model_validate(found)
        try:
            await self._erase(control, inventory)
        except Exception as error:
            await self._take_back(control, report_failure(error, control.recap_id))
            raise
        return inventory

    @step()
    async def _inventory(self, control: Control) -> dict[str, Any] | None:
        """What there is to delete; None where this person cannot delete it, or nobody now."""
        slack = await self._workspaces.of(control.team)
        record = await self._recaps.get(control.recap_id)
        if record is None or record.status in (Status.RUNNING, Status.DELETED):
            return None
        if not await self._may_delete(record, control.user):
            owner = f"<@{record.user}>, who shared the recording," if record.user else "members of that channel"
            refusal = Message(text=f"Only {owner} can delete its recap.")
            await slack.publisher.ephemeral(record.channel, control.user, refusal, thread_ts=record.thread_ts)
            return None
        return (await self._erasure.inventory(record)).model_dump(mode="json")

    async def _may_delete(self, record: RecapRecord, user: str) -> bool:
        """What a workflow asked for is nobody's own: whoever sees it may delete it."""
        if record.user:
            return record.user == user
        slack = await self._workspaces.of(record.team)
        return await slack.directory.is_member(record.channel, user)

    @step()
    async def _erase(self, control: Control, inventory: Inventory) -> None:
        slack = await self._workspaces.of(control.team)
        record = await self._recaps.get(control.recap_id)
        if record is None or record.status is Status.RUNNING:
            return
        # First, so that nobody is answered from it any more.
        await self._recaps.change(record.id, status=Status.DELETED)
        # Once more, for what was answered since; an answer that comes later finds the recap deleted and goes itself.
        answers = {*inventory.answers, *(await self._erasure.inventory(record)).answers}
        await self._erasure.forget_blobs(record)
        for subject in (*answers, record.id):  # last, because the button to press again is there
            await slack.publisher.delete(subject)
        if request := RecapRequest.model_validate(record.request) if record.request else None:
            await slack.publisher.unreact(request.channel, request.ts, Mark.DONE)
            await slack.publisher.unreact(request.channel, request.ts, Mark.FAILED)
        await self._recaps.erase(record.id)
        await self._erasure.forget_engine_rows(record.id, *answers)
        _log.info("recap deleted", recap=record.id)

    @step()
    async def _take_back(self, control: Control, failure: Failure) -> None:
        """Not all could be deleted: say so, and let the person press again."""
        slack = await self._workspaces.of(control.team)
        record = await self._recaps.get(control.recap_id)
        if record is None or record.status is not Status.DELETED:
            return
        await self._recaps.change(record.id, status=Status.DONE if record.summary_key else Status.FAILED)
        message = undeleted_message(failure.reference)
        await slack.publisher.ephemeral(record.channel, control.user, message, thread_ts=record.thread_ts)

    @step()
    async def _hand_receipt(self, control: Control, inventory: Inventory) -> None:
        slack = await self._workspaces.of(control.team)
        record = await self._recaps.get(control.recap_id)
        receipt = receipt_message(counted(inventory), kept=inventory.shared)
        thread = record.thread_ts if record else None
        await slack.publisher.ephemeral(control.channel, control.user, receipt, thread_ts=thread)


def counted(inventory: Inventory) -> dict[str, int]:
    """What went, by kind in the singular, as a receipt counts it."""
    return {
        "recording": inventory.recordings,
        "transcript": inventory.transcripts,
        "summary": inventory.summaries,
        "spoken version": inventory.narrations,
        "answer": len(inventory.answers),
        "message": inventory.messages,
        "file": inventory.files,
        "canvas": inventory.canvases,
    }


def workflow_id_of(recap_id: str, attempt: int) -> str:
    """The id of a recap's workflow: the recap's own for the first attempt."""
    return f"{recap_id}:retry-{attempt}" if attempt else recap_id
