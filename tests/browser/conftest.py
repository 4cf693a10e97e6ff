"""A headless Chromium for all browser tests, and a workspace with an app for each."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import AsyncIterator
from contextlib import suppress

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Playwright, async_playwright, expect

from tests.browser.robot import MANIFEST, new_robot
from tests.browser.stage import Stage, hears
from tests.slack.local_workspace import local_workspace
from tests.slack.sandbox.app import connected

# The first is the same browser without windows: it takes a third of the processor (measured with version 156).
_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_LAUNCHES = 3
_FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def context() -> AsyncIterator[BrowserContext]:
    """One browser for the session; the tests are skipped where there is none.

    Every test has an origin of its own (its server's port), so that they may share what is costly to make.
    """
    path = next((found for name in _NAMES if (found := shutil.which(name))), None)
    if path is None:
        pytest.skip("there is no Chromium on this machine")
    expect.set_options(timeout=30_000)  # a busy machine takes its time
    async with async_playwright() as playwright:
        browser = await _launched(playwright, path)
        yield await browser.new_context(
            reduced_motion="reduce", permissions=["clipboard-read", "clipboard-write"], accept_downloads=True
        )
        await browser.close()


async def _launched(playwright: Playwright, path: str) -> Browser:
    root = ("--no-sandbox",) if os.geteuid() == 0 else ()
    for _ in range(_LAUNCHES):
        browser = await playwright.chromium.launch(executable_path=path, args=[*_FLAGS, *root])
        page = await browser.new_page()
        with suppress(TimeoutError):
            async with asyncio.timeout(30):
                if await hears(page):
                    await page.close()
                    return browser
        await browser.close()
    pytest.fail("Chromium starts, but its pages get no frames and no keys")


@pytest_asyncio.fixture(loop_scope="session")
async def stage(context: BrowserContext) -> AsyncIterator[Stage]:
    """A workspace with a connected app. A script error on any page fails the test."""
    async with local_workspace(manifest=MANIFEST) as workspace:
        robot = new_robot(workspace)
        async with connected(workspace, robot.app) as handler:
            stage = Stage(workspace, robot, context, handler.close_async)
            yield stage
            await context.set_offline(offline=False)
            for page in stage.pages:
                await page.close()
    assert stage.problems == []
