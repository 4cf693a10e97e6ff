"""What else is written of a recap: each output is a workflow of its own, so that it fails and is driven again alone."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Sequence
from typing import Any

import structlog
from dbos import DBOS, DBOSConfiguredInstance

from services.language import LanguageModel
from services.publishing import Message
from services.publishing.output_blocks import output_failure, output_message
from services.storage import Blobs
from services.summarization.outputs import OUTPUTS, Output, write
from services.vocabulary.errors import UserError
from services.workflows.engine import OUTPUT_QUEUE
from services.workflows.enqueuing import enqueue
from services.workflows.failures import Blame, failure_of
from services.workflows.library import Library
from services.workflows.requests import OutputRequest
from services.workflows.steps import step
from services.workflows.unkept import Unkept
from services.workflows.workspaces import Workspaces

_log = structlog.get_logger(__name__)
_DELETED = "The recap was deleted, so there is nothing to write from."


@DBOS.dbos_class("output")
class OutputWorkflow(DBOSConfiguredInstance):
    """Write one output of a finished recap and post it in its thread. The recording is never heard again for it."""

    def __init__(self, *, library: Library, blobs: Blobs, workspaces: Workspaces, model: LanguageModel) -> None:
        super().__init__("output")
        self._library = library
        self._blobs = blobs
        self._workspaces = workspaces
        self._model = model
        self._unkept = Unkept()

    @DBOS.workflow(name="output", max_recovery_attempts=8)
    async def run(self, asked: dict[str, Any]) -> bool:
        """Carry out an `OutputRequest`; whether it was written."""
        request = OutputRequest.model_validate(asked)
        try:
            await self._write(request)
            await self._tell(request)
        except Exception as error:  # noqa: BLE001 - whatever it was, the thread is told
            failure = failure_of(error, request.id)
            if failure.blame is not Blame.USER:
                _log.error("output failed", output=request.id, reference=failure.reference, exc_info=error)
            message = output_failure(request.name, failure.sentence, value=request.value, reference=failure.reference)
            await self._say(request, message)
            return False
        return True

    @step()
    async def _write(self, request: OutputRequest) -> None:
        key = key_of(request)
        if await self._blobs.exists(key):
            return
        async with self._unkept.held(key, lambda: self._written(request)) as body:
            await self._blobs.write(key, body)

    async def _written(self, request: OutputRequest) -> bytes:
        recap = await self._library.recap(request.recap_id)
        if recap is None:
            raise UserError(_DELETED)
        output = await write(request.name, self._model, recap.transcript, recap.summary, subject=request.recap_id)
        return await asyncio.to_thread(lambda: output.model_dump_json().encode())

    @step()
    async def _tell(self, request: OutputRequest) -> None:
        output = Output.model_validate_json(await self._blobs.read(key_of(request)))
        await self._post(
            request,
            output_message(
                output.name,
                output.title,
                output.body,
                statements=output.statements,
                traced=output.traced,
                cost=output.cost,
            ),
        )

    @step()
    async def _say(self, request: OutputRequest, message: Message) -> None:
        await self._post(request, message)

    async def _post(self, request: OutputRequest, message: Message) -> None:
        """In the place of what an earlier try had said."""
        slack = await self._workspaces.of(request.team)
        ts = await slack.publisher.post(
            f"{request.recap_id}:output:{request.name}",
            channel=request.channel,
            thread_ts=request.thread_ts,
            message=message,
        )
        await slack.publisher.update(request.channel, ts, message)
        if await self._library.name(request.recap_id) is None:  # deleted while this was written
            await slack.publisher.delete(f"{request.recap_id}:output")
            await self._blobs.delete(outputs_of(request.recap_id))


class Outputs:
    """Starts the outputs that are wanted of every recap: `names`, side by side; none without a language model."""

    def __init__(self, workflow: OutputWorkflow | None, names: Sequence[str]) -> None:
        self._workflow = workflow
        self._names = tuple(name for name in names if name in OUTPUTS)

    async def start(self, recap_id: str, *, channel: str, thread_ts: str) -> None:
        """Start them. Idempotent."""
        for name in self._names:
            await self.again(OutputRequest(recap_id=recap_id, name=name, channel=channel, thread_ts=thread_ts))

    async def again(self, request: OutputRequest) -> None:
        """Start one."""
        if self._workflow and request.name in OUTPUTS:
            await enqueue(OUTPUT_QUEUE, request.id, self._workflow.run, request.model_dump(mode="json"))


def key_of(request: OutputRequest) -> str:
    """The blob that holds what was written."""
    return f"{outputs_of(request.recap_id)}/{request.name}.json"


def outputs_of(recap_id: str) -> str:
    """Where all outputs of a recap are kept."""
    return f"{recap_id.partition(':')[0]}/outputs/{hashlib.sha256(recap_id.encode()).hexdigest()[:24]}"
