"""Every screen, checked by axe in light and dark and at two widths."""

from __future__ import annotations

import pytest
from playwright.async_api import BrowserContext, ViewportSize, expect

from tests.browser.axe import axe, serious_findings  # noqa: F401 - a fixture
from tests.browser.player_page import watched_page
from tests.browser.stage import DESKTOP, PHONE, Stage, message_link, say
from tests.browser.test_player import site, sound  # noqa: F401 - fixtures
from tests.unit.player.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

LOOKS = [
    pytest.param(DESKTOP, False, id="desktop"),
    pytest.param(DESKTOP, True, id="desktop-dark", marks=pytest.mark.soak),
    pytest.param(PHONE, False, id="phone", marks=pytest.mark.soak),
    pytest.param(PHONE, True, id="phone-dark"),
]
_LONG_ROUNDS = [
    pytest.param(DESKTOP, False, id="desktop", marks=pytest.mark.soak),
    *LOOKS[1:],
]


async def _busy(stage: Stage) -> str:
    """A channel with a bit of all; the ts of its thread."""
    ada, grace, channel = stage.person("ada"), stage.person("grace"), stage.channel()
    ts = await grace.post(channel, "hello *everybody*, see <https://example.com/a|this> and `that`")
    await ada.post(channel, "thanks", ts)
    await ada.client.reactions_add(channel=channel, timestamp=ts, name="eyes")
    await grace.share(channel, b"words", "note.txt", "a note")
    return ts


@pytest.mark.parametrize(("size", "dark"), LOOKS)
async def test_the_local_slack(stage: Stage, axe: str, size: ViewportSize, dark: bool) -> None:  # noqa: F811, FBT001 - a fixture, a parameter
    ts = await _busy(stage)
    page = await stage.open(size=size, dark=dark)
    await expect(page.locator(".channel-pane .message").first).to_be_visible()
    assert await serious_findings(page, axe) == []
    await say(page, "/form")
    await expect(page.get_by_role("dialog")).to_be_visible()
    assert await serious_findings(page, axe) == []
    thread = await stage.open(route=message_link(stage.channel(), ts), size=size, dark=dark)
    await expect(thread.locator(".thread-pane")).to_be_visible()
    assert await serious_findings(thread, axe) == []


@pytest.mark.parametrize(("size", "dark"), _LONG_ROUNDS)
async def test_the_panels_of_the_local_slack(stage: Stage, axe: str, size: ViewportSize, dark: bool) -> None:  # noqa: F811, FBT001 - a fixture, a parameter
    ts, general = await _busy(stage), stage.channel()
    page = await stage.open(route=f"{message_link(general, ts)}/inspect", size=size, dark=dark)
    await page.locator(".journal summary").first.click()
    await expect(page.locator(".json").first).to_be_visible()
    assert await serious_findings(page, axe) == []
    await page.goto(f"{stage.workspace.url}/#/{general}/about")
    await expect(page.get_by_role("heading", name="Installation")).to_be_visible()
    assert await serious_findings(page, axe) == []
    await page.goto(f"{stage.workspace.url}/#/{general}")
    await page.get_by_role("button", name="Search in this channel").click()
    await page.get_by_role("searchbox", name="Search in this channel").fill("hello")
    await expect(page.locator(".find-count")).to_have_text("1 of 1")
    assert await serious_findings(page, axe) == []


@pytest.mark.parametrize(("size", "dark"), _LONG_ROUNDS)
async def test_the_menu_and_its_dialogs(stage: Stage, axe: str, size: ViewportSize, dark: bool) -> None:  # noqa: F811, FBT001 - a fixture, a parameter
    page = await stage.open(route="#/", size=size, dark=dark)
    menu = page.get_by_role("button", name="Sandbox Local Slack")
    await menu.click()
    await expect(page.get_by_role("menu")).to_be_visible()
    assert await serious_findings(page, axe) == []
    for name in ("Keyboard shortcuts", "Run a workflow step"):
        await page.get_by_role("menuitem", name=name).click()
        await expect(page.get_by_role("dialog", name=name)).to_be_visible()
        assert await serious_findings(page, axe) == []
        await page.keyboard.press("Escape")
        await menu.click()


@pytest.mark.parametrize(("size", "dark"), LOOKS)
async def test_the_player(
    context: BrowserContext,
    site: Site,  # noqa: F811 - a fixture
    axe: str,  # noqa: F811 - a fixture
    size: ViewportSize,
    dark: bool,  # noqa: FBT001 - a parameter
) -> None:
    async with watched_page(context, site) as page:
        await page.set_viewport_size(size)
        await page.emulate_media(color_scheme="dark" if dark else "light")
        await page.goto(site.page)
        await expect(page.locator(".line").first).to_be_visible()
        assert await serious_findings(page, axe) == []
