"""What Slack's published reference says of every method and event: the contract that the local Slack keeps.

`slack_api.json` is derived from slack-ruby/slack-api-ref (MIT, see LICENSE.md beside it), a daily scrape of Slack's
own documentation, by `python -m sandbox.slack.contract.derive`. Nobody edits it. What real Slack is known to do beyond
its reference stands, with the source, in `beyond`.
"""

from __future__ import annotations

import functools
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from sandbox.slack.contract.beyond import ALSO_ANSWERED, GENERAL, INSTEAD, NOT_NEEDED, TOKENS

Kind = Literal["string", "boolean", "integer", "number", "array", "json", "file"]
TABLE = Path(__file__).parent / "slack_api.json"


@dataclass(frozen=True)
class Argument:
    """An argument of a method. `most` and `least` bound an array's items, a text's characters or a number."""

    name: str
    kind: Kind
    required: bool = False
    choices: frozenset[str] | None = None
    least: int | None = None
    most: int | None = None
    item: Literal["string", "json"] | None = None
    longest_item: int | None = None


@dataclass(frozen=True)
class MethodContract:
    """What the reference says of one method. `scopes` are those that a bot or a user needs one of."""

    name: str
    arguments: dict[str, Argument]
    errors: frozenset[str]
    scopes: dict[str, frozenset[str]]
    tokens: frozenset[str]
    tier: str
    verb: Literal["GET", "POST"]
    takes_json: bool

    def may_answer(self, code: str) -> bool:
        """Return whether Slack answers this method with that error code. api.test answers whatever it is asked for."""
        return code in self.errors or code in GENERAL or self.name == "api.test"

    def nearest(self, code: str) -> str:
        """Return the code with which this method says what others say with `code`."""
        return code if self.may_answer(code) else INSTEAD.get(code, code)


@dataclass(frozen=True)
class Contract:
    """The whole reference. `undescribed` are methods that exist without a description (those of Enterprise admins)."""

    methods: dict[str, MethodContract]
    undescribed: frozenset[str]
    events: dict[str, frozenset[str]]

    def find(self, name: str) -> MethodContract | None:
        """Return what is known of a method, None when Slack has none of that name.

        The undescribed ones are for the admins of Enterprise organizations: no token of a workspace may call them.
        """
        if name in self.undescribed:
            return MethodContract(name, {}, frozenset(), {}, frozenset(), "t2", "POST", takes_json=True)
        return self.methods.get(name)

    def unlisted(self, calls: list[dict[str, Any]]) -> list[tuple[str, str]]:
        """Return the errors in a journal's calls that Slack would not answer: method and code."""
        answered = [(call["method"], call["answer"].get("error")) for call in calls]
        described = [(name, code) for name, code in answered if code and name in self.methods]
        return [(name, code) for name, code in described if not self.methods[name].may_answer(code)]


@functools.cache
def read_contract() -> Contract:
    """Return the contract of the committed table. The first call reads the file."""
    return parse_contract(json.loads(TABLE.read_text(encoding="utf-8")))


def parse_contract(table: dict[str, Any]) -> Contract:
    """Turn a derived table into the contract."""
    methods = {name: _method(name, entry) for name, entry in table["methods"].items()}
    events = {name: frozenset(scopes) for name, scopes in table["events"].items()}
    return Contract(methods, frozenset(table["undescribed"]), events)


def _method(name: str, entry: dict[str, Any]) -> MethodContract:
    scopes: dict[str, frozenset[str]] = {kind: frozenset(entry[kind]) for kind in ("bot", "user") if kind in entry}
    arguments = {arg: _argument(name, arg, described) for arg, described in entry["args"].items()}
    return MethodContract(
        name=name,
        arguments=arguments,
        errors=frozenset(entry["errors"]) | ALSO_ANSWERED.get(name, frozenset()),
        scopes=scopes,
        tokens=TOKENS.get(name) or frozenset(scopes) or frozenset({"bot", "user"}),
        tier=entry["tier"],
        verb=entry["verb"],
        takes_json=entry["json"],
    )


def _argument(method: str, name: str, described: dict[str, Any]) -> Argument:
    choices = described.get("choices")
    return Argument(
        name=name,
        kind=described["kind"],
        required=described.get("required", False) and (method, name) not in NOT_NEEDED,
        choices=frozenset(choices) if choices else None,
        least=described.get("least"),
        most=described.get("most"),
        item=described.get("item"),
        longest_item=described.get("longest_item"),
    )
