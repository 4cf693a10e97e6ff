"""One call that works of every implemented method. The contract is driven from these, one thing changed at a time."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from sandbox.slack.contract.staging import ADA, MODAL, Stage
from sandbox.slack.errors import JSON

Example = Callable[[Stage], Awaitable[JSON]]
_HOME: JSON = {"type": "home", "blocks": []}
_WORDS: JSON = {"type": "markdown", "markdown": "words"}


async def _nothing(_stage: Stage) -> JSON:
    return {}


async def _channel(stage: Stage) -> JSON:
    return {"channel": stage.channel()}


async def _own_channel(stage: Stage) -> JSON:
    return {"channel": await stage.new_channel()}


async def _archived(stage: Stage) -> JSON:
    made = await stage.new_channel()
    await stage.call("conversations.archive", channel=made)
    return {"channel": made}


async def _message(stage: Stage) -> JSON:
    return await stage.message()


async def _item(stage: Stage) -> JSON:
    place = await stage.message()
    return {"channel": place["channel"], "timestamp": place["ts"]}


async def _reacted(stage: Stage) -> JSON:
    item = {**await _item(stage), "name": "eyes"}
    await stage.call("reactions.add", **item)
    return item


async def _pinned(stage: Stage) -> JSON:
    item = await _item(stage)
    await stage.call("pins.add", **item)
    return item


async def _bookmark(stage: Stage) -> JSON:
    link = "https://example.com/"
    made = await stage.call("bookmarks.add", channel_id=stage.channel(), title="T", type="link", link=link)
    return {"channel_id": stage.channel(), "bookmark_id": made["bookmark"]["id"]}


async def _agent_thread(stage: Stage) -> JSON:
    place = await stage.thread()
    return {"channel_id": place["channel"], "thread_ts": place["ts"]}


async def _session(stage: Stage) -> JSON:
    place = await _agent_thread(stage)
    await stage.call("agents.sessions.setStatus", status="active", **place)
    return {**place, "title": "T"}


async def _scheduled(stage: Stage) -> JSON:
    later = int(stage.slack.clock.now()) + 3600
    return {"channel": stage.channel(), "post_at": later, "text": "words"}


async def _waiting(stage: Stage) -> JSON:
    made = await stage.call("chat.scheduleMessage", **await _scheduled(stage))
    return {"channel": stage.channel(), "scheduled_message_id": made["scheduled_message_id"]}


async def _linked(stage: Stage) -> JSON:
    url = "https://example.com/r"
    posted = await stage.call("chat.postMessage", ADA, channel=stage.channel(), text=url)
    return {"channel": stage.channel(), "ts": posted["ts"], "unfurls": {url: {"text": "shown"}}}


async def _canvas(stage: Stage) -> JSON:
    return {"canvas_id": await stage.canvas()}


async def _start_stream(stage: Stage) -> JSON:
    place = await stage.thread()
    return {"channel": place["channel"], "thread_ts": place["ts"], "markdown_text": "words"}


async def _stream(stage: Stage) -> JSON:
    return {**await stage.stream(), "markdown_text": "words"}


async def _uploaded(stage: Stage) -> JSON:
    return {"files": [{"id": await stage.file(complete=False)}], "channel_id": stage.channel()}


async def _file(stage: Stage) -> JSON:
    return {"file": await stage.file()}


async def _run(stage: Stage) -> JSON:
    return {"function_execution_id": stage.run()}


async def _push(stage: Stage) -> JSON:
    return {"trigger_id": stage.trigger(await stage.modal()), "view": MODAL}


async def _published(stage: Stage) -> JSON:
    home: JSON = {"user_id": stage.user, "view": _HOME}
    await stage.call("views.publish", **home)
    return home


async def _update_view(stage: Stage) -> JSON:
    return {"view_id": await stage.modal(), "view": MODAL}


async def _credentials(stage: Stage) -> JSON:
    keys = stage.slack.app.credentials
    return {"client_id": keys.client_id, "client_secret": keys.client_secret}


async def _permalink(stage: Stage) -> JSON:
    place = await stage.message()
    return {"channel": place["channel"], "message_ts": place["ts"]}


async def _canvas_of_channel(stage: Stage) -> JSON:
    return {"channel_id": await stage.new_channel(), **_TITLED}


async def _direct(stage: Stage) -> JSON:
    return {"channel": (await stage.thread())["channel"]}


def _with(example: Example, **more: object) -> Example:
    """Return an example with further arguments; those that are functions of the stage are called."""

    async def made(stage: Stage) -> JSON:
        given = {name: value(stage) if callable(value) else value for name, value in more.items()}
        return {**await example(stage), **given}

    return made


_TITLED = {"title": "T", "document_content": _WORDS}
EXAMPLES: dict[str, Example] = {
    "agents.sessions.rename": _session,
    "agents.sessions.setStatus": _with(_agent_thread, status="processing"),
    "api.test": _nothing,
    "apps.connections.open": _nothing,
    "apps.uninstall": _credentials,
    "assistant.threads.setStatus": _with(_agent_thread, status="is reading", loading_messages=["reads"]),
    "assistant.threads.setSuggestedPrompts": _with(_agent_thread, prompts=[{"title": "T", "message": "M"}]),
    "assistant.threads.setTitle": _with(_agent_thread, title="T"),
    "auth.revoke": _with(_nothing, test=True),
    "auth.teams.list": _nothing,
    "auth.test": _nothing,
    "blocks.validate": _with(_nothing, blocks=[{"type": "divider"}]),
    "bookmarks.add": _with(_nothing, channel_id=Stage.channel, title="T", type="link", link="https://example.com/"),
    "bookmarks.edit": _with(_bookmark, title="Other"),
    "bookmarks.list": _with(_nothing, channel_id=Stage.channel),
    "bookmarks.remove": _bookmark,
    "bots.info": _nothing,
    "canvases.access.delete": _with(_canvas, user_ids=lambda stage: [stage.other]),
    "canvases.access.set": _with(_canvas, access_level="read", channel_ids=lambda stage: [stage.channel()]),
    "canvases.create": _with(_nothing, **_TITLED),
    "canvases.delete": _canvas,
    "canvases.edit": _with(_canvas, changes=[{"operation": "insert_at_end", "document_content": _WORDS}]),
    "canvases.sections.lookup": _with(_canvas, criteria={"section_types": ["h1"]}),
    "chat.appendStream": _stream,
    "chat.delete": _message,
    "chat.deleteScheduledMessage": _waiting,
    "chat.getPermalink": _permalink,
    "chat.meMessage": _with(_channel, text="waves"),
    "chat.postEphemeral": _with(_channel, user=lambda stage: stage.other, text="words"),
    "chat.postMessage": _with(_channel, text="words"),
    "chat.scheduleMessage": _scheduled,
    "chat.scheduledMessages.list": _nothing,
    "chat.startStream": _start_stream,
    "chat.stopStream": _stream,
    "chat.unfurl": _linked,
    "chat.update": _with(_message, text="other words"),
    "conversations.archive": _own_channel,
    "conversations.canvases.create": _canvas_of_channel,
    "conversations.close": _direct,
    "conversations.create": _with(_nothing, name=lambda stage: f"new-{stage.slack.ids.new('n').lower()}"),
    "conversations.history": _channel,
    "conversations.info": _channel,
    "conversations.invite": _with(_own_channel, users=lambda stage: stage.user),
    "conversations.join": _with(_nothing, channel=lambda stage: stage.channel("random")),
    "conversations.kick": _with(_own_channel, user=lambda stage: stage.other),
    "conversations.leave": _own_channel,
    "conversations.list": _nothing,
    "conversations.mark": _message,
    "conversations.members": _channel,
    "conversations.open": _with(_nothing, users=lambda stage: stage.user),
    "conversations.rename": _with(_own_channel, name=lambda stage: f"new-{stage.slack.ids.new('n').lower()}"),
    "conversations.replies": _message,
    "conversations.setPurpose": _with(_channel, purpose="P"),
    "conversations.setTopic": _with(_channel, topic="T"),
    "conversations.unarchive": _archived,
    "emoji.list": _nothing,
    "files.completeUploadExternal": _uploaded,
    "files.delete": _file,
    "files.getUploadURLExternal": _with(_nothing, filename="a.txt", length=3),
    "files.info": _file,
    "files.list": _nothing,
    "functions.completeError": _with(_run, error="It broke."),
    "functions.completeSuccess": _with(_run, outputs={}),
    "pins.add": _item,
    "pins.list": _channel,
    "pins.remove": _pinned,
    "reactions.add": _with(_item, name="eyes"),
    "reactions.get": _item,
    "reactions.list": _nothing,
    "reactions.remove": _reacted,
    "team.info": _nothing,
    "users.conversations": _nothing,
    "users.getPresence": _nothing,
    "users.info": _with(_nothing, user=lambda stage: stage.user),
    "users.list": _nothing,
    "users.lookupByEmail": _with(_nothing, email=lambda stage: stage.slack.workspace.people()[0].email),
    "users.profile.get": _nothing,
    "views.open": _with(_nothing, trigger_id=Stage.trigger, view=MODAL),
    "views.publish": _published,
    "views.push": _push,
    "views.update": _update_view,
}


# These cannot be tried by one call alone: they take codes that a consent page gives.
WITHOUT_EXAMPLE = frozenset({"oauth.v2.access", "oauth.v2.exchange"})
