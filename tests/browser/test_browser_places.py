"""Getting around: search in a channel, keys, the look, other workspaces."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, expect

from tests.browser.stage import PHONE, Stage, composer, messages, outside_window

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def _highlighted(page: Page) -> list[str]:
    """The stretches of text that are marked as found."""
    found: list[str] = await page.evaluate("[...(CSS.highlights.get('found') ?? [])].map(String)")
    return found


async def _ground(page: Page) -> str:
    return str(await page.evaluate("getComputedStyle(document.body).backgroundColor"))


async def _menu(page: Page, item: str, role: str = "menuitem") -> None:
    await page.locator(".brand-names").click()
    await page.get_by_role(role, name=item).click()  # type: ignore[arg-type]


async def test_a_search_counts_highlights_and_jumps_into_threads(stage: Stage) -> None:
    grace, general = stage.person("grace"), stage.channel()
    ts = await grace.post(general, "The budget is *open*")
    await grace.post(general, "whose BUDGET?", ts)
    await grace.post(general, "lunch")
    await grace.post(general, f"ask <@{grace.id}> about the budget")
    page = await stage.open()
    await page.locator(".channel-pane .scroller").focus()
    await page.keyboard.press("/")
    await page.keyboard.type("budget")
    await expect(page.locator(".find-count")).to_have_text("1 of 3")
    await expect(page.locator(".marked")).to_contain_text("about the budget")
    assert await _highlighted(page) == ["budget", "budget"]
    await page.keyboard.press("Enter")
    await page.keyboard.press("Enter")
    await expect(page.locator(".find-count")).to_have_text("2 of 3")
    await expect(page.locator(".thread-pane .marked")).to_contain_text("whose BUDGET?")
    await expect(page.get_by_role("searchbox", name="Search in this channel")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.locator(".channel-pane .marked")).to_contain_text("The budget is open")
    await page.keyboard.press("Control+a")
    await page.keyboard.type("grace hopper about")
    await expect(page.locator(".find-count")).to_have_text("1 of 1")
    await page.keyboard.press("Control+a")
    await page.keyboard.type("dinner")
    await expect(page.locator(".find-count")).to_have_text("Nothing found")
    await page.keyboard.press("Escape")
    await expect(composer(page)).to_be_focused()
    assert await _highlighted(page) == []


async def test_a_search_finds_what_is_far_above(stage: Stage) -> None:
    grace, general = stage.person("grace"), stage.channel()
    await grace.post(general, "the needle")
    for number in range(70):
        await grace.post(general, f"hay {number}")
    page = await stage.open(size=PHONE)
    await page.get_by_role("button", name="Search in this channel").click()
    await page.keyboard.type("needle")
    await expect(messages(page).first).to_be_in_viewport()
    await expect(messages(page).first).to_contain_text("the needle")
    assert await outside_window(page) == []


async def test_keys_are_explained_and_lead_from_channel_to_channel(stage: Stage) -> None:
    page = await stage.open()
    heading = page.get_by_role("heading", level=1)
    await expect(heading).to_have_text("general")
    await page.keyboard.press("Alt+ArrowDown")
    await expect(heading).not_to_have_text("general")
    await page.keyboard.press("Alt+ArrowUp")
    await expect(heading).to_have_text("general")
    await composer(page).press_sequentially("what? / i")
    await expect(composer(page)).to_have_value("what? / i")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await page.locator(".channel-pane .scroller").focus()
    await page.keyboard.press("?")
    await expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_contain_text("Search in this channel")
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)


async def test_the_look_is_chosen_and_remembered(stage: Stage) -> None:
    page = await stage.open()
    light = await _ground(page)
    await _menu(page, "Dark", "menuitemradio")
    dark = await _ground(page)
    assert dark != light
    await page.reload()
    await expect(page.locator(".sidebar")).to_be_visible()
    assert await _ground(page) == dark
    await _menu(page, "As the system", "menuitemradio")
    assert await _ground(page) == light
    await page.emulate_media(color_scheme="dark")
    assert await _ground(page) == dark
    await _menu(page, "Light", "menuitemradio")
    assert await _ground(page) == light


async def test_one_goes_to_another_workspace_and_back(stage: Stage) -> None:
    other = await stage.workspace.another("Second office")
    await other.person("grace").post(other.channel("general"), "greetings from the second office")
    page = await stage.open()
    await _menu(page, "Second office", "menuitemradio")
    await expect(page.locator(".brand-names")).to_contain_text("Second office")
    await expect(messages(page).last).to_contain_text("greetings from the second office")
    await page.reload()
    await expect(messages(page).last).to_contain_text("greetings from the second office")
    await _menu(page, "Sandbox T0SANDBOX01", "menuitemradio")
    await expect(page.locator(".brand-names")).to_contain_text("Sandbox")
    await expect(messages(page)).to_have_count(0)
