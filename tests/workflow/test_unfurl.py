"""A posted link to our player gets a card, where everybody may see it, and nowhere else."""

from __future__ import annotations

import asyncio
import time

from bot.bootstrap import player_links
from services.player.links import PlayerLinks
from tests.slack.local_workspace import JSON
from tests.workflow.channels import new_channel, recapped
from tests.workflow.earshot import Earshot, until
from tests.workflow.tables import engine_rows, tables


async def _recap(bot: Earshot, channel: str, hertz: float, name: str) -> str:
    """A recap that is done; its id."""
    _, ts = await bot.ada.share(channel, await bot.tone(3.0, hertz=hertz), name)
    await recapped(bot, channel, ts)

    async def done() -> str:
        rows = await tables(bot, "SELECT id FROM recaps WHERE id LIKE :ts AND status = 'done'", ts=f"%:{ts}:%")
        return str(rows[0][0]) if rows else ""

    return await until(done)


async def _cards(bot: Earshot, channel: str, text: str) -> list[JSON]:
    """Post it, and wait until the bot is done with it; the cards under the message."""
    ts = await bot.ada.post(channel, text)

    async def seen() -> bool:
        statement = "SELECT 1 FROM ~workflow_status WHERE status = 'SUCCESS' AND workflow_uuid = :id"
        return bool(await engine_rows(bot, statement, id=f"{bot.workspace.team}:{channel}:{ts}:unfurl"))

    await until(seen)
    message = next(m for m in await bot.ada.messages(channel) if m["ts"] == ts)
    return list(message.get("attachments", ()))


async def _links(bot: Earshot) -> PlayerLinks:
    return await asyncio.to_thread(player_links, bot.settings)


async def test_a_link_gets_a_card_in_the_recaps_own_channel_with_the_line_of_its_second(bot: Earshot) -> None:
    secret = str((await bot.ada.client.conversations_create(name="unfurl-own", is_private=True))["channel"]["id"])
    await bot.ada.client.conversations_invite(channel=secret, users=[bot.workspace.info["bot"]["user_id"]])
    recap_id = await _recap(bot, secret, 650, "Card.mp3")
    url = (await _links(bot)).opener(recap_id, time.time())(1)
    cards = await _cards(bot, secret, f"Listen to <{url}>")
    assert [card["from_url"] for card in cards] == [url]
    shown = str(cards[0]["blocks"])
    assert "Card" in shown
    assert "At 0:01" in shown
    assert not await _cards(bot, bot.general, f"<{url}>"), "it is private"


async def test_a_recap_of_a_public_channel_gets_its_card_in_another_channel_without_guests(bot: Earshot) -> None:
    public, other = await new_channel(bot, "unfurl-public"), await new_channel(bot, "unfurl-other", "grace")
    recap_id = await _recap(bot, public, 651, "Open.mp3")
    url = (await _links(bot)).page(recap_id, time.time())
    cards = await _cards(bot, other, f"<{url}>")
    assert "Open" in str(cards)
    assert "At 0:" not in str(cards), "the link opens no second"


async def test_a_link_that_is_not_valid_gets_none(bot: Earshot) -> None:
    channel = await new_channel(bot, "unfurl-invalid")
    recap_id = await _recap(bot, channel, 652, "Wrong.mp3")
    links, now = await _links(bot), time.time()
    month = bot.settings.link_days * 86_400
    forged = PlayerLinks(b"0" * 32, public_url=str(bot.settings.public_url)).page(recap_id, now)
    elsewhere = links.page(recap_id.replace(bot.workspace.team, "T0OTHER", 1), now)
    for url in (forged, elsewhere, links.page(recap_id, now - 2 * month), f"{bot.settings.public_url}/r/x"):
        assert not await _cards(bot, channel, f"<{url}>"), url
    assert await _cards(bot, channel, f"<{links.page(recap_id, now)}>"), "or this proves nothing"


async def test_nothing_is_shown_while_somebody_writes(bot: Earshot) -> None:
    channel = await new_channel(bot, "unfurl-composer")
    recap_id = await _recap(bot, channel, 653, "Writing.mp3")
    url = (await _links(bot)).page(recap_id, time.time())
    calls = len((await bot.workspace.journal("chat.unfurl"))["calls"])
    composed = await bot.ada.act("compose", text=f"<{url}>")
    assert composed["unfurl_id"]
    assert await _cards(bot, channel, f"<{url}>"), "posted, it is"
    assert len((await bot.workspace.journal("chat.unfurl"))["calls"]) == calls + 1
