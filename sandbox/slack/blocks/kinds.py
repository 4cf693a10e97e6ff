"""The blocks and their limits, as tables."""

from __future__ import annotations

from sandbox.slack.blocks.checks import (
    Check,
    Field,
    Fields,
    address,
    anything,
    array,
    at_least_one,
    boolean,
    every,
    exactly_one,
    integer,
    one_of,
    shape,
    string,
    text_object,
    typed,
    unless,
)
from sandbox.slack.blocks.elements import CHOICES, IMAGE, PICKERS, SELECTS, TEXT_INPUTS, element

_BOTH = ("plain_text", "mrkdwn")
_BUTTONS = ("button", "workflow_button")
_INTERACTIVE = (*_BUTTONS, "overflow", *SELECTS, *PICKERS, *CHOICES)
_ONE_IMAGE = exactly_one("image_url", "slack_file")
_BLOCK_ID = Field(string(255))


def _block(**fields: Field) -> Check:
    return shape({**fields, "block_id": _BLOCK_ID})


_LIST_FIELDS: Fields = {
    "style": Field(one_of("bullet", "ordered"), required=True),
    "indent": Field(integer(0, 8)),
    "offset": Field(integer(0, 10_000)),
}
_RICH_PARTS: dict[str, Fields] = {
    "rich_text_section": {},
    "rich_text_quote": {},
    "rich_text_preformatted": {"language": Field(string(50))},
    "rich_text_list": _LIST_FIELDS,
}
_PART: Fields = {"elements": Field(array(anything, 10_000, 0), required=True), "border": Field(anything)}
_RICH_PART = typed({kind: shape({**_PART, **fields}) for kind, fields in _RICH_PARTS.items()})
_RICH_TEXT = typed({"rich_text": _block(elements=Field(array(_RICH_PART, 10_000, 0), required=True))})
_CONTEXT_ITEM = typed(
    {
        "image": every(IMAGE, _ONE_IMAGE),
        "plain_text": text_object(3000, "plain_text"),
        "mrkdwn": text_object(3000, "mrkdwn"),
    }
)
_CELL = typed(
    {
        "raw_text": shape({"text": Field(string(12_000), required=True)}),
        "raw_number": shape({"value": Field(anything, required=True), "text": Field(string(100))}),
        "rich_text": _RICH_TEXT,
    }
)
_COLUMN = shape({"align": Field(one_of("left", "center", "right")), "is_wrapped": Field(boolean)})
_TASK = _block(
    task_id=Field(string(255, 1), required=True),
    title=Field(string(300, 1), required=True),
    status=Field(one_of("pending", "in_progress", "complete", "error"), required=True),
    details=Field(_RICH_TEXT),
    output=Field(_RICH_TEXT),
    sources=Field(array(element("url"), 50, 0)),
)
_CARD = _block(
    hero_image=Field(IMAGE),
    icon=Field(IMAGE),
    title=Field(text_object(150, *_BOTH)),
    subtitle=Field(text_object(150, *_BOTH)),
    body=Field(text_object(200, *_BOTH)),
    actions=Field(array(element(*_BUTTONS), 5)),
)
_SECTION = _block(
    text=Field(text_object(3000, *_BOTH)),
    fields=Field(array(text_object(2000, *_BOTH), 10)),
    accessory=Field(element("image", *_INTERACTIVE)),
    expand=Field(boolean),
)
_IMAGE = _block(
    image_url=Field(address()),
    slack_file=Field(anything),
    alt_text=Field(string(2000), required=True),
    title=Field(text_object(2000, "plain_text")),
)
_VIDEO = _block(
    alt_text=Field(string(2000), required=True),
    title=Field(text_object(199, "plain_text"), required=True),
    thumbnail_url=Field(address(), required=True),
    video_url=Field(address(), required=True),
    title_url=Field(address()),
    author_name=Field(string(49)),
    description=Field(text_object(199, "plain_text")),
    provider_name=Field(string(49)),
    provider_icon_url=Field(address()),
)
_TABLE = _block(
    rows=Field(array(array(_CELL, 20), 100), required=True),
    column_settings=Field(array(_COLUMN, 20, 0)),
)

CONTENT: dict[str, Check] = {
    "section": every(_SECTION, at_least_one("text", "fields")),
    "divider": _block(),
    "image": every(_IMAGE, _ONE_IMAGE),
    "actions": _block(elements=Field(array(element(*_INTERACTIVE), 25), required=True)),
    "context": _block(elements=Field(array(_CONTEXT_ITEM, 10), required=True)),
    "context_actions": _block(elements=Field(array(element("feedback_buttons", "icon_button"), 5), required=True)),
    "header": _block(text=Field(text_object(150, "plain_text"), required=True), level=Field(integer(1, 6))),
    "markdown": _block(text=Field(string(12_000, 1), required=True)),
    "rich_text": _RICH_TEXT,
    "video": _VIDEO,
    "table": _TABLE,
    "alert": _block(
        text=Field(text_object(3000, *_BOTH), required=True),
        level=Field(one_of("default", "info", "warning", "error", "success")),
    ),
    "card": every(_CARD, at_least_one("hero_image", "title", "body", "actions")),
    "carousel": _block(elements=Field(array(typed({"card": _CARD}), 10), required=True)),
    "task_card": _TASK,
    "plan": _block(title=Field(string(300, 1), required=True), tasks=Field(array(typed({"task_card": _TASK}), 50, 0))),
}
_CONTAINER = _block(
    child_blocks=Field(array(typed(dict(CONTENT)), 10), required=True),
    title=Field(text_object(150, "plain_text")),
    rich_text_title=Field(_RICH_TEXT),
    subtitle=Field(text_object(150, *_BOTH)),
    width=Field(one_of("narrow", "standard", "wide", "full")),
    is_collapsible=Field(boolean),
    default_collapsed=Field(boolean),
    has_header_divider=Field(boolean),
    icon=Field(IMAGE),
)
CONTENT["container"] = every(
    _CONTAINER,
    at_least_one("title", "rich_text_title"),
    unless("default_collapsed", "is_collapsible", present=True),
    unless("has_header_divider", "is_collapsible", present=False),
)
_INPUT = _block(
    label=Field(text_object(2000, "plain_text"), required=True),
    element=Field(element(*TEXT_INPUTS, "file_input", *SELECTS, *PICKERS, *CHOICES), required=True),
    dispatch_action=Field(boolean),
    hint=Field(text_object(2000, "plain_text")),
    optional=Field(boolean),
)
MESSAGE_BLOCKS: dict[str, Check] = {
    **CONTENT,
    "input": _INPUT,
    "file": _block(external_id=Field(anything), source=Field(anything)),
}
VIEW_BLOCKS: dict[str, Check] = {
    kind: check for kind, check in {**CONTENT, "input": _INPUT}.items() if kind not in {"table", "task_card", "plan"}
}
