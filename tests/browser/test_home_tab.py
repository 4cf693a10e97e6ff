"""Earshot's Home as people see it: it can be read, axe finds nothing serious, and what it offers is there to use."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.async_api import Page, ViewportSize, expect

from services.publishing.home_blocks import Home, Shown, home_view
from tests.browser.axe import axe, serious_findings  # noqa: F401 - a fixture
from tests.browser.stage import DESKTOP, PHONE, Stage
from tests.browser.test_accessibility import LOOKS

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

_GIST = "The team will replace the lamp of the lighthouse by the third of March, and Grace orders the parts."


def _home(stage: Stage, *, query: str = "", notice: str = "") -> Home:
    titles = [
        "Weekly meeting",
        "Interview with a very long title that goes on for more than one line of a phone",
    ]
    recaps = [
        Shown(
            title=title,
            gist=_GIST,
            channel=stage.channel(),
            when=1_795_224_385.0 - 86_400 * age,
            duration=754.0 * (age + 1),
            thread=f"{stage.workspace.url}/archives/{stage.channel()}/p1795224385000100",
            player="https://earshot.example/r/token",
        )
        for age, title in enumerate(titles)
    ]
    return Home(recaps=tuple(recaps), query=query, kept=12, days=30, notice=notice)


async def _open(stage: Stage, home: Home, size: ViewportSize = DESKTOP, *, dark: bool = False) -> Page:
    ada = stage.person("ada")
    direct = await ada.direct(str(stage.workspace.info["bot"]["user_id"]))
    page = await stage.open(route=f"#/{direct}/home", size=size, dark=dark)
    # The app of these tests has a Home of its own, which it shows to whoever comes.
    await expect(page.get_by_text("Your recaps")).to_be_visible()
    await stage.workspace.bot.views_publish(user_id=ada.id, view=home_view(home))
    return page


async def _keep(page: Page, name: str) -> None:
    """Keep a picture where somebody wants to look at it: in the folder SCREENSHOTS."""
    if folder := os.environ.get("SCREENSHOTS"):
        await page.screenshot(path=Path(folder) / f"{name}.png")


@pytest.mark.parametrize(("size", "dark"), LOOKS)
async def test_home_can_be_read_and_used(stage: Stage, axe: str, size: ViewportSize, dark: bool) -> None:  # noqa: F811, FBT001 - a fixture, a parameter
    page = await _open(stage, _home(stage), size, dark=dark)
    await expect(page.get_by_text("Weekly meeting").first).to_be_visible()
    await expect(page.get_by_label("Play Weekly meeting").first).to_be_visible()
    await expect(page.get_by_text("Search the recaps that you can see")).to_be_visible()
    await expect(page.get_by_text("12 recaps")).to_be_attached()
    assert await serious_findings(page, axe) == []
    await _keep(page, f"home-{size['width']}-{'dark' if dark else 'light'}")
    await page.get_by_role("button", name="Delete everything I shared").scroll_into_view_if_needed()
    await _keep(page, f"home-{size['width']}-{'dark' if dark else 'light'}-below")


async def test_what_was_searched_and_what_has_happened_is_shown(stage: Stage) -> None:
    page = await _open(stage, _home(stage, query="lamp", notice="Deleted for good: 3 recaps and 9 files."), PHONE)
    await expect(page.get_by_label("Search the recaps that you can see")).to_have_value("lamp")
    await expect(page.get_by_role("button", name="Show the newest")).to_be_visible()
    await expect(page.get_by_text("Deleted for good: 3 recaps")).to_be_visible()
    await _keep(page, "home-searched")
