"""The way of every call: authenticate, check, hand on, check again, answer; journaled, with faults on request."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from sandbox.aws import eventstream
from sandbox.aws.answers import Answer, checked, failure, overlaid, request_id, success
from sandbox.aws.clock import Clock
from sandbox.aws.errors import AwsError
from sandbox.aws.faults import Fault, Faults
from sandbox.aws.journal import Call, Journal
from sandbox.aws.models import Called, find
from sandbox.aws.requests import Sent, authenticate, parameters
from sandbox.aws.service import Service

MOST_BODY_BYTES = 64 << 20


@dataclass
class Gateway:
    """Serves the operations of all services on one address."""

    services: dict[str, Service]
    journal: Journal
    faults: Faults
    clock: Clock

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Answer one HTTP request as the real services do."""
        called = find(request.method, request.raw_path.split("?")[0], request.headers.get("X-Amz-Target"))
        if called is None:
            return _response(failure("bedrock", AwsError("UnknownOperationException", "", status=404)))
        call = Call(called.service, called.operation.name, {}, dict(request.headers), self.clock.now())
        self.journal.add(call)
        sent = Sent(request.query, request.headers, await request.read())
        try:
            return await self._answer(request, called, sent, call)
        except AwsError as error:
            call.error = error.code
            answer = failure(called.service, error)
            call.status = answer.status
            return _response(answer)
        except Exception:
            call.status, call.error = 500, "StandInBug"
            raise

    async def _answer(self, request: web.Request, called: Called, sent: Sent, call: Call) -> web.StreamResponse:
        authenticate(called, sent.headers)
        call.parameters = await asyncio.to_thread(parameters, called, sent)
        fault = self.faults.take(called.service, call.operation, call.parameters)
        await self._strike(request, called.service, fault)
        service, name = self.services[called.service], call.operation
        if name in service.streamers:
            return await self._stream(request, called, service.streamers[name](call.parameters, fault), call, fault)
        if name not in service.handlers:
            raise AwsError("UnknownOperationException", f"{name} is not served here", status=501)
        call.answer = await service.handlers[name](call.parameters, fault)
        more = service.unmodeled(name, call.answer)
        answer = await asyncio.to_thread(success, called, call.answer, more)
        call.status = answer.status
        if fault and fault.kind == "lost" and request.transport:
            request.transport.abort()  # journaled as a success, because it is one, and paid
        return _response(answer)

    async def _strike(self, request: web.Request, service: str, fault: Fault | None) -> None:
        """What befalls a call before anybody has worked for it."""
        if fault is None:
            return
        if fault.kind == "slow":
            await self.clock.sleep(fault.seconds)
        if fault.kind == "drop" and request.transport:
            request.transport.abort()
            raise AwsError("Dropped", "the connection was broken", status=500)
        if error := fault.error(service):
            raise error

    async def _stream(
        self,
        request: web.Request,
        called: Called,
        events: AsyncIterator[tuple[str, dict[str, Any]]],
        call: Call,
        fault: Fault | None,
    ) -> web.StreamResponse:
        """The first event is awaited before headers go out, so that an early error is a plain HTTP error."""
        first = await anext(events)
        call.status, call.answer = 200, []
        headers = {"Content-Type": "application/vnd.amazon.eventstream", "x-amzn-RequestId": request_id()}
        response = web.StreamResponse(headers=headers)
        await response.prepare(request)
        await self._send(response, called, call, first)
        try:
            async for event in events:
                if fault and len(call.answer) >= fault.after and fault.kind in {"mid_stream", "cut_stream"}:
                    return await self._break(request, response, call, fault)
                await self._send(response, called, call, event)
        except AwsError as error:
            call.error = error.code
            await response.write(eventstream.exception(error.code[0].lower() + error.code[1:], error.message))
        except ConnectionError:
            call.error = "ClientLeft"
            raise
        await response.write_eof()
        return response

    async def _send(
        self, response: web.StreamResponse, called: Called, call: Call, event: tuple[str, dict[str, Any]]
    ) -> None:
        name, value = event
        shape = called.operation.get_event_stream_output()
        wire = checked(shape.members[name], value)
        more = self.services[called.service].unmodeled(name, value)
        call.answer.append({name: value})
        await response.write(eventstream.event(name, overlaid(wire, more)))

    async def _break(
        self, request: web.Request, response: web.StreamResponse, call: Call, fault: Fault
    ) -> web.StreamResponse:
        call.error = fault.exception if fault.kind == "mid_stream" else "Cut"
        if fault.kind == "mid_stream":
            message = "The system encountered an unexpected error during processing. Try your request again."
            await response.write(eventstream.exception(fault.exception, message))
            await response.write_eof()
        elif request.transport:
            request.transport.abort()
        return response


def _response(answer: Answer) -> web.Response:
    return web.Response(status=answer.status, body=answer.body, headers=answer.headers)
