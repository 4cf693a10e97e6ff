"""What a person does with a mouse and a keyboard and cannot do with a token: `POST /sandbox/...`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from sandbox.slack.arguments import Arguments
from sandbox.slack.errors import JSON, SlackError
from sandbox.slack.local_slack import LocalSlack
from sandbox.slack.model import Channel, Message, User, View
from sandbox.slack.richtext import normalize
from sandbox.slack.routing import app_seat, command_seat, shortcut_seat

Act = Callable[[LocalSlack, Arguments], Awaitable[JSON]]


def person(slack: LocalSlack, args: Arguments) -> User:
    """Return the person whose id or token is `user`; raises `user_not_found`."""
    wanted = args.required("user")
    found = next((user for user in slack.workspace.people() if wanted in {user.id, user.token}), None)
    if found is None:
        raise SlackError("user_not_found")
    return found


def _channel(slack: LocalSlack, args: Arguments, user: User) -> Channel:
    channel = slack.workspace.channel(args.required("channel"))
    if not slack.workspace.can_see(user.id, channel):
        raise SlackError("channel_not_found")
    return channel


def _message(slack: LocalSlack, args: Arguments, user: User) -> Message:
    channel = _channel(slack, args, user)
    ts = args.required("message_ts")
    shown = slack.workspace.ephemeral.get(ts)
    if shown is not None and shown.recipient == user.id and shown.channel == channel.id:
        return shown
    return slack.workspace.message(channel.id, ts)


def _view(slack: LocalSlack, args: Arguments, user: User) -> View:
    view = slack.workspace.views.get(args.required("view_id"))
    if view is None or view.user != user.id:
        raise SlackError("view_not_found")
    return view


async def command(slack: LocalSlack, args: Arguments) -> JSON:
    """Type a slash command."""
    user = person(slack, args)
    channel = _channel(slack, args, user)
    name = "/" + args.required("command").strip().removeprefix("/")
    answer, message = await command_seat(slack, name).interactivity.command(
        user, channel, name, args.text("text") or "", args.text("thread_ts")
    )
    return {"response": answer} | ({"message_ts": message.ts} if message else {})


async def shortcut(slack: LocalSlack, args: Arguments) -> JSON:
    """Use a shortcut, on a message or globally."""
    user = person(slack, args)
    message = _message(slack, args, user) if args.text("message_ts") else None
    callback_id = args.required("callback_id")
    seat = shortcut_seat(slack, callback_id, "message" if message else "global")
    await seat.interactivity.shortcut(user, callback_id, message)
    return {"response": None}


async def action(slack: LocalSlack, args: Arguments) -> JSON:
    """Use a button, a menu or an input; submit or close a modal."""
    user = person(slack, args)
    kind = args.text("type")
    if kind == "view_submission":
        state = args.structure("state") or {}
        if not isinstance(state, dict):
            raise SlackError("invalid_arguments")
        view = _view(slack, args, user)
        return {"response": await app_seat(slack, view.app_id).interactivity.submit(user, view, state)}
    if kind == "view_closed":
        view = _view(slack, args, user)
        await app_seat(slack, view.app_id).interactivity.close(user, view, is_cleared=args.flag("is_cleared"))
    elif args.text("view_id"):
        view = _view(slack, args, user)
        await app_seat(slack, view.app_id).interactivity.view_action(user, view, args.values)
    else:
        message = _message(slack, args, user)
        await app_seat(slack, message.app_id).interactivity.message_action(user, message, args.values)
    return {"response": None}


async def open_home(slack: LocalSlack, args: Arguments) -> JSON:
    """Open the app's home or messages tab."""
    user, slack = person(slack, args), app_seat(slack, args.text("app"))
    tab = args.text("tab") or "home"
    if tab not in {"home", "messages"}:
        raise SlackError("invalid_arguments")
    channel, _ = slack.messaging.open_direct({user.id, slack.workspace.bot.id})
    event: JSON = {"type": "app_home_opened", "user": user.id, "channel": channel.id, "tab": tab}
    home = slack.views.home(user.id)
    if tab == "home" and home is not None:
        event["view"] = slack.rendering.view(home)
    slack.events.emit(event, app=slack.app.id)
    return {"channel": channel.id}


async def stop(slack: LocalSlack, args: Arguments) -> JSON:
    """Press Stop in an agent session: streams of that thread end, and the app is told."""
    user = person(slack, args)
    channel = _channel(slack, args, user)
    thread_ts = args.required("thread_ts")
    thread = slack.workspace.thread(channel.id, thread_ts)
    running = [message for message in thread if message.stream == "in_progress"]
    for message in running:
        slack.streams.stop_by_user(message)
    event: JSON = {"type": "agent_session_stopped", "channel": channel.id, "thread_ts": thread_ts, "user": user.id}
    slack.events.emit({**event, "streaming_message_ts": [message.ts for message in running]}, channel)
    return {}


async def compose(slack: LocalSlack, args: Arguments) -> JSON:
    """Write a link into the composer without sending it, or (`unfurl_id`) look at what the app says about it."""
    user, known, slack = person(slack, args), args.text("unfurl_id"), app_seat(slack, args.text("app"))
    if known is not None:
        return {"previews": slack.unfurls.previews.get(known, [])}
    event = slack.unfurls.offer(normalize(args.required("text")), user.id, None)
    if event is not None:
        slack.events.emit(event, app=slack.app.id)
    return {"unfurl_id": event["unfurl_id"] if event else None}


async def run_step(slack: LocalSlack, args: Arguments) -> JSON:
    """Run a workflow that consists of one custom step of the app."""
    user, slack = person(slack, args), app_seat(slack, args.text("app"))
    inputs = args.structure("inputs") or {}
    if not isinstance(inputs, dict):
        raise SlackError("invalid_arguments")
    app_id = str(slack.workspace.bot.app_id)
    run, event = slack.executions.start(args.required("callback_id"), inputs, user.id, app_id)
    slack.events.emit(event, app=slack.app.id)
    return {"function_execution_id": run.id}


async def look_at_step(slack: LocalSlack, args: Arguments) -> JSON:
    """Say how a run of a custom step stands."""
    run = app_seat(slack, args.text("app")).executions.runs.get(args.required("function_execution_id"))
    if run is None:
        raise SlackError("function_execution_not_found")
    return {"state": run.state, "outputs": run.outputs, "error_message": run.error}


ACTS: dict[str, Act] = {
    "commands": command,
    "shortcuts": shortcut,
    "actions": action,
    "home": open_home,
    "stop": stop,
    "compose": compose,
    "functions": run_step,
    "functions/state": look_at_step,
}
