"""assistant.threads.* and agents.sessions.*."""

from __future__ import annotations

from sandbox.slack.access import visible_channel
from sandbox.slack.errors import JSON, SlackError, invalid, missing
from sandbox.slack.methods.call import Call, Method
from sandbox.slack.model import Channel

_SESSION_STATUSES = frozenset({"active", "processing", "suspended", "closed"})
_MOST_PROMPTS = 4
_MOST_LOADING_MESSAGES = 10
_MOST_TITLE = 200


def _channel(call: Call) -> Channel:
    return visible_channel(call.slack, call.caller, call.args.required("channel_id"))


def _thread(call: Call, channel: Channel) -> str:
    thread_ts = call.args.required("thread_ts")
    if thread_ts not in call.slack.workspace.messages[channel.id]:
        raise SlackError("invalid_thread_ts")
    return thread_ts


async def set_status(call: Call) -> JSON:
    """Show under a thread what the app is doing."""
    channel = _channel(call)
    messages = call.args.names("loading_messages")
    if len(messages) > _MOST_LOADING_MESSAGES:
        raise SlackError("invalid_arguments")
    status = str(call.args.values.get("status") or "")
    call.slack.agents.set_status(channel, _thread(call, channel), status, messages)
    return {}


async def set_title(call: Call) -> JSON:
    """Name the thread of an agent chat."""
    channel = _channel(call)
    thread_ts, title = _thread(call, channel), call.args.required("title")
    call.slack.agents.set_session(channel, thread_ts, "active", title)
    return {}


async def set_suggested_prompts(call: Call) -> JSON:
    """Suggest what to ask. In an app with agent_view a call with `thread_ts` is accepted and does nothing."""
    channel = _channel(call)
    prompts = call.args.structure("prompts")
    if prompts is None:
        raise missing("prompts")
    _check_prompts(prompts)
    if channel.kind != "im":
        raise SlackError("channel_not_found")
    if not call.slack.manifest.agent:
        raise SlackError("not_agent_app")
    thread_ts = _thread(call, channel) if call.args.text("thread_ts") else None
    if not (thread_ts and call.slack.manifest.agent_view):
        call.slack.agents.set_prompts(channel, thread_ts, call.args.text("title") or "", prompts)
    return {}


def _check_prompts(prompts: object) -> None:
    if not isinstance(prompts, list) or not 1 <= len(prompts) <= _MOST_PROMPTS:
        raise invalid("invalid_arguments", [f"must be 1 to {_MOST_PROMPTS} items [json-pointer:/prompts]"])
    for number, prompt in enumerate(prompts):
        for field in ("title", "message"):
            value = prompt.get(field) if isinstance(prompt, dict) else None
            if not isinstance(value, str) or not value:
                raise invalid(
                    "invalid_arguments", [f"missing required field: {field} [json-pointer:/prompts/{number}]"]
                )


async def set_session_status(call: Call) -> JSON:
    """Say whether the app is at work in an agent session; `processing` shows a Stop button."""
    channel = _channel(call)
    status, title = call.args.required("status"), call.args.text("title")
    if status not in _SESSION_STATUSES:
        raise SlackError("invalid_status")
    if title and len(title) > _MOST_TITLE:
        raise SlackError("invalid_arguments")
    thread_ts, initiator = _session_thread(call, channel), call.args.text("initiator_user_id")
    if initiator is not None:
        call.slack.workspace.user(initiator)
    told = call.slack.agents.set_session(channel, thread_ts, status, title)
    return {"status": status, "agent_status": status, "title": told["title"]}


async def rename_session(call: Call) -> JSON:
    """Give an agent session another title."""
    channel = _channel(call)
    title, thread_ts = call.args.required("title"), _session_thread(call, channel)
    if len(title) > _MOST_TITLE:
        raise SlackError("invalid_name")
    known = call.slack.agents.session(channel, thread_ts)
    if known is None:
        raise SlackError("session_not_found")
    call.slack.agents.set_session(channel, thread_ts, known["status"], title)
    return {}


def _session_thread(call: Call, channel: Channel) -> str | None:
    """Return the thread of a session; outside direct messages there has to be one."""
    thread_ts = call.args.text("thread_ts")
    if thread_ts is None and channel.kind != "im":
        raise SlackError("thread_ts_required")
    return thread_ts


METHODS: dict[str, Method] = {
    "assistant.threads.setStatus": set_status,
    "assistant.threads.setTitle": set_title,
    "assistant.threads.setSuggestedPrompts": set_suggested_prompts,
    "agents.sessions.setStatus": set_session_status,
    "agents.sessions.rename": rename_session,
}
