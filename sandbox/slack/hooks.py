"""Response addresses: what an app may still say about a command or a click, five times within half an hour."""

from __future__ import annotations

from dataclasses import dataclass

from sandbox.slack.arguments import Arguments
from sandbox.slack.clock import Clock
from sandbox.slack.composing import Composer
from sandbox.slack.errors import JSON, SlackError
from sandbox.slack.ids import Ids
from sandbox.slack.messaging import Messaging
from sandbox.slack.model import Message
from sandbox.slack.rendering import Rendering
from sandbox.slack.workspace import Workspace

_LIFETIME_SECONDS = 1800.0
_USES = 5


@dataclass
class Hook:
    """Where an answer goes: to `user` in `channel`; `message_ts` is the app's message that was clicked, if one was."""

    channel: str
    user: str
    made_at: float
    thread_ts: str | None = None
    message_ts: str | None = None
    uses: int = 0


class Hooks:
    """The response addresses that were handed out, and what happens when the app posts to one."""

    def __init__(
        self,
        *,
        workspace: Workspace,
        messaging: Messaging,
        rendering: Rendering,
        composer: Composer,
        clock: Clock,
        ids: Ids,
    ) -> None:
        self._workspace = workspace
        self._messaging = messaging
        self._rendering = rendering
        self._composer = composer
        self._clock = clock
        self._ids = ids
        self._hooks: dict[str, Hook] = {}

    def new(self, channel: str, user: str, *, thread_ts: str | None = None, message_ts: str | None = None) -> str:
        """Return the address for answers to something that `user` did in `channel`."""
        secret = self._ids.secret()
        self._hooks[secret] = Hook(channel, user, self._clock.now(), thread_ts, message_ts)
        return f"{self._rendering.base_url}/hooks/{self._workspace.team.id}/{secret}"

    def knows(self, secret: str) -> bool:
        """Return whether the address was handed out here."""
        return secret in self._hooks

    def use(self, secret: str, body: JSON) -> Message | None:
        """Do what the app posted; return the message that came of it.

        Raises:
            SlackError: `invalid_token`, `expired_url`, `used_url`, or what is wrong with the message.
        """
        hook = self._hooks.get(secret)
        if hook is None:
            raise SlackError("invalid_token")
        if self._clock.now() - hook.made_at > _LIFETIME_SECONDS:
            raise SlackError("expired_url")
        if hook.uses >= _USES:
            raise SlackError("used_url")
        message = self.respond(hook, body)
        hook.uses += 1
        return message

    def respond(self, hook: Hook, body: JSON) -> Message | None:
        """Replace or delete the message that was clicked, or post the answer; return what was posted.

        An answer is ephemeral unless `response_type` is `in_channel`.
        """
        args = Arguments(body)
        source = self._source(hook)
        if source is not None and args.flag("delete_original"):
            self._messaging.delete(source)
            return None
        content = self._composer.content(args)
        if source is not None and args.flag("replace_original"):
            previous = self._rendering.message(source)
            content.fill(source)
            self._messaging.changed(source, previous)
            return source
        channel = self._workspace.channels[hook.channel]
        message = self._messaging.new_message(channel, self._workspace.bot)
        content.fill(message)
        message.thread_ts = args.text("thread_ts") or hook.thread_ts
        if args.text("response_type") == "in_channel":
            self._messaging.post(message)
        else:
            message.recipient = hook.user
            self._messaging.post_ephemeral(message)
        return message

    def _source(self, hook: Hook) -> Message | None:
        if hook.message_ts is None:
            return None
        ephemeral = self._workspace.ephemeral.get(hook.message_ts)
        return ephemeral or self._workspace.messages[hook.channel].get(hook.message_ts)
