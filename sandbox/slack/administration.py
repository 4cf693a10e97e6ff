"""What an administrator decides about people and channels, for tests: locales, guests, strangers, shared channels."""

from __future__ import annotations

from dataclasses import replace

from sandbox.slack.acts import Act, person
from sandbox.slack.arguments import Arguments
from sandbox.slack.errors import JSON
from sandbox.slack.local_slack import LocalSlack

_TEXTS = ("locale", "tz", "home_team", "email")
_FLAGS = ("is_restricted", "is_ultra_restricted", "deleted")


async def change_person(slack: LocalSlack, args: Arguments) -> JSON:
    """Change a person: `locale`, `tz`, `tz_offset`, `is_restricted` (a guest), `home_team` (a stranger's workspace)."""
    user = person(slack, args)
    texts = {name: args.text(name) or "" for name in _TEXTS if name in args.values}
    flags = {name: args.flag(name) for name in _FLAGS if name in args.values}
    changed = replace(user, **texts, **flags, tz_offset=args.number("tz_offset", user.tz_offset))  # type: ignore[arg-type]
    slack.workspace.users[user.id] = changed
    shown = slack.rendering.user(changed)
    slack.events.emit({"type": "user_change", "user": shown, "cache_ts": int(slack.clock.now())})
    return {"user": shown}


async def change_channel(slack: LocalSlack, args: Arguments) -> JSON:
    """Share a channel with another organization (`is_ext_shared`), or not any more."""
    channel = slack.workspace.channel(args.required("channel"))
    channel.is_ext_shared = args.flag("is_ext_shared")
    slack.workspace.save(channel)
    slack.messaging.show_channel(channel)
    return {"channel": slack.rendering.channel(channel, slack.workspace.bot.id)}


async def distribute(slack: LocalSlack, args: Arguments) -> JSON:
    """Treat the app as one that is sold outside of Slack's Marketplace (`distributed`): little history, slowly."""
    slack.limits.distributed = args.flag("distributed")
    return {"distributed": slack.limits.distributed}


ADMINISTRATION: dict[tuple[str, str], Act] = {
    ("POST", "people"): change_person,
    ("POST", "channels"): change_channel,
    ("POST", "distribution"): distribute,
}
