"""`/api/<method>`: tokens, scopes, limits and faults around every method, and the journal behind it."""

from __future__ import annotations

import asyncio

from aiohttp import web

from sandbox.slack.access import Caller, basic, bearer, identify
from sandbox.slack.arguments import Arguments, read_arguments
from sandbox.slack.contract import Contract, MethodContract
from sandbox.slack.contract.checking import check_arguments
from sandbox.slack.errors import JSON, RateLimitedError, SlackError
from sandbox.slack.faults import Fault
from sandbox.slack.journal import CallRecord
from sandbox.slack.local_slack import LocalSlack
from sandbox.slack.methods.call import Call, Method


class WebApi:
    """Answers Web API calls."""

    def __init__(self, slack: LocalSlack, methods: dict[str, Method], contract: Contract) -> None:
        self._slack = slack
        self._methods = methods
        self._contract = contract

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Answer one call. Mistakes of the caller are status 200 with `ok` false; 429 is the only other status."""
        name = request.match_info["method"]
        clock = self._slack.clock
        started = clock.now()
        fault = self._slack.faults.for_call(name, *self._sender(request))
        record = CallRecord(started, name, "nobody", None, {}, 200, {}, 0.0)
        self._slack.journal.calls.append(record)
        try:
            response = await self._with_fault(request, name, fault, record)
        except SlackError as error:
            response = _refusal(error, record)
        await self._slack.flush()
        record.seconds = clock.now() - started
        if fault and fault.drop:
            return cut(request)
        return response

    def _sender(self, request: web.Request) -> tuple[str | None, str | None]:
        """Return the workspace and the app of the token in the header, for faults that hit only these."""
        grant = self._slack.directory.tokens.peek(bearer(request.headers.get("Authorization")))
        return (grant.team, grant.app) if grant else (None, None)

    async def _with_fault(
        self, request: web.Request, name: str, fault: Fault | None, record: CallRecord
    ) -> web.Response:
        args = await read_arguments(request)
        record.args = {key: value for key, value in args.values.items() if key != "token"}
        args.values.update(basic(request.headers.get("Authorization")))
        if fault:
            await asyncio.sleep(fault.delay)
            if fault.drop == "before":
                return web.Response()
            broken = broken_response(fault)
            if broken is not None:
                record.status = broken.status
                return broken
            if fault.error:
                raise SlackError(fault.error)
        return await self._call(request, name, args, record)

    async def _call(self, request: web.Request, name: str, args: Arguments, record: CallRecord) -> web.Response:
        contract = self._contract.find(name)
        if contract is None:
            raise SlackError("unknown_method", req_method=name)
        token = bearer(request.headers.get("Authorization")) or args.text("token")
        answer: JSON
        if token is None and "nobody" in contract.tokens:
            caller = Caller("user", self._slack.workspace.bot, None, self._slack)
        else:
            caller = identify(self._slack, token)
            record.caller, record.user = caller.kind, caller.user.id
            record.team, record.app = caller.slack.workspace.team.id, caller.slack.app.id
            _admit(contract, caller, args)
        method = self._methods.get(name)
        if method is None:
            raise SlackError("not_implemented", req_method=name)
        if caller.kind == "bot" and not contract.takes_json:
            args = args.without_json()
        check_arguments(contract, args.values)
        try:
            answer = {"ok": True, **await method(Call(caller.slack, caller, args))}
        except SlackError as error:
            raise SlackError(contract.nearest(error.code), **error.details) from error
        record.answer = answer
        headers = {"x-oauth-scopes": ",".join(sorted(caller.scopes))} if caller.scopes is not None else {}
        return web.json_response(answer, headers=headers)


def _admit(contract: MethodContract, caller: Caller, args: Arguments) -> None:
    if caller.kind not in contract.tokens:
        raise SlackError("not_allowed_token_type")
    caller.require(contract.scopes.get(caller.kind, frozenset()))
    if caller.kind == "bot":
        caller.slack.limits.check(contract.name, contract.tier, args.text("channel"))


def _refusal(error: SlackError, record: CallRecord) -> web.Response:
    record.answer = error.answer()
    if isinstance(error, RateLimitedError):
        record.status = 429
        return web.json_response(record.answer, status=429, headers={"Retry-After": str(error.retry_after)})
    return web.json_response(record.answer)


def broken_response(fault: Fault) -> web.Response | None:
    """Return the answer of a broken server that a fault asks for, or None when it asks for none."""
    if fault.status is None:
        return None
    too_many = 429
    if fault.status == too_many:
        body = {"ok": False, "error": "ratelimited"}
        return web.json_response(body, status=too_many, headers={"Retry-After": str(fault.retry_after)})
    return web.Response(status=fault.status, text="<html><body>Server Error</body></html>", content_type="text/html")


def cut(request: web.Request) -> web.Response:
    """Cut the connection of a request, so that its caller gets no answer."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
