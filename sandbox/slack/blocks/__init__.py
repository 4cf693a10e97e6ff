"""Block Kit as Slack checks it: shapes, lengths, totals, and the ids it fills in."""

from __future__ import annotations

import copy
import json
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, cast

from sandbox.slack.blocks.checks import (
    Check,
    Field,
    anything,
    array,
    at,
    boolean,
    one_of,
    shape,
    string,
    text_object,
    typed,
)
from sandbox.slack.blocks.kinds import MESSAGE_BLOCKS, VIEW_BLOCKS
from sandbox.slack.errors import JSON, SlackError, invalid

# The documentation gives no total; messages were seen refused from 13,172 to 13,297 characters on.
TOTAL_CHARACTERS = 13_200
MARKDOWN_CHARACTERS = 12_000
_MESSAGE_BLOCKS = 50
_VIEW_BLOCKS = 100
_VIEW_BYTES = 250_000

_message = array(typed(MESSAGE_BLOCKS), _MESSAGE_BLOCKS, 0)
_short = Field(text_object(24, "plain_text"))
_VIEW_COMMON = {
    "blocks": Field(array(typed(VIEW_BLOCKS), _VIEW_BLOCKS, 0), required=True),
    "private_metadata": Field(string(3000)),
    "callback_id": Field(string(255)),
    "external_id": Field(string(255)),
    "submit": _short,
    "close": _short,
    "clear_on_close": Field(boolean),
    "notify_on_close": Field(boolean),
    "submit_disabled": Field(boolean),
}
_VIEWS: dict[str, Check] = {
    "modal": shape({**_VIEW_COMMON, "title": Field(text_object(24, "plain_text"), required=True)}),
    "home": shape({**_VIEW_COMMON, "title": Field(anything)}),
}


def checked_blocks(blocks: object, new_id: Callable[[], str]) -> list[JSON]:
    """Return a message's blocks with every `block_id` and `action_id` filled in.

    Raises:
        SlackError: `invalid_blocks_format`, `invalid_blocks` with the problems, or `msg_blocks_too_long`.
    """
    if not isinstance(blocks, list):
        raise SlackError("invalid_blocks_format")
    problems = [*_message(blocks, "/blocks"), *_duplicates(blocks)]
    if problems:
        raise invalid("invalid_blocks", problems)
    markdown = sum(len(block["text"]) for block in blocks if block["type"] == "markdown")
    total = len(json.dumps(blocks, ensure_ascii=False, separators=(",", ":")))
    if total > TOTAL_CHARACTERS or markdown > MARKDOWN_CHARACTERS:
        raise SlackError("msg_blocks_too_long")
    return _with_ids(blocks, new_id)


def checked_view(view: object, kind: str | None, new_id: Callable[[], str]) -> JSON:
    """Return a view's content with its ids filled in. `kind` is the type that it must be, when there is only one.

    Raises:
        SlackError: `invalid_arguments` with the problems, or `view_too_large`.
    """
    if not isinstance(view, dict):
        raise invalid("invalid_arguments", [at("must be an object", "/view")])
    if len(json.dumps(view)) > _VIEW_BYTES:
        raise SlackError("view_too_large")
    problems = list(one_of(*([kind] if kind else _VIEWS))(view.get("type"), "/view/type"))
    problems = problems or [*_VIEWS[view["type"]](view, "/view"), *_view_rules(view)]
    if problems:
        raise invalid("invalid_arguments", problems)
    return {**view, "blocks": _with_ids(view["blocks"], new_id)}


def _view_rules(view: JSON) -> Iterator[str]:
    blocks = view.get("blocks")
    if not isinstance(blocks, list):
        return
    yield from _duplicates(blocks)
    has_input = any(isinstance(block, dict) and block.get("type") == "input" for block in blocks)
    if has_input and view["type"] == "modal" and not view.get("submit"):
        yield at("missing required field: submit", "/view")


def _duplicates(blocks: list[Any]) -> Iterator[str]:
    given = Counter(block.get("block_id") for block in blocks if isinstance(block, dict))
    for block_id, count in given.items():
        if block_id and count > 1:
            yield at(f'`block_id` "{block_id}" already exists', "/blocks")
    for index, block in enumerate(blocks):
        actions = Counter(element.get("action_id") for element in interactive_elements(block))
        yield from (
            at(f'`action_id` "{action}" already exists for `block_id`', f"/blocks/{index}")
            for action, count in actions.items()
            if action and count > 1
        )


def interactive_elements(block: object) -> Iterator[JSON]:
    """Yield the interactive elements of one block, those of nested blocks excepted."""
    if not isinstance(block, dict):
        return
    found = [block.get("accessory"), block.get("element")]
    for name in ("elements", "actions"):
        nested = block.get(name)
        if isinstance(nested, list) and block.get("type") not in {"rich_text", "context", "carousel"}:
            found += nested
    yield from (item for item in found if isinstance(item, dict) and item.get("type") not in {"image", None})


def walk(blocks: list[JSON]) -> Iterator[JSON]:
    """Yield all blocks, those inside containers and carousels included."""
    for block in blocks:
        yield block
        nested = block.get("child_blocks") or (block["elements"] if block["type"] == "carousel" else [])
        yield from walk(cast("list[JSON]", nested))


def _with_ids(blocks: list[JSON], new_id: Callable[[], str]) -> list[JSON]:
    filled = copy.deepcopy(blocks)
    for block in walk(filled):
        block["block_id"] = block.get("block_id") or new_id()
        for element in interactive_elements(block):
            if element["type"] != "url":
                element["action_id"] = element.get("action_id") or new_id()
    return filled
