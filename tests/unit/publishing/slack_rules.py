"""Slack's published limits on messages and views, written down anew so that the product's own table is not trusted."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from services.publishing import Message

JSON = dict[str, Any]


def check_message(message: Message) -> None:
    assert 0 < _units(message.text) <= 4_000
    _check_mrkdwn(message.text)
    assert 0 < len(message.blocks) <= 50
    assert sum(_units(json.dumps(block, ensure_ascii=False)) for block in message.blocks) <= 12_000
    _check_blocks(list(message.blocks))


def check_view(view: JSON) -> None:
    assert len(view["blocks"]) <= 100
    assert len(json.dumps(view)) <= 250_000
    assert len(view.get("private_metadata", "")) <= 3_000
    for field in ("title", "submit", "close"):
        assert len(view.get(field, {}).get("text", "x")) <= 24
    View(**view).to_dict()
    _check_blocks(view["blocks"])


def shown(message: Message) -> str:
    """All that the message's blocks show, one text a line."""
    return "\n".join(str(found["text"]) for found in texts(list(message.blocks)))


def texts(value: object) -> Iterator[JSON]:
    """Every text object."""
    if isinstance(value, dict):
        if value.get("type") in {"mrkdwn", "plain_text"}:
            yield value
        for inner in value.values():
            yield from texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner)


def buttons(message: Message) -> dict[str, JSON]:
    """The buttons by action id."""
    rows = [block for block in message.blocks if block["type"] == "actions"]
    return {element["action_id"]: element for row in rows for element in row["elements"]}


def _check_blocks(blocks: list[JSON]) -> None:
    for block in blocks:
        parsed = Block.parse(block)
        assert parsed is not None
        parsed.validate_json()
        parsed.to_dict()
        _LIMITS.get(block["type"], lambda _: None)(block)
    for text in texts(blocks):
        assert text["text"]
        if text["type"] == "mrkdwn":
            assert text["verbatim"] is True
            _check_mrkdwn(text["text"])


def _check_section(block: JSON) -> None:
    assert _units(block["text"]["text"]) <= 3_000
    image = block.get("accessory") or {}
    if image.get("type") == "image":
        assert image["image_url"].startswith("https://")
        assert _units(image["image_url"]) <= 3_000
        assert 0 < _units(image["alt_text"]) <= 2_000


def _check_header(block: JSON) -> None:
    assert _units(block["text"]["text"]) <= 150


def _check_context(block: JSON) -> None:
    assert 0 < len(block["elements"]) <= 10
    assert all(_units(element["text"]) <= 2_000 for element in block["elements"])


def _check_actions(block: JSON) -> None:
    assert 0 < len(block["elements"]) <= 25
    ids = [element["action_id"] for element in block["elements"]]
    assert len(ids) == len(set(ids))
    for element in block["elements"]:
        assert len(element["text"]["text"]) <= 75
        assert len(element.get("value", "")) <= 2_000
        assert len(element.get("url", "")) <= 3_000


_LIMITS = {"section": _check_section, "header": _check_header, "context": _check_context, "actions": _check_actions}
_OUR_LINK = re.compile(r"<https?://[^\s<>|]+\|[^<>|]*>|<!date\^\d+\^[^<>|]+\|[^<>|]+>|<#C\w+>")


def _check_mrkdwn(text: str) -> None:
    """Nothing in angle brackets but links to the web, dates and channels; no half entity."""
    bare = _OUR_LINK.sub("", text)
    assert not re.search(r"[<>]", bare), bare
    assert not re.search(r"&(?!amp;|lt;|gt;)", text), text


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
