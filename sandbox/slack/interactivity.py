"""What people do with the app: commands, shortcuts, buttons, modals."""

from __future__ import annotations

from sandbox.slack import choices
from sandbox.slack.clock import Clock
from sandbox.slack.deliveries import Deliveries
from sandbox.slack.errors import JSON, SlackError
from sandbox.slack.hooks import Hook, Hooks
from sandbox.slack.ids import Ids
from sandbox.slack.manifest import Manifest
from sandbox.slack.model import Channel, Message, User, View
from sandbox.slack.rendering import Rendering
from sandbox.slack.triggers import Triggers
from sandbox.slack.views import Views
from sandbox.slack.workspace import Workspace


class Interactivity:
    """Sends what a person did to the app, and does what the app's ack says."""

    def __init__(
        self,
        *,
        workspace: Workspace,
        rendering: Rendering,
        manifest: Manifest,
        deliveries: Deliveries,
        hooks: Hooks,
        triggers: Triggers,
        views: Views,
        ids: Ids,
        clock: Clock,
    ) -> None:
        self._workspace = workspace
        self._rendering = rendering
        self._manifest = manifest
        self._deliveries = deliveries
        self._hooks = hooks
        self._triggers = triggers
        self._views = views
        self._ids = ids
        self._clock = clock

    async def command(
        self, user: User, channel: Channel, name: str, text: str, thread_ts: str | None
    ) -> tuple[JSON | None, Message | None]:
        """Run a slash command; return the app's answer and the message that Slack made of it.

        Raises:
            SlackError: `invalid_command` when the app has no such command, `dispatch_failed`, `operation_timeout`.
        """
        if self._manifest.command(name) is None:
            raise SlackError("invalid_command")
        team = self._workspace.team
        direct = "directmessage" if channel.kind == "im" else "privategroup"
        payload = {
            "token": "sandbox",
            "team_id": team.id,
            "team_domain": team.domain,
            "channel_id": channel.id,
            "channel_name": channel.name if channel.kind == "channel" else direct,
            "user_id": user.id,
            "user_name": user.name,
            "command": name,
            "text": text,
            "api_app_id": self._workspace.bot.app_id,
            "is_enterprise_install": "false",
            "response_url": self._hooks.new(channel.id, user.id, thread_ts=thread_ts),
            "trigger_id": self._triggers.new(user.id),
        }
        answer = await self._deliveries.ask("slash_commands", payload)
        if answer is None:
            return None, None
        hook = Hook(channel.id, user.id, self._clock.now(), thread_ts)
        return answer, self._hooks.respond(hook, answer)

    async def shortcut(self, user: User, callback_id: str, message: Message | None) -> None:
        """Use a message shortcut, or a global one; raises `shortcut_not_found` when the app has none like it."""
        kind = "global" if message is None else "message"
        if self._manifest.shortcut(callback_id, kind) is None:
            raise SlackError("shortcut_not_found")
        payload = {
            "type": "shortcut" if message is None else "message_action",
            "callback_id": callback_id,
            "action_ts": self._ids.ts(),
            "trigger_id": self._triggers.new(user.id),
            **self._who(user),
        }
        if message is not None:
            channel = self._workspace.channels[message.channel]
            payload |= {
                "channel": {"id": channel.id, "name": _channel_name(channel)},
                "message_ts": message.ts,
                "message": self._rendering.message(message),
                "response_url": self._hooks.new(channel.id, user.id, thread_ts=message.thread_ts),
            }
        await self._ask(payload)

    async def message_action(self, user: User, message: Message, choice: JSON) -> None:
        """Use an interactive element of a message; raises `action_not_found` or `invalid_choice`."""
        channel = self._workspace.channels[message.channel]
        blocks = [*message.blocks, *(block for item in message.attachments for block in item.get("blocks", []))]
        container: JSON = {
            "type": "message",
            "message_ts": message.ts,
            "channel_id": channel.id,
            "is_ephemeral": message.recipient is not None,
        }
        if message.thread_ts:
            container["thread_ts"] = message.thread_ts
        hook = self._hooks.new(channel.id, user.id, thread_ts=message.thread_ts, message_ts=message.ts)
        place = {
            "container": container,
            "channel": {"id": channel.id, "name": _channel_name(channel)},
            "message": self._rendering.message(message),
            "response_url": hook,
        }
        await self._act(user, blocks, choice, place, None)

    async def view_action(self, user: User, view: View, choice: JSON) -> None:
        """Use an interactive element of a modal or of the home view."""
        shown = self._rendering.view(view)
        shown["state"] = {"values": choices.state_values(view.content["blocks"], _given(choice))}
        place = {"container": {"type": "view", "view_id": view.id}, "view": shown}
        await self._act(user, view.content["blocks"], choice, place, view)

    async def _act(self, user: User, blocks: list[JSON], choice: JSON, place: JSON, view: View | None) -> None:
        block, element = choices.find_element(blocks, str(choice.get("action_id")), choice.get("block_id"))
        action = choices.action(block, element, choice, self._ids.ts())
        values = choices.state_values(blocks, _given(choice))
        known = values.get(block["block_id"], {}).get(element["action_id"])
        if known is not None:
            known.update({name: value for name, value in action.items() if name in known})
        trigger = self._triggers.new(user.id, view.id if view else None)
        payload = {"type": "block_actions", **self._who(user), "trigger_id": trigger, **place, "actions": [action]}
        await self._ask({**payload, "state": {"values": values}})

    async def submit(self, user: User, view: View, state: JSON) -> JSON | None:
        """Submit a modal, and do what the app's ack says: close it, show errors, update, push or clear.

        Raises:
            SlackError: `missing_input` with `errors` by block id; then the app was not asked.
        """
        blocks = view.content["blocks"]
        values = choices.state_values(blocks, _given({"state": state}))
        missing = choices.missing_inputs(blocks, values)
        if missing:
            raise SlackError("missing_input", errors=missing)
        shown = {**self._rendering.view(view), "state": {"values": values}}
        trigger = self._triggers.new(user.id, view.id)
        payload = {"type": "view_submission", "trigger_id": trigger, "view": shown, "response_urls": []}
        answer = await self._ask({**self._who(user), **payload})
        self._after_submission(view, answer or {})
        return answer

    def _after_submission(self, view: View, answer: JSON) -> None:
        wanted = answer.get("response_action")
        if view.id not in self._workspace.views or wanted == "errors":
            return
        if wanted == "update":
            self._views.update(view, answer.get("view"), None)
        elif wanted == "push":
            self._views.push(view.user, self._views.checked_modal(answer.get("view")))
        else:
            self._views.close(view, whole_stack=wanted == "clear")

    async def close(self, user: User, view: View, *, is_cleared: bool) -> None:
        """Close a modal without submitting it; the app hears of it when the view asked for that."""
        self._views.close(view, whole_stack=is_cleared)
        if view.content.get("notify_on_close"):
            payload = {"type": "view_closed", "view": self._rendering.view(view), "is_cleared": is_cleared}
            await self._ask({**self._who(user), **payload})

    def _who(self, user: User) -> JSON:
        team = self._workspace.team
        return {
            "user": {"id": user.id, "username": user.name, "name": user.name, "team_id": team.id},
            "api_app_id": self._workspace.bot.app_id,
            "token": "sandbox",
            "team": {"id": team.id, "domain": team.domain},
            "enterprise": None,
            "is_enterprise_install": False,
        }

    async def _ask(self, payload: JSON) -> JSON | None:
        if not self._manifest.interactive:
            raise SlackError("interactivity_disabled")
        return await self._deliveries.ask("interactive", payload)


def _given(choice: JSON) -> JSON:
    state = choice.get("state")
    values = state.get("values") if isinstance(state, dict) else None
    return values if isinstance(values, dict) else {}


def _channel_name(channel: Channel) -> str:
    return "directmessage" if channel.kind == "im" else channel.name
