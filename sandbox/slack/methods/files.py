"""files.*: uploads in three steps, information, deletion."""

from __future__ import annotations

from sandbox.slack.access import target_channel
from sandbox.slack.arguments import Arguments
from sandbox.slack.errors import JSON, SlackError, invalid, missing
from sandbox.slack.methods.call import Call, Method
from sandbox.slack.methods.chat import disguise, put_in_thread
from sandbox.slack.model import Channel, Message, StoredFile

_MOST_CHANNELS = 100
_MOST_ALT_TEXT = 1000
_PROCESSING_SECONDS = 0.1


async def get_upload_url(call: Call) -> JSON:
    """Give an address to which exactly `length` bytes may be posted."""
    name, size = call.args.required("filename"), call.args.number("length", -1)
    alt_text = call.args.text("alt_txt")
    if size < 0:
        raise invalid("invalid_arguments", ["must be a number of bytes [json-pointer:/length]"])
    if alt_text and len(alt_text) > _MOST_ALT_TEXT:
        raise SlackError("alt_txt_too_large")
    file = call.slack.filing.announce(name, size, call.caller.user, alt_text)
    return {"upload_url": f"{call.slack.rendering.base_url}/upload/v1/{file.ticket}", "file_id": file.id}


async def complete_upload(call: Call) -> JSON:
    """Make uploaded files real and share them; the message appears a moment after the answer."""
    wanted = call.args.structure("files")
    if not isinstance(wanted, list) or not wanted or not all(isinstance(item, dict) for item in wanted):
        raise missing("files")
    files = [_uploaded(call, item) for item in wanted]
    channels = _channels(call)
    messages = [_message(call, channel) for channel in channels]
    for file, item in zip(files, wanted, strict=True):
        call.slack.filing.complete(file, item.get("title"))
    if messages:
        # Real uploads finish asynchronously: whoever looks for the share at once does not find it.
        call.slack.background.later(_PROCESSING_SECONDS, lambda: _share(call, files, messages))
    return {"files": [{"id": file.id, "title": file.title} for file in files]}


def _uploaded(call: Call, item: JSON) -> StoredFile:
    file = call.slack.workspace.files.get(str(item.get("id")))
    if file is None or file.state != "uploaded":
        raise SlackError("file_not_found")
    if file.user != call.me:
        raise SlackError("access_denied")
    return file


def _channels(call: Call) -> list[Channel]:
    single = call.args.text("channel_id")
    targets = [*([single] if single else []), *call.args.names("channels")]
    if len(targets) > _MOST_CHANNELS:
        raise SlackError("channels_limit_exceeded")
    return [target_channel(call.slack, call.caller, target) for target in targets]


def _message(call: Call, channel: Channel) -> Message:
    """Return the message that will carry the files; its timestamp is given when it is posted."""
    values = {"text": call.args.text("initial_comment"), "blocks": call.args.values.get("blocks")}
    values["link_names"] = call.args.values.get("link_names")
    if values["text"]:
        values["blocks"] = None
    content = call.slack.composer.content(Arguments(values), may_be_empty=True)
    message = call.slack.messaging.new_message(channel, call.caller.user)
    content.fill(message)
    put_in_thread(call, channel, message)
    disguise(call, message)
    return message


def _share(call: Call, files: list[StoredFile], messages: list[Message]) -> None:
    for message in messages:
        message.ts = call.slack.ids.ts()
        present = [file for file in files if file.state == "completed"]
        call.slack.filing.share(present, message, call.slack.workspace.channels[message.channel])


def _visible(call: Call) -> StoredFile:
    file = call.slack.workspace.file(call.args.required("file"))
    if not call.slack.filing.visible_to(call.me, file):
        raise SlackError("file_not_found")
    return file


async def info(call: Call) -> JSON:
    """Describe a file."""
    shown = call.slack.rendering.file(_visible(call))
    return {"file": shown, "comments": [], "response_metadata": {"next_cursor": ""}}


async def delete(call: Call) -> JSON:
    """Delete a file of one's own."""
    file = _visible(call)
    if file.user != call.me:
        raise SlackError("cant_delete_file")
    await call.slack.filing.delete(file)
    return {}


async def list_files(call: Call) -> JSON:
    """List the files that the caller may see, newest first, by `channel`, `user` and page number."""
    channel, user = call.args.text("channel"), call.args.text("user")
    if user is not None:
        call.slack.workspace.user(user)
    count, number = max(call.args.number("count", 100), 1), max(call.args.number("page", 1), 1)
    found = [
        file
        for file in call.slack.workspace.files.values()
        if file.state == "completed"
        and call.slack.filing.visible_to(call.me, file)
        and user in {None, file.user}
        and (channel is None or any(share["channel"] == channel for share in file.shares))
    ][::-1]
    chosen = found[(number - 1) * count : number * count]
    paging = {"count": count, "total": len(found), "page": number, "pages": -(-len(found) // count)}
    return {"files": [call.slack.rendering.file(file) for file in chosen], "paging": paging}


METHODS: dict[str, Method] = {
    "files.getUploadURLExternal": get_upload_url,
    "files.completeUploadExternal": complete_upload,
    "files.info": info,
    "files.list": list_files,
    "files.delete": delete,
}
