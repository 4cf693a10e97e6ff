from __future__ import annotations

import re

import pytest
from playwright.async_api import expect

from tests.browser.stage import Stage, composer, message_link, messages, say

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_a_message_is_sent_with_enter_and_shown_to_others_without_reloading(stage: Stage) -> None:
    ada, grace = await stage.open("ada"), await stage.open("grace")
    await composer(ada).fill("first line")
    await composer(ada).press("Shift+Enter")
    await composer(ada).press_sequentially("*second* line & <more>")
    await composer(ada).press("Enter")
    for page in (ada, grace):
        await expect(messages(page).last).to_contain_text("second line & <more>")
        await expect(messages(page).last.locator("strong")).to_have_text("second")
        await expect(messages(page).last.locator(".author")).to_have_text("Ada Lovelace")
    await expect(composer(ada)).to_have_value("")


async def test_the_time_beside_a_message_that_follows_another_fits_there(stage: Stage) -> None:
    for text in ("the first", "the second"):
        await stage.person("grace").post(stage.channel(), text)
    page = await stage.open()
    await messages(page).last.hover()
    await expect(messages(page).last.locator(".message-gutter")).to_have_text(re.compile(r"^\d\d?:\d\d$"))
    await expect(messages(page).first.locator(".message-byline")).to_contain_text(re.compile(r"\d\d?:\d\d [AP]M"))


async def test_a_reply_stays_in_its_thread_and_is_counted_on_its_parent(stage: Stage) -> None:
    ts = await stage.person("grace").post(stage.channel(), "who was in the call?")
    page = await stage.open()
    await messages(page).last.hover()
    await page.get_by_role("button", name="Reply in thread").click()
    thread = page.get_by_role("complementary", name="Thread")
    await expect(thread).to_contain_text("No replies yet")
    await say(page, "all of us", ".thread-pane")
    await expect(messages(page, ".thread-pane")).to_have_count(2)
    await stage.person("alan").post(stage.channel(), "not me", ts)
    await expect(thread).to_contain_text("2 replies")
    await expect(messages(page)).to_have_count(1)
    bar = page.locator(".channel-pane .thread-bar")
    await expect(bar).to_contain_text("2 replies")
    await expect(bar).to_contain_text("Last reply just now")
    await expect(bar.locator(".avatar")).to_have_count(2)
    await page.keyboard.press("Escape")
    await expect(thread).to_have_count(0)
    await bar.click()
    await expect(messages(page, ".thread-pane").last).to_contain_text("not me")


async def test_a_reply_may_be_sent_to_the_channel_as_well(stage: Stage) -> None:
    ts = await stage.person("grace").post(stage.channel(), "the question")
    page = await stage.open(route=message_link(stage.channel(), ts))
    await page.get_by_label("Also send to the channel").check()
    await say(page, "the answer", ".thread-pane")
    await expect(messages(page).last).to_contain_text("replied to a thread")
    await expect(messages(page).last).to_contain_text("the answer")


async def test_reactions_are_counted_and_toggled(stage: Stage) -> None:
    grace = stage.person("grace")
    ts = await grace.post(stage.channel(), "well done")
    await grace.client.reactions_add(channel=stage.channel(), timestamp=ts, name="tada")
    page = await stage.open()
    pill = page.locator(".reaction").first
    await expect(pill).to_have_attribute("aria-pressed", "false")
    await pill.click()
    await expect(pill).to_have_attribute("aria-pressed", "true")
    await expect(pill).to_have_text(re.compile("2$"))
    await pill.click()
    await expect(pill).to_have_text(re.compile("1$"))
    await page.get_by_role("button", name="Add a reaction").last.click()
    await page.get_by_label("Find an emoji").fill("rocket")
    await page.keyboard.press("Enter")
    await expect(page.locator(".reaction", has_text="🚀")).to_have_attribute("aria-pressed", "true")


async def test_people_are_mentioned_by_picking_them(stage: Stage) -> None:
    page = await stage.open()
    await composer(page).press_sequentially("ask @gra")
    await expect(page.get_by_role("option", name="Grace Hopper")).to_be_visible()
    await composer(page).press("Enter")
    await expect(composer(page)).to_have_value("ask @grace ")
    await composer(page).press("Enter")
    await expect(messages(page).last.locator(".mention")).to_have_text("@Grace Hopper")


async def test_an_own_message_is_edited_and_deleted(stage: Stage) -> None:
    page = await stage.open()
    await say(page, "teh plan")
    await expect(messages(page)).to_have_count(1)
    await composer(page).press("ArrowUp")
    await page.get_by_label("Edit message").fill("the plan")
    await page.keyboard.press("Enter")
    await expect(messages(page).last).to_contain_text("the plan")
    await expect(messages(page).last).to_contain_text("(edited)")
    await messages(page).last.hover()
    await page.get_by_role("button", name="More actions").click()
    await page.get_by_role("menuitem", name="Delete message").click()
    await page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    await expect(messages(page)).to_have_count(0)


async def test_a_copied_link_leads_to_its_message(stage: Stage) -> None:
    ts = await stage.person("grace").post(stage.channel("research"), "look here")
    page = await stage.open(route=f"#/{stage.channel('research')}")
    await messages(page).last.hover()
    await page.get_by_role("button", name="More actions").click()
    await page.get_by_role("menuitem", name="Copy link").click()
    address = await page.evaluate("navigator.clipboard.readText()")
    assert address.endswith(message_link(stage.channel("research"), ts))
    await page.goto("about:blank")
    await page.goto(address)
    await expect(messages(page, ".thread-pane").first).to_contain_text("look here")
    permalink = f"{stage.workspace.url}/archives/{stage.channel('research')}/p{ts.replace('.', '')}"
    await page.goto("about:blank")
    await page.goto(permalink)
    await expect(messages(page, ".thread-pane").first).to_contain_text("look here")


async def test_unread_channels_and_direct_messages_stand_out(stage: Stage) -> None:
    page = await stage.open()
    ada, grace = stage.person("ada"), stage.person("grace")
    await grace.post(stage.channel("research"), f"<@{ada.id}> have you got a minute?")
    row = page.locator(".side-row", has_text="research")
    await expect(row).to_have_class(re.compile("unread"))
    await expect(row.locator(".count")).to_have_text("1")
    await row.click()
    await expect(row).not_to_have_class(re.compile("unread"))
    await grace.post(await grace.direct(ada.id), "in private")
    await expect(page.locator(".side-row", has_text="Grace Hopper").locator(".count")).to_have_text("1")


async def test_one_may_act_as_somebody_else_and_write_to_a_person(stage: Stage) -> None:
    page = await stage.open("ada")
    await page.get_by_role("button", name="Act as someone else").click()
    await page.get_by_role("menuitemradio", name="Alan Turing").click()
    await expect(page.get_by_role("button", name="You act as Alan Turing")).to_be_visible()
    await page.locator(".side-row", has_text="Grace Hopper").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Grace Hopper")
    await say(page, "hello Grace")
    await expect(messages(page).last.locator(".author")).to_have_text("Alan Turing")
    await page.reload()
    await expect(messages(page).last).to_contain_text("hello Grace")


async def test_a_channel_is_made_and_the_app_added_to_it(stage: Stage) -> None:
    page = await stage.open()
    await page.get_by_role("button", name="New channel").click()
    await page.get_by_label("Name").fill("Interviews 2026")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", level=1)).to_have_text("interviews-2026")
    await expect(page.locator(".drop-hint")).to_contain_text("Drop a recording here")
    await page.get_by_role("button", name="Add earshot").first.click()
    await page.get_by_role("dialog").get_by_role("button", name="Add earshot").click()
    await page.keyboard.press("Escape")
    await expect(page.locator(".member-button")).to_have_text(re.compile("2$"))


async def test_a_page_that_gets_no_frames_shows_what_is_said(stage: Stage) -> None:
    page = await stage.open()
    await page.evaluate("window.requestAnimationFrame = () => 0")
    await stage.person("grace").post(stage.channel(), "is anybody there?")
    await expect(messages(page).last).to_contain_text("is anybody there?")
