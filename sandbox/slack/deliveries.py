"""Getting envelopes to an app: events until they are acked, questions within three seconds."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from sandbox.slack.clock import Clock
from sandbox.slack.envelopes import new_envelope, shown_type, team_of, type_of
from sandbox.slack.errors import JSON, SlackError
from sandbox.slack.faults import Fault, Faults
from sandbox.slack.ids import Ids
from sandbox.slack.journal import DeliveryRecord, Journal
from sandbox.slack.transport import Transport, UndeliveredError

_ACK_SECONDS = 3.0
_RETRIES = 3
# Slack's own schedule of retries ends after about six minutes; so long an event waits for an app that is away.
_WAIT_FOR_APP_SECONDS = 360.0
_NOBODY = "not_connected"


class Deliveries:
    """Sends events and interactions to one app over the transport that it has now, and writes them into the journal."""

    def __init__(
        self,
        app_id: str,
        transport: Callable[[], Transport],
        *,
        clock: Clock,
        ids: Ids,
        journal: Journal,
        faults: Faults,
    ) -> None:
        self._app_id = app_id
        self._transport = transport
        self._clock = clock
        self._ids = ids
        self._journal = journal
        self._faults = faults
        self._tasks: set[asyncio.Task[None]] = set()
        self._sent = asyncio.Event()

    def event(self, payload: JSON) -> None:
        """Deliver an event callback: again without an ack in 3 s, three times at most, as the transport pauses."""
        task = asyncio.create_task(self._deliver(payload))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def ask(self, kind: str, payload: JSON) -> JSON | None:
        """Deliver a command or an interaction once and return the payload of the app's ack.

        Raises:
            SlackError: `dispatch_failed` when no app is connected, `operation_timeout` without an ack in 3 s.
        """
        envelope = new_envelope(self._ids.secret(), kind, payload)
        transport = self._transport()
        record = self._record(envelope, transport)
        fault = self._faults.for_delivery(type_of(envelope), record.team, self._app_id, event=False)
        try:
            ack = await self._attempt(transport, envelope, record, fault)
        except UndeliveredError as failure:
            late = failure.reason == transport.timeout_reason
            raise SlackError("operation_timeout" if late else "dispatch_failed") from None
        answer = ack.get("payload")
        wanted = envelope["accepts_response_payload"] and isinstance(answer, dict)
        return answer if wanted and answer else None

    async def stop(self) -> None:
        """Give up all deliveries that are under way."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _deliver(self, payload: JSON) -> None:
        reason = ""
        for number in range(1 + _RETRIES):
            if number:
                await self._clock.sleep(self._transport().pauses[number - 1])
            transport = self._transport()
            if not await self._ready(transport):
                return
            envelope = new_envelope(self._ids.secret(), "events_api", payload)
            envelope |= {"retry_attempt": number, "retry_reason": reason}
            record = self._record(envelope, transport)
            fault = self._faults.for_delivery(type_of(envelope), record.team, self._app_id)
            try:
                await self._attempt(transport, envelope, record, fault)
            except UndeliveredError as failure:
                if failure.final:
                    return
                reason = transport.timeout_reason if failure.reason == _NOBODY else failure.reason
            else:
                return

    async def _ready(self, transport: Transport) -> bool:
        waiting = asyncio.ensure_future(transport.wait_ready())
        try:
            return await self._clock.wait(waiting, _WAIT_FOR_APP_SECONDS)
        finally:
            waiting.cancel()

    async def _attempt(self, transport: Transport, envelope: JSON, record: DeliveryRecord, fault: Fault | None) -> JSON:
        record.fault = fault.delivery if fault else None
        try:
            return await self._send(transport, envelope, record, fault)
        except UndeliveredError as failure:
            record.failed = failure.reason
            raise

    async def _send(self, transport: Transport, envelope: JSON, record: DeliveryRecord, fault: Fault | None) -> JSON:
        kind = fault.delivery if fault else None
        if fault and kind == "delay":
            await self._clock.sleep(fault.delay)
        if kind == "reorder":
            await self._let_others_pass()
        if kind == "drop":
            await self._clock.sleep(_ACK_SECONDS)
            raise UndeliveredError(transport.timeout_reason)
        ack = await transport.send(envelope)
        self._tell_sent()
        if ack is None:
            raise UndeliveredError(_NOBODY, final=transport.name == "http")
        if kind == "duplicate":
            await self._send_again(transport, envelope)
        answer = await self._acked(transport, ack, record)
        if kind == "lost_ack":
            await self._clock.sleep(_ACK_SECONDS)
            raise UndeliveredError(transport.timeout_reason)
        return answer

    async def _let_others_pass(self) -> None:
        """Return when another delivery was sent, at the latest after the time in which one must be acked."""
        passed = asyncio.ensure_future(self._sent.wait())
        try:
            await self._clock.wait(passed, _ACK_SECONDS)
        finally:
            passed.cancel()

    def _tell_sent(self) -> None:
        self._sent.set()
        self._sent = asyncio.Event()

    async def _send_again(self, transport: Transport, envelope: JSON) -> None:
        retry = {"retry_attempt": 1, "retry_reason": transport.timeout_reason}
        again = {**envelope, "envelope_id": self._ids.secret(), **retry}
        record = self._record(again, transport)
        ack = await transport.send(again)
        if ack is not None:
            task = asyncio.create_task(self._note_ack(transport, ack, record))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _note_ack(self, transport: Transport, ack: asyncio.Future[JSON], record: DeliveryRecord) -> None:
        try:
            await self._acked(transport, ack, record)
        except UndeliveredError as failure:
            record.failed = failure.reason

    async def _acked(self, transport: Transport, ack: asyncio.Future[JSON], record: DeliveryRecord) -> JSON:
        in_time = await self._clock.wait(ack, _ACK_SECONDS)
        transport.give_up(record.envelope_id)
        if not in_time:
            raise UndeliveredError(transport.timeout_reason)
        answer = ack.result()
        record.acked = self._clock.now() - record.time
        record.answer = answer.get("payload")
        return answer

    def _record(self, envelope: JSON, transport: Transport) -> DeliveryRecord:
        record = DeliveryRecord(
            time=self._clock.now(),
            envelope_id=envelope["envelope_id"],
            type=envelope["type"],
            event_id=envelope["payload"].get("event_id"),
            event_type=shown_type(envelope),
            attempt=envelope.get("retry_attempt", 0),
            transport=transport.name,
            team=team_of(envelope),
            app=self._app_id,
            retry_reason=envelope.get("retry_reason", ""),
            payload=envelope["payload"],
        )
        self._journal.deliveries.append(record)
        return record
