"""canvases.* and conversations.canvases.create."""

from __future__ import annotations

from typing import Any

from sandbox.slack.access import own_channel
from sandbox.slack.canvases import MOST_CHARACTERS
from sandbox.slack.errors import JSON, SlackError, invalid, missing
from sandbox.slack.methods.call import Call, Method
from sandbox.slack.model import StoredFile

_OPERATIONS = {"insert_at_start", "insert_at_end", "insert_before", "insert_after", "replace", "delete", "rename"}
_NEED_SECTION = {"insert_before", "insert_after", "delete"}
_LEVELS = {"read", "write", "owner"}
_SECTION_TYPES = {"h1", "h2", "h3", "any_header"}


def _markdown(content: object, place: str) -> str:
    """Return the markdown of a document_content; raises `invalid_arguments`."""
    fits = isinstance(content, dict) and content.get("type") == "markdown" and isinstance(content.get("markdown"), str)
    if not (isinstance(content, dict) and fits):
        raise invalid("invalid_arguments", [f"must be an object of type markdown [json-pointer:{place}]"])
    markdown = str(content["markdown"])
    if len(markdown) > MOST_CHARACTERS:
        problem = f"must be less than {MOST_CHARACTERS + 1} characters [json-pointer:{place}/markdown]"
        raise invalid("invalid_arguments", [problem])
    return markdown


def _new_canvas(call: Call, channel: str | None) -> JSON:
    content = call.args.structure("document_content")
    markdown = _markdown(content, "/document_content") if content is not None else ""
    file = call.slack.canvases.create(call.caller.user, call.args.text("title") or "", markdown, channel)
    return {"canvas_id": file.id}


async def create(call: Call) -> JSON:
    """Make a canvas, alone or with `channel_id` as a tab of that channel."""
    wanted = call.args.text("channel_id")
    if wanted is None:
        return _new_canvas(call, None)
    try:
        channel = own_channel(call.slack, call.caller, wanted)
    except SlackError as error:
        raise SlackError("canvas_creation_failed", detail=error.code) from error
    return _new_canvas(call, channel.id)


async def create_in_channel(call: Call) -> JSON:
    """Make the one canvas that a channel has."""
    wanted = call.args.required("channel_id")
    try:
        channel = own_channel(call.slack, call.caller, wanted)
    except SlackError as error:
        raise SlackError("channel_canvas_creation_failed", detail=error.code) from error
    if call.slack.canvases.of_channel(channel.id) is not None:
        raise SlackError("channel_canvas_already_exists")
    return _new_canvas(call, channel.id)


def _canvas(call: Call, level: str) -> StoredFile:
    return call.slack.canvases.get(call.args.required("canvas_id"), call.me, level)


async def edit(call: Call) -> JSON:
    """Apply one change to a canvas."""
    changes: Any = call.args.structure("changes")
    if changes is None:
        raise missing("changes")
    if not isinstance(changes, list) or len(changes) != 1:
        raise invalid("invalid_arguments", ["must have exactly 1 item [json-pointer:/changes]"])
    change: Any = changes[0]
    if not isinstance(change, dict) or change.get("operation") not in _OPERATIONS:
        allowed = ", ".join(sorted(_OPERATIONS))
        raise invalid("invalid_arguments", [f"must be one of: {allowed} [json-pointer:/changes/0/operation]"])
    operation = change["operation"]
    if operation in _NEED_SECTION and not isinstance(change.get("section_id"), str):
        raise invalid("invalid_arguments", ["missing required field: section_id [json-pointer:/changes/0]"])
    if operation != "delete":
        field = "title_content" if operation == "rename" else "document_content"
        _markdown(change.get(field), f"/changes/0/{field}")
    call.slack.canvases.edit(_canvas(call, "write"), change)
    return {}


async def delete(call: Call) -> JSON:
    """Delete a canvas."""
    await call.slack.filing.delete(_canvas(call, "owner"))
    return {}


def _holders(call: Call) -> list[str]:
    channels, users = call.args.names("channel_ids"), call.args.names("user_ids")
    if bool(channels) == bool(users):
        raise SlackError("invalid_parameters")
    for channel in channels:
        if not call.slack.workspace.can_see(call.me, call.slack.workspace.channel(channel)):
            raise SlackError("channel_not_found")
    for user in users:
        call.slack.workspace.user(user)
    return channels or users


async def set_access(call: Call) -> JSON:
    """Let users, or the members of channels, read or write a canvas; users may also own it."""
    level = call.args.required("access_level")
    if level not in _LEVELS:
        raise invalid("invalid_arguments", ["must be one of: read, write, owner [json-pointer:/access_level]"])
    file, holders = _canvas(call, "owner"), _holders(call)
    if level == "owner" and call.args.names("channel_ids"):
        raise SlackError("invalid_parameters")
    call.slack.canvases.grant(file, holders, level)
    return {}


async def remove_access(call: Call) -> JSON:
    """Take access to a canvas away."""
    call.slack.canvases.revoke(_canvas(call, "owner"), _holders(call))
    return {}


async def lookup_sections(call: Call) -> JSON:
    """Return the ids of the sections that have one of `section_types` and contain a text."""
    criteria: Any = call.args.structure("criteria")
    if criteria is None:
        raise missing("criteria")
    types = criteria.get("section_types", []) if isinstance(criteria, dict) else None
    text = criteria.get("contains_text", "") if isinstance(criteria, dict) else None
    if not isinstance(types, list) or not isinstance(text, str) or not set(map(str, types)) <= _SECTION_TYPES:
        raise invalid("invalid_arguments", ["must be valid criteria [json-pointer:/criteria]"])
    sections: list[JSON] = (_canvas(call, "read").canvas or {})["sections"]
    wanted = {"h1", "h2", "h3", *types} if "any_header" in types else set(types)
    found = [item for item in sections if (not wanted or item["type"] in wanted) and text in item["markdown"]]
    return {"sections": [{"id": item["id"]} for item in found]}


METHODS: dict[str, Method] = {
    "canvases.create": create,
    "conversations.canvases.create": create_in_channel,
    "canvases.edit": edit,
    "canvases.delete": delete,
    "canvases.access.set": set_access,
    "canvases.access.delete": remove_access,
    "canvases.sections.lookup": lookup_sections,
}
