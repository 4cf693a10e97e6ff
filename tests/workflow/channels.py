"""Channels of their own for tests that change how the bot behaves there."""

from __future__ import annotations

from tests.slack.local_workspace import JSON
from tests.workflow.earshot import Earshot, until


async def new_channel(bot: Earshot, name: str, *guests: str, with_bot: bool = True) -> str:
    """A channel of Ada's with these others in it."""
    channel = str((await bot.ada.client.conversations_create(name=name))["channel"]["id"])
    users = [bot.workspace.person(guest).id for guest in guests]
    if with_bot:
        users.append(bot.workspace.info["bot"]["user_id"])
    if users:
        await bot.ada.client.conversations_invite(channel=channel, users=users)
    return channel


async def recapped(bot: Earshot, channel: str, ts: str) -> JSON:
    """The recap in that thread, when it is there."""

    async def look() -> JSON | None:
        replies = await bot.replies(ts, channel)
        return next((m for m in replies if m["text"].startswith("Recap of") and "good|" in str(m["blocks"])), None)

    found = await until(look)
    assert found is not None
    return found


async def pointed(bot: Earshot, channel: str, ts: str) -> JSON:
    """The pointer to a first recap in that thread."""

    async def look() -> JSON | None:
        replies = await bot.replies(ts, channel)
        return next((m for m in replies if "already" in m["text"]), None)

    found = await until(look)
    assert found is not None
    return found


async def said_in(bot: Earshot, channel: str, words: str) -> JSON:
    """The bot's post in the channel itself that holds these words."""

    async def look() -> JSON | None:
        return next((m for m in await bot.ada.messages(channel) if words in str(m)), None)

    found = await until(look)
    assert found is not None
    return found
