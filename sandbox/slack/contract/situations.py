"""Situations in which methods answer the errors that need a story: somebody else's message, an ended stream."""

from __future__ import annotations

from sandbox.slack.contract.examples import EXAMPLES, Example
from sandbox.slack.contract.staging import ADA, MODAL, Stage
from sandbox.slack.errors import JSON


async def _foreign(stage: Stage) -> JSON:
    posted = await stage.call("chat.postMessage", ADA, channel=stage.channel(), text="not the app's")
    return {"channel": stage.channel(), "ts": posted["ts"], "text": "other words"}


async def _streaming(stage: Stage) -> JSON:
    return {**await stage.stream(), "text": "other words"}


async def _foreign_as_stream(stage: Stage) -> JSON:
    return {**await _foreign(stage), "markdown_text": "words"}


async def _stopped(stage: Stage) -> JSON:
    place = await stage.stream()
    message = stage.slack.workspace.message(str(place["channel"]), str(place["ts"]))
    stage.slack.streams.stop_by_user(message)
    return {**place, "markdown_text": "words"}


async def _ended(stage: Stage) -> JSON:
    place = await stage.stream()
    await stage.call("chat.stopStream", **place)
    return {**place, "markdown_text": "words"}


async def _stream_in_channel(stage: Stage) -> JSON:
    place = await stage.message()
    return {"channel": place["channel"], "thread_ts": place["ts"]}


async def _stream_for_nobody(stage: Stage) -> JSON:
    return {**await _stream_in_channel(stage), "recipient_team_id": stage.slack.workspace.team.id}


async def _archived(stage: Stage) -> JSON:
    made = await stage.new_channel()
    await stage.call("conversations.archive", channel=made)
    return {"channel": made, "text": "words", "topic": "T", "purpose": "P", "name": "n"}


async def _deep(stage: Stage) -> JSON:
    view = await stage.modal()
    for _ in range(2):
        await stage.call("views.push", trigger_id=stage.trigger(view), view=MODAL)
    return {"trigger_id": stage.trigger(view), "view": MODAL}


async def _late(stage: Stage) -> JSON:
    trigger = stage.trigger()
    stage.slack.clock.advance(4)
    return {"trigger_id": trigger, "view": MODAL}


async def _named_twice(stage: Stage) -> JSON:
    view = {**MODAL, "external_id": stage.slack.ids.secret()}
    await stage.call("views.open", trigger_id=stage.trigger(), view=view)
    return {"trigger_id": stage.trigger(), "view": view}


async def _foreign_file(stage: Stage) -> JSON:
    ticket = await stage.call("files.getUploadURLExternal", ADA, filename="a.txt", length=3)
    async with stage.session.post(ticket["upload_url"], data=b"abc") as response:
        response.raise_for_status()
    return {"files": [{"id": ticket["file_id"]}]}


async def _shared_by_another(stage: Stage) -> JSON:
    files = await _foreign_file(stage)
    await stage.call("files.completeUploadExternal", ADA, **files, channel_id=stage.channel())
    await stage.call("chat.postMessage", channel=stage.channel(), text="a moment later")
    stage.slack.clock.advance(1)
    return {"file": files["files"][0]["id"]}


async def _session_in_channel(stage: Stage) -> JSON:
    return {"channel_id": stage.channel(), "status": "active", "title": "T"}


async def _no_session(stage: Stage) -> JSON:
    place = await stage.thread()
    return {"channel_id": place["channel"], "thread_ts": place["ts"], "title": "T"}


async def _readable_canvas(stage: Stage) -> JSON:
    document = {"type": "markdown", "markdown": "words"}
    made = await stage.call("canvases.create", ADA, title="T", document_content=document)
    canvas = str(made["canvas_id"])
    await stage.call("canvases.access.set", ADA, canvas_id=canvas, access_level="read", channel_ids=[stage.channel()])
    change = {"operation": "insert_at_end", "document_content": document}
    return {"canvas_id": canvas, "changes": [change], "access_level": "read", "user_ids": [stage.other]}


def _fixed(**arguments: object) -> Example:
    async def made(stage: Stage) -> JSON:
        return {name: value(stage) if callable(value) else value for name, value in arguments.items()}

    return made


def _changed(method: str, **arguments: object) -> Example:
    async def made(stage: Stage) -> JSON:
        return {**await EXAMPLES[method](stage), **await _fixed(**arguments)(stage)}

    return made


def _without(method: str, *names: str) -> Example:
    async def made(stage: Stage) -> JSON:
        return {name: value for name, value in (await EXAMPLES[method](stage)).items() if name not in names}

    return made


async def _direct(stage: Stage) -> JSON:
    channel = (await stage.thread())["channel"]
    return {"channel": channel, "topic": "T", "purpose": "P", "name": "n", "users": stage.other}


def _outside(stage: Stage) -> str:
    return stage.channel("random")


def _general(stage: Stage) -> str:
    return stage.channel("general")


def _bot(stage: Stage) -> str:
    return stage.slack.workspace.bot.id


_ELSEWHERE = (
    "chat.postMessage",
    "chat.postEphemeral",
    "chat.meMessage",
    "chat.scheduleMessage",
    "conversations.history",
)
_NOT_IN_DIRECT = ("archive", "invite", "kick", "leave", "rename", "setPurpose", "setTopic", "unarchive")
SITUATIONS: tuple[tuple[str, str, Example], ...] = (
    *((name, "not_in_channel", _changed(name, channel=_outside)) for name in _ELSEWHERE),
    *((f"conversations.{name}", "method_not_supported_for_channel_type", _direct) for name in _NOT_IN_DIRECT),
    *((name, "is_archived", _archived) for name in ("chat.postMessage", "chat.meMessage", "conversations.join")),
    *((f"conversations.{name}", "is_archived", _archived) for name in ("leave", "rename", "setPurpose", "setTopic")),
    *((f"views.{name}", "expired_trigger_id", _late) for name in ("open", "push")),
    ("agents.sessions.rename", "session_not_found", _no_session),
    ("agents.sessions.rename", "thread_ts_required", _session_in_channel),
    ("agents.sessions.setStatus", "thread_ts_required", _session_in_channel),
    ("blocks.validate", "invalid_arguments", _fixed()),
    ("blocks.validate", "invalid_message", _fixed(message={})),
    ("blocks.validate", "invalid_view", _fixed(view={"type": "modal"})),
    ("canvases.access.set", "invalid_parameters", _without("canvases.access.set", "channel_ids")),
    ("canvases.access.set", "restricted_action", _readable_canvas),
    (
        "canvases.access.set",
        "user_not_found",
        _changed("canvases.access.delete", user_ids=["U0NO"], access_level="read"),
    ),
    ("canvases.create", "canvas_creation_failed", _fixed(channel_id=_outside)),
    ("canvases.delete", "restricted_action", _readable_canvas),
    (
        "canvases.edit",
        "canvas_editing_failed",
        _changed("canvases.edit", changes=[{"operation": "delete", "section_id": "x"}]),
    ),
    ("canvases.edit", "restricted_action", _readable_canvas),
    ("chat.appendStream", "message_not_in_streaming_state", _ended),
    ("chat.appendStream", "message_not_owned_by_app", _foreign_as_stream),
    ("chat.appendStream", "stopped_by_user", _stopped),
    ("chat.delete", "cant_delete_message", _foreign),
    (
        "chat.postEphemeral",
        "user_not_in_channel",
        _changed("chat.postEphemeral", user=lambda stage: stage.info["users"][3]["id"]),
    ),
    ("chat.startStream", "missing_recipient_team_id", _stream_in_channel),
    ("chat.startStream", "missing_recipient_user_id", _stream_for_nobody),
    ("chat.stopStream", "message_not_in_streaming_state", _stopped),
    ("chat.stopStream", "message_not_owned_by_app", _foreign_as_stream),
    ("chat.unfurl", "cannot_find_channel", _changed("chat.unfurl", channel="C0NOWHERE01")),
    ("chat.unfurl", "cannot_find_message", _changed("chat.unfurl", ts="1.000001")),
    ("chat.unfurl", "cannot_unfurl_url", _foreign),
    ("chat.unfurl", "invalid_unfurl_id", _fixed(unfurl_id="U0", source="composer", unfurls={})),
    ("chat.unfurl", "missing_channel", _fixed(unfurls={})),
    ("chat.unfurl", "missing_source", _fixed(unfurl_id="U0", unfurls={})),
    ("chat.unfurl", "missing_ts", _without("chat.unfurl", "ts")),
    ("chat.unfurl", "missing_unfurl_id", _fixed(source="composer", unfurls={})),
    ("chat.unfurl", "missing_unfurls", _without("chat.unfurl", "unfurls")),
    ("chat.update", "cant_update_message", _foreign),
    ("chat.update", "msg_too_long", _changed("chat.update", text="x" * 4001)),
    ("chat.update", "streaming_state_conflict", _streaming),
    ("conversations.archive", "cant_archive_general", _fixed(channel=_general)),
    ("conversations.close", "method_not_supported_for_channel_type", _fixed(channel=_general)),
    ("conversations.create", "invalid_name_specials", _fixed(name="No Such Name")),
    ("conversations.invite", "cant_invite_self", _changed("conversations.invite", users=_bot)),
    ("conversations.invite", "no_user", _changed("conversations.invite", users="")),
    ("conversations.join", "method_not_supported_for_channel_type", _direct),
    ("conversations.kick", "cant_kick_self", _changed("conversations.kick", user=_bot)),
    ("conversations.list", "invalid_types", _fixed(types="secret")),
    ("conversations.mark", "invalid_timestamp", _changed("conversations.mark", ts="x")),
    ("conversations.open", "users_list_not_supplied", _fixed()),
    ("conversations.replies", "not_in_channel", _changed("conversations.replies", channel=_outside)),
    ("conversations.replies", "thread_not_found", _changed("conversations.replies", ts="1.000001")),
    ("files.completeUploadExternal", "access_denied", _foreign_file),
    ("files.completeUploadExternal", "not_in_channel", _changed("files.completeUploadExternal", channel_id=_outside)),
    ("files.delete", "cant_delete_file", _shared_by_another),
    ("pins.add", "no_item_specified", _without("pins.add", "timestamp")),
    ("pins.add", "not_in_channel", _changed("pins.add", channel=_outside)),
    ("reactions.add", "invalid_name", _changed("reactions.add", name="no such name")),
    ("reactions.get", "no_item_specified", _without("reactions.get", "timestamp")),
    ("views.open", "duplicate_external_id", _named_twice),
    ("views.open", "view_too_large", _changed("views.open", view={**MODAL, "private_metadata": "x" * 260_000})),
    ("views.push", "push_limit_reached", _deep),
    ("views.update", "hash_conflict", _changed("views.update", hash="1.x")),
    ("views.update", "not_found", _changed("views.update", view_id="V0NOTHING01")),
)
