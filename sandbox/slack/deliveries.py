"""Getting envelopes to the app: events until they are acked, questions within three seconds."""

from __future__ import annotations

import asyncio

from sandbox.slack.clock import Clock
from sandbox.slack.errors import JSON, SlackError
from sandbox.slack.faults import Faults
from sandbox.slack.ids import Ids
from sandbox.slack.journal import DeliveryRecord, Journal
from sandbox.slack.socket_mode import SocketMode

_ACK_SECONDS = 3.0
_RETRIES = 3
# Slack's own schedule of retries ends after about six minutes; so long an event waits for an app that is away.
_WAIT_FOR_APP_SECONDS = 360.0
_ANSWERABLE = frozenset({"slash_commands", "view_submission", "block_suggestion"})


class Deliveries:
    """Sends events and interactions over Socket Mode and writes them into the journal."""

    def __init__(self, socket_mode: SocketMode, clock: Clock, ids: Ids, journal: Journal, faults: Faults) -> None:
        self._socket_mode = socket_mode
        self._clock = clock
        self._ids = ids
        self._journal = journal
        self._faults = faults
        self._tasks: set[asyncio.Task[None]] = set()

    def event(self, payload: JSON) -> None:
        """Deliver an event callback: again after 3 s without an ack, three times at most."""
        task = asyncio.create_task(self._deliver(payload))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def ask(self, kind: str, payload: JSON) -> JSON | None:
        """Deliver a command or an interaction once and return the payload of the app's ack.

        Raises:
            SlackError: `dispatch_failed` when no app is connected, `operation_timeout` without an ack in 3 s.
        """
        answerable = kind in _ANSWERABLE or payload.get("type") in _ANSWERABLE
        envelope = self._envelope(kind, payload, accepts=answerable)
        record = self._record(envelope, 0)
        ack = await self._socket_mode.send(envelope)
        if ack is None:
            raise SlackError("dispatch_failed")
        if not await self._acked(ack, record):
            raise SlackError("operation_timeout")
        answer = ack.result().get("payload")
        return answer if answerable and isinstance(answer, dict) and answer else None

    async def stop(self) -> None:
        """Give up all deliveries that are under way."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _deliver(self, payload: JSON) -> None:
        for attempt in range(1 + _RETRIES):
            connected = asyncio.ensure_future(self._socket_mode.wait_connected())
            try:
                if not await self._clock.wait(connected, _WAIT_FOR_APP_SECONDS):
                    return
            finally:
                connected.cancel()
            if await self._attempt(payload, attempt, self._faults.for_delivery()):
                return

    async def _attempt(self, payload: JSON, attempt: int, fault: str | None) -> bool:
        envelope = self._envelope("events_api", payload, accepts=False)
        envelope |= {"retry_attempt": attempt, "retry_reason": "timeout" if attempt else ""}
        record = self._record(envelope, attempt)
        if fault == "drop":
            await self._clock.sleep(_ACK_SECONDS)
            return False
        ack = await self._socket_mode.send(envelope)
        if ack is None:
            return False
        if fault == "duplicate":
            again = {**envelope, "envelope_id": self._ids.secret(), "retry_attempt": 1, "retry_reason": "timeout"}
            self._record(again, 1)
            await self._socket_mode.send(again)
        acked = await self._acked(ack, record)
        if fault == "lost_ack":
            await self._clock.sleep(_ACK_SECONDS)
        return acked and fault != "lost_ack"

    async def _acked(self, ack: asyncio.Future[JSON], record: DeliveryRecord) -> bool:
        acked = await self._clock.wait(ack, _ACK_SECONDS)
        self._socket_mode.give_up(record.envelope_id)
        if acked:
            record.acked = self._clock.now() - record.time
        return acked

    def _envelope(self, kind: str, payload: JSON, *, accepts: bool) -> JSON:
        return {
            "envelope_id": self._ids.secret(),
            "type": kind,
            "accepts_response_payload": accepts,
            "payload": payload,
        }

    def _record(self, envelope: JSON, attempt: int) -> DeliveryRecord:
        payload = envelope["payload"]
        kind = payload.get("event", {}).get("type") or payload.get("type") or payload.get("command")
        record = DeliveryRecord(
            self._clock.now(), envelope["envelope_id"], envelope["type"], payload.get("event_id"), kind, attempt
        )
        self._journal.deliveries.append(record)
        return record
