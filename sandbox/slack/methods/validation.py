"""blocks.validate: the official check of Block Kit, without sending anything."""

from __future__ import annotations

import re
from typing import Any

from sandbox.slack.arguments import Arguments
from sandbox.slack.blocks import checked_blocks, checked_view
from sandbox.slack.errors import JSON, SlackError
from sandbox.slack.methods.call import Call, Method

_PLACE = re.compile(r"(?P<message>.*) \[json-pointer:(?P<pointer>[^\]]*)\]", re.DOTALL)
_CODES = {"blocks": "invalid_blocks", "message": "invalid_message", "view": "invalid_view"}


async def validate(call: Call) -> JSON:
    """Check blocks, a message or a view; the answer lists what is wrong and where."""
    given = [name for name in _CODES if call.args.text(name) is not None]
    if len(given) != 1:
        messages = ["must provide exactly one of `blocks`, `view`, or `message`"]
        raise SlackError("invalid_arguments", response_metadata={"messages": messages})
    name = given[0]
    try:
        _check(call, name, call.args.structure(name))
    except SlackError as error:
        problems = error.details.get("errors") or [f"{error.code} [json-pointer:]"]
        listed = problems if isinstance(problems, list) else [problems]
        raise SlackError(_CODES[name], errors=[_described(str(item), name) for item in listed]) from error
    return {}


def _check(call: Call, name: str, value: Any) -> None:  # noqa: ANN401 - strangers' JSON
    new_id = call.slack.composer.block_id
    if name == "blocks":
        checked_blocks(value, new_id)
    elif name == "view":
        checked_view(value, None, new_id)
    elif isinstance(value, dict):
        call.slack.composer.content(Arguments(value))
    else:
        raise SlackError("invalid_arguments")


def _described(problem: str, name: str) -> JSON:
    """Return a problem in this method's form: pointers begin inside of what was given."""
    found = _PLACE.fullmatch(problem)
    message, pointer = (found["message"], found["pointer"]) if found else (problem, "")
    inside = pointer.removeprefix(f"/{name}")
    return {"code": "failed_constraint", "message": message, "pointer": inside, "constraint": {}}


METHODS: dict[str, Method] = {"blocks.validate": validate}
