"""Small checks from which the shapes of Block Kit are built.

A check takes a value and its JSON pointer and yields one sentence per problem, worded like Slack's own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sandbox.slack.errors import JSON

Check = Callable[[Any, str], Iterator[str]]
_WEB_ADDRESS = re.compile(r"https?://[^\s]+$")


@dataclass(frozen=True)
class Field:
    """A property of an object: how it is checked and whether it must be there."""

    check: Check
    required: bool = False


Fields = dict[str, Field]


def at(problem: str, pointer: str) -> str:
    """Return the problem with the place where it was found."""
    return f"{problem} [json-pointer:{pointer}]"


def anything(_value: object, _pointer: str) -> Iterator[str]:
    """Accept any value."""
    return iter(())


def boolean(value: object, pointer: str) -> Iterator[str]:
    """Accept true and false."""
    if not isinstance(value, bool):
        yield at("must be a boolean", pointer)


def integer(low: int, high: int) -> Check:
    """Accept whole numbers from `low` to `high`."""

    def check(value: object, pointer: str) -> Iterator[str]:
        if isinstance(value, bool) or not isinstance(value, int):
            yield at("must be an integer", pointer)
        elif not low <= value <= high:
            yield at(f"must be between {low} and {high}", pointer)

    return check


def string(high: int, low: int = 0) -> Check:
    """Accept strings of `low` to `high` characters."""

    def check(value: object, pointer: str) -> Iterator[str]:
        if not isinstance(value, str):
            yield at("must be a string", pointer)
        elif len(value) < low:
            yield at(f"must be more than {low - 1} characters", pointer)
        elif len(value) > high:
            yield at(f"must be less than {high + 1} characters", pointer)

    return check


def address(high: int = 3000) -> Check:
    """Accept http(s) addresses of at most `high` characters."""
    length = string(high, 1)

    def check(value: object, pointer: str) -> Iterator[str]:
        yield from length(value, pointer)
        if isinstance(value, str) and not _WEB_ADDRESS.match(value):
            yield at("must be a valid URL", pointer)

    return check


def one_of(*values: str) -> Check:
    """Accept exactly these strings."""

    def check(value: object, pointer: str) -> Iterator[str]:
        if value not in values:
            yield at(f"must be one of: {', '.join(values)}", pointer)

    return check


def array(check_item: Check, high: int, low: int = 1) -> Check:
    """Accept lists of `low` to `high` items that pass `check_item`."""

    def check(value: object, pointer: str) -> Iterator[str]:
        if not isinstance(value, list):
            yield at("must be an array", pointer)
            return
        if len(value) > high:
            yield at(f"no more than {high} items allowed", pointer)
        if len(value) < low:
            yield at(f"no fewer than {low} items allowed", pointer)
        for index, item in enumerate(value):
            yield from check_item(item, f"{pointer}/{index}")

    return check


def shape(fields: Fields) -> Check:
    """Accept objects with these properties and no others."""

    def check(value: object, pointer: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield at("must be an object", pointer)
            return
        for name, field in fields.items():
            if value.get(name) is not None:
                yield from field.check(value[name], f"{pointer}/{name}")
            elif field.required:
                yield at(f"missing required field: {name}", pointer)
        for name in value.keys() - fields.keys() - {"type"}:
            yield at(f"invalid additional property: {name}", pointer)

    return check


def typed(kinds: dict[str, Check]) -> Check:
    """Accept objects whose `type` is one of `kinds`, each checked by its own check.

    The table is looked up when a value is checked, so it may refer to itself.
    """

    def check(value: object, pointer: str) -> Iterator[str]:
        kind = value.get("type") if isinstance(value, dict) else None
        if not isinstance(kind, str):
            yield at("missing required field: type", pointer)
        elif kind not in kinds:
            yield at(f"unsupported type: {kind}", f"{pointer}/type")
        else:
            yield from kinds[kind](value, pointer)

    return check


def text_object(high: int, *kinds: str, low: int = 1) -> Check:
    """Accept text objects of one of `kinds` (`plain_text`, `mrkdwn`) with at most `high` characters."""

    def check(value: object, pointer: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield at("must be an object", pointer)
            return
        yield from one_of(*kinds)(value.get("type"), f"{pointer}/type")
        yield from _TEXT(value, pointer)
        yield from string(high, low)(value.get("text", ""), f"{pointer}/text")
        if value.get("type") == "mrkdwn" and "emoji" in value:
            yield at("invalid additional property: emoji", pointer)

    return check


_TEXT = shape({"text": Field(anything, required=True), "emoji": Field(boolean), "verbatim": Field(boolean)})


def exactly_one(*names: str) -> Check:
    """Accept objects that have exactly one of these properties."""

    def check(value: JSON, pointer: str) -> Iterator[str]:
        present = [name for name in names if value.get(name) is not None]
        if len(present) != 1:
            yield at(f"must define either `{'` or `'.join(names)}`", pointer)

    return check


def at_least_one(*names: str) -> Check:
    """Accept objects that have one of these properties or more."""

    def check(value: JSON, pointer: str) -> Iterator[str]:
        if all(value.get(name) is None for name in names):
            yield at(f"missing required field: {names[0]}", pointer)

    return check


def unless(name: str, other: str, *, present: bool) -> Check:
    """Accept objects where `name` is true only together with `other` (`present`), or only without it."""

    def check(value: JSON, pointer: str) -> Iterator[str]:
        if value.get(name) and bool(value.get(other)) is not present:
            yield at(f"`{name}` {'requires' if present else 'cannot be used with'} `{other}`", pointer)

    return check


def every(*checks: Check) -> Check:
    """Accept what passes all of `checks`."""

    def check(value: object, pointer: str) -> Iterator[str]:
        for each in checks:
            yield from each(value, pointer)

    return check
