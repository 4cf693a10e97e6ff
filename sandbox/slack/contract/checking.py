"""Holds the arguments of a call against the contract of its method, and refuses them as Slack does."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from sandbox.slack.contract import Argument, MethodContract
from sandbox.slack.contract.beyond import UNBOUNDED
from sandbox.slack.errors import JSON, SlackError

# Methods that have a code of their own for an argument that is missing or wrong, when the reference lists it.
_OWN_CODES = {
    "attachments": "invalid_attachments",
    "blocks": "invalid_blocks_format",
    "chunks": "invalid_chunks",
    "metadata": "invalid_metadata_format",
    "source": "invalid_source",
    "status": "invalid_status",
    "unfurls": "invalid_unfurls_format",
}
_OWN_CODES_OF_MISSING = {
    ("chat.meMessage", "text"): "no_text",
    ("reactions.add", "channel"): "no_item_specified",
    ("reactions.add", "timestamp"): "no_item_specified",
    ("search.messages", "query"): "no_query",
}
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_TRUTHS = {"true", "false", "1", "0"}


def code_of_missing(contract: MethodContract, argument: Argument) -> str:
    """Return the code with which a method answers a call without a required argument."""
    return _OWN_CODES_OF_MISSING.get((contract.name, argument.name), "invalid_arguments")


def code_of_wrong(contract: MethodContract, argument: Argument) -> str:
    """Return the code with which a method answers an argument of another type."""
    code = _OWN_CODES.get(argument.name, "invalid_arguments")
    return code if contract.may_answer(code) else "invalid_arguments"


def check_arguments(contract: MethodContract, values: JSON) -> None:
    """Return when the arguments fit.

    Raises:
        SlackError: the code that the method has for that argument, or `invalid_arguments` with one message per problem.
    """
    messages: list[str] = []
    for argument in contract.arguments.values():
        value = values.get(argument.name)
        if value is None and argument.required:
            code, problems = code_of_missing(contract, argument), [f"missing required field: {argument.name}"]
        elif value is None or value == "":
            continue
        else:
            code, problems = code_of_wrong(contract, argument), list(_problems(contract, argument, value))
        if problems and code != "invalid_arguments":
            raise SlackError(code)
        messages += problems
    if messages:
        metadata = {"messages": [f"[ERROR] {message}" for message in messages]}
        raise SlackError("invalid_arguments", response_metadata=metadata)


def _problems(contract: MethodContract, argument: Argument, value: Any) -> Iterator[str]:  # noqa: ANN401 - strangers' JSON
    place = f"[json-pointer:/{argument.name}]"
    parsed = _parsed(argument, value)
    if parsed is None:
        yield f"{_WANTED[argument.kind]} {place}"
        return
    if argument.choices and parsed not in argument.choices:
        yield f"must be one of: {', '.join(sorted(argument.choices))} {place}"
    if (contract.name, argument.name) not in UNBOUNDED:
        yield from _out_of_bounds(argument, parsed, place)
    if argument.kind == "array" and argument.longest_item:
        for number, item in enumerate(parsed):
            if len(str(item)) > argument.longest_item:
                most = argument.longest_item + 1
                yield f"must be less than {most} characters [json-pointer:/{argument.name}/{number}]"


_WANTED = {
    "string": "must be a string",
    "boolean": "must be a boolean",
    "integer": "must be an integer",
    "number": "must be a number",
    "array": "must be an array",
    "json": "must be valid JSON",
    "file": "must be a file",
}


def _parsed(argument: Argument, value: Any) -> Any:  # noqa: ANN401 - strangers' JSON
    """Return the value as what it stands for, None when it is of another type.

    Slack takes scalars of any type for text (slackapi/python-slack-sdk#840) and text for everything, as forms need.
    """
    scalar = isinstance(value, str | int | float)
    if argument.kind in {"string", "file"}:
        return str(value) if scalar else None
    if argument.kind == "boolean":
        return value if str(value).lower() in _TRUTHS else None
    if argument.kind in {"integer", "number"}:
        return float(value) if scalar and _NUMBER.fullmatch(str(value)) and not isinstance(value, bool) else None
    if isinstance(value, str):
        value = _nested(argument, value)
    wanted = list if argument.kind == "array" else (list, dict)
    return value if isinstance(value, wanted) else None


def _nested(argument: Argument, text: str) -> Any:  # noqa: ANN401 - strangers' JSON
    if argument.item == "string" and not text.lstrip().startswith("["):
        return [part.strip() for part in text.split(",") if part.strip()]
    try:
        return json.loads(text)
    except ValueError:
        return None


def _out_of_bounds(argument: Argument, parsed: Any, place: str) -> Iterator[str]:  # noqa: ANN401 - checked before
    limits = _LIMITS.get(argument.kind)
    if limits is None:
        return
    too_small, too_large, slack = limits
    size = parsed if argument.kind in {"integer", "number"} else len(parsed)
    if argument.least is not None and size < argument.least:
        yield f"{too_small.format(argument.least - slack)} {place}"
    if argument.most is not None and size > argument.most:
        yield f"{too_large.format(argument.most + slack)} {place}"


# Per kind: what is said of too little, of too much, and by how much the figure in that sentence is off the limit.
_LIMITS = {
    "integer": ("must be greater than {}", "must be less than {}", 0),
    "number": ("must be greater than {}", "must be less than {}", 0),
    "string": ("must be more than {} characters", "must be less than {} characters", 1),
    "array": ("no fewer than {} items allowed", "no more than {} items allowed", 0),
}
