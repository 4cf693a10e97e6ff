"""views.*: modals and the app's home."""

from __future__ import annotations

from sandbox.slack.errors import JSON, SlackError, missing
from sandbox.slack.methods.call import Call, Method
from sandbox.slack.model import View


def _content(call: Call) -> object:
    content = call.args.structure("view")
    if content is None:
        raise missing("view")
    return content


def _shown(call: Call, view: View) -> JSON:
    return {"view": call.slack.rendering.view(view)}


async def open_view(call: Call) -> JSON:
    """Open a modal for the person who did what the trigger stands for."""
    modal = call.slack.views.checked_modal(_content(call))
    trigger = call.slack.triggers.exchange(call.args.required("trigger_id"))
    return _shown(call, call.slack.views.open(trigger.user, modal))


async def push(call: Call) -> JSON:
    """Put a modal on top of the one in which the trigger was made."""
    modal = call.slack.views.checked_modal(_content(call))
    trigger = call.slack.triggers.exchange(call.args.required("trigger_id"))
    if trigger.view is None:
        raise SlackError("not_found")
    return _shown(call, call.slack.views.push(trigger.user, modal))


async def update(call: Call) -> JSON:
    """Change an open view, found by `view_id` or `external_id`."""
    external_id = call.args.text("external_id")
    views = call.slack.views
    view = views.by_external_id(external_id) if external_id else views.get(call.args.required("view_id"))
    return _shown(call, views.update(view, _content(call), call.args.text("hash")))


async def publish(call: Call) -> JSON:
    """Set what a person sees in the app's home tab."""
    if not call.slack.manifest.home_tab:
        raise SlackError("not_enabled")
    user = call.slack.workspace.user(call.args.required("user_id"))
    return _shown(call, call.slack.views.publish(user.id, _content(call), call.args.text("hash")))


METHODS: dict[str, Method] = {
    "views.open": open_view,
    "views.push": push,
    "views.update": update,
    "views.publish": publish,
}
