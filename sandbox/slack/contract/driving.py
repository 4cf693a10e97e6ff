"""Drives a method through everything that its contract says, over HTTP, as a client that knows nothing else."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import Literal

from sandbox.slack.contract import MethodContract
from sandbox.slack.contract.checking import code_of_missing, code_of_wrong
from sandbox.slack.contract.examples import EXAMPLES
from sandbox.slack.contract.provocations import PROVOCATIONS, TWICE, WRONG
from sandbox.slack.contract.situations import SITUATIONS
from sandbox.slack.contract.staging import ADA, APP, BOT, Stage
from sandbox.slack.errors import JSON

Way = Literal["form", "json", "query", "get"]
WAYS: tuple[Way, ...] = ("form", "json", "query", "get")
_TOKENS = {"bot": BOT, "user": ADA, "app": APP}
_CODES_OF_NOTHING = {"reactions.get": "no_item_specified"}
# Calls that may end what the others need.
_ONCE = frozenset({"apps.uninstall", "auth.revoke"})


@dataclass(frozen=True)
class Attempt:
    """One call, and the error code that it has to be answered with (None: it has to succeed)."""

    method: str
    what: str
    arguments: JSON
    expected: str | None
    token: str | None
    way: Way = "form"


@dataclass(frozen=True)
class Outcome:
    """What came of an attempt."""

    attempt: Attempt
    answer: JSON

    @property
    def code(self) -> str | None:
        """The error code of the answer."""
        code = self.answer.get("error")
        return str(code) if code and not self.answer["ok"] else None

    @property
    def kept(self) -> bool:
        """Whether the answer is the one that the contract asks for."""
        return bool(self.answer["ok"]) == (self.attempt.expected is None) and self.code == self.attempt.expected


def token_of(contract: MethodContract) -> str:
    """Return a token that may call the method."""
    return APP if contract.tokens == {"app"} else BOT


async def drive(stage: Stage, contract: MethodContract) -> AsyncIterator[Outcome]:
    """Yield the outcome of every attempt at a method; only the later ones change anything."""
    example = EXAMPLES[contract.name]
    arguments = await example(stage)
    for attempt in refusals(contract, arguments):
        yield await tried(stage, attempt)
    token = token_of(contract)
    for code, situation in [(code, story) for name, code, story in SITUATIONS if name == contract.name]:
        yield await tried(stage, Attempt(contract.name, f"where {code}", await situation(stage), code, token))
    for way in WAYS[:1] if contract.name in _ONCE else WAYS:
        fresh = await example(stage)
        expected = _code_of_nothing(contract) if way == "json" and not contract.takes_json else None
        yield await tried(stage, Attempt(contract.name, f"by {way}", fresh, expected, token, way))
    if contract.name in TWICE:
        fresh = await example(stage)
        await tried(stage, Attempt(contract.name, "once", fresh, None, token))
        yield await tried(stage, Attempt(contract.name, "twice", fresh, TWICE[contract.name], token))


def _code_of_nothing(contract: MethodContract) -> str | None:
    """Return what a method answers that does not look into JSON and so finds no arguments."""
    needs = any(argument.required for argument in contract.arguments.values())
    return "invalid_arguments" if needs else _CODES_OF_NOTHING.get(contract.name)


def refusals(contract: MethodContract, arguments: JSON) -> Iterator[Attempt]:
    """Yield the attempts that have to fail: tokens, missing and wrong arguments, and what the reference lists."""
    name, token = contract.name, token_of(contract)
    if "nobody" not in contract.tokens:
        yield Attempt(name, "without a token", arguments, "not_authed", None)
    yield Attempt(name, "with an unknown token", arguments, "invalid_auth", "xoxb-unknown")
    for kind in sorted(_TOKENS.keys() - contract.tokens):
        yield Attempt(name, f"with the token of: {kind}", arguments, "not_allowed_token_type", _TOKENS[kind])
    for argument in contract.arguments.values():
        if argument.required:
            rest = {key: value for key, value in arguments.items() if key != argument.name}
            yield Attempt(name, f"without {argument.name}", rest, code_of_missing(contract, argument), token)
        wrong = arguments | {argument.name: WRONG[argument.kind]}
        # A form has only text, so an object can be told from it in JSON alone.
        if isinstance(WRONG[argument.kind], str) or contract.takes_json:
            code = code_of_wrong(contract, argument)
            way: Way = "json" if contract.takes_json else "form"
            yield Attempt(name, f"with a wrong {argument.name}", wrong, code, token, way)
    for argument_name, value, code in PROVOCATIONS:
        if argument_name in contract.arguments and code in contract.errors:
            yield Attempt(name, f"{argument_name}: {code}", arguments | {argument_name: value}, code, token)


async def without_scope(stage: Stage, contract: MethodContract) -> Outcome:
    """Return the outcome of a call on a stage whose app has none of the method's scopes."""
    return await tried(stage, Attempt(contract.name, "without its scope", {}, "missing_scope", BOT))


async def tried(stage: Stage, attempt: Attempt) -> Outcome:
    """Make the call."""
    url = f"{stage.url}/api/{attempt.method}"
    headers = {"Authorization": f"Bearer {attempt.token}"} if attempt.token else {}
    text = {name: value if isinstance(value, str) else json.dumps(value) for name, value in attempt.arguments.items()}
    if attempt.way == "get":
        request = stage.session.get(url, params=text, headers=headers)
    elif attempt.way == "query":
        request = stage.session.post(url, params=text, headers=headers)
    elif attempt.way == "json":
        request = stage.session.post(url, json=attempt.arguments, headers=headers)
    else:
        request = stage.session.post(url, data=text, headers=headers)
    async with request as response:
        return Outcome(attempt, await response.json())
