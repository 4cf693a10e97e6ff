"""Guests, strangers and locales; shared and archived channels; what apps outside of the Marketplace may read."""

from __future__ import annotations

import pytest
from slack_sdk.errors import SlackApiError

from tests.slack.local_workspace import LocalWorkspace, local_workspace


async def test_people_have_a_locale_and_may_be_guests_or_strangers(sandbox: LocalWorkspace) -> None:
    ada, bot = sandbox.person("ada"), sandbox.bot
    assert (await bot.users_info(user=ada.id, include_locale=True))["user"]["locale"] == "en-GB"
    assert "locale" not in (await bot.users_info(user=ada.id))["user"]
    await sandbox.control("people", user=ada.id, locale="de-DE", tz="Europe/Berlin", is_restricted=True)
    shown = (await bot.users_info(user=ada.id, include_locale=True))["user"]
    assert (shown["locale"], shown["tz"], shown["is_restricted"]) == ("de-DE", "Europe/Berlin", True)
    await sandbox.control("people", user=ada.id, home_team="T0ELSEWHERE")
    shown = (await bot.users_info(user=ada.id))["user"]
    assert (shown["team_id"], shown["is_stranger"]) == ("T0ELSEWHERE", True)
    assert (await bot.users_lookupByEmail(email="grace@sandbox.example"))["user"]["name"] == "grace"


async def test_a_channel_can_be_shared_and_archived(sandbox: LocalWorkspace) -> None:
    research, bot = sandbox.channel("research"), sandbox.bot
    await sandbox.control("channels", channel=research, is_ext_shared=True)
    assert (await bot.conversations_info(channel=research))["channel"]["is_ext_shared"]
    await bot.conversations_archive(channel=research)
    assert (await bot.conversations_info(channel=research))["channel"]["is_archived"]
    with pytest.raises(SlackApiError, match="is_archived"):
        await bot.chat_postMessage(channel=research, text="too late")


async def test_pins_and_bookmarks_stay_with_the_channel(sandbox: LocalWorkspace) -> None:
    general, bot = sandbox.channel("general"), sandbox.bot
    ts = (await bot.chat_postMessage(channel=general, text="keep me"))["ts"]
    await bot.pins_add(channel=general, timestamp=ts)
    assert [item["message"]["text"] for item in (await bot.pins_list(channel=general))["items"]] == ["keep me"]
    made = await bot.bookmarks_add(channel_id=general, title="Docs", type="link", link="https://example.com/")
    await bot.bookmarks_edit(channel_id=general, bookmark_id=made["bookmark"]["id"], title="Manual")
    assert [item["title"] for item in (await bot.bookmarks_list(channel_id=general))["bookmarks"]] == ["Manual"]


async def test_who_is_taken_out_of_a_channel_cannot_post_there(sandbox: LocalWorkspace) -> None:
    general, bot = sandbox.channel("general"), sandbox.bot
    await sandbox.person("ada").client.conversations_kick(channel=general, user=sandbox.info["bot"]["user_id"])
    with pytest.raises(SlackApiError, match="not_in_channel"):
        await bot.chat_postMessage(channel=general, text="gone")


async def test_an_app_outside_of_the_marketplace_reads_fifteen_messages_a_minute(sandbox: LocalWorkspace) -> None:
    general, bot = sandbox.channel("general"), sandbox.bot
    for number in range(20):
        await bot.chat_postMessage(channel=general, text=str(number))
    await sandbox.control("distribution", distributed=True)
    answer = await bot.conversations_history(channel=general, limit=1000)
    assert (len(answer["messages"]), answer["has_more"]) == (15, True)
    with pytest.raises(SlackApiError, match="ratelimited") as raised:
        await bot.conversations_history(channel=general)
    sandbox.clock.advance(int(raised.value.response.headers["Retry-After"]))
    cursor = answer["response_metadata"]["next_cursor"]
    assert len((await bot.conversations_history(channel=general, cursor=cursor))["messages"]) == 5


async def test_blocks_are_validated_in_the_form_of_the_reference(sandbox: LocalWorkspace) -> None:
    await sandbox.bot.blocks_validate(blocks=[{"type": "divider"}])
    with pytest.raises(SlackApiError) as raised:
        await sandbox.bot.blocks_validate(blocks=[{"type": "section", "text": {"type": "nonsense", "text": "x"}}])
    [problem] = [item for item in raised.value.response["errors"] if item["pointer"] == "/0/text/type"]
    assert (raised.value.response["error"], problem["code"]) == ("invalid_blocks", "failed_constraint")


async def test_tiers_are_those_of_the_reference() -> None:
    """canvases.create is of tier 2, twenty a minute; canvases.edit of tier 3 is not touched by that."""
    async with local_workspace(rate_limits=True) as limited:
        document = {"type": "markdown", "markdown": "words"}
        for _ in range(20):
            made = await limited.bot.canvases_create(title="T", document_content=document)
        with pytest.raises(SlackApiError, match="ratelimited") as raised:
            await limited.bot.canvases_create(title="T", document_content=document)
        assert (raised.value.response.status_code, raised.value.response.headers["Retry-After"]) == (429, "3")
        change = {"operation": "insert_at_end", "document_content": document}
        await limited.bot.canvases_edit(canvas_id=made["canvas_id"], changes=[change])
