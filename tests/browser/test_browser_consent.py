"""Letting an app into a workspace, in a real browser that comes from the app's own page."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

import pytest
from aiohttp import web
from playwright.async_api import BrowserContext, expect

from sandbox.slack.manifest import Manifest
from tests.slack.local_workspace import LocalWorkspace, local_workspace
from tests.slack.transports.bolt import serving

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]
_SCOPES = "chat:write,channels:history,commands"


def _app_pages(workspace: LocalWorkspace, client_id: str) -> web.Application:
    """The app's page with its link to Slack, and the page to which the browser comes back."""

    async def start(request: web.Request) -> web.Response:
        back = f"http://{request.host}/back"
        query = urlencode({"client_id": client_id, "scope": _SCOPES, "state": "s", "redirect_uri": back})
        link = escape(f"{workspace.url}/oauth/v2/authorize?{query}")
        return web.Response(text=f'<a href="{link}">Add to Slack</a>', content_type="text/html")

    async def back(request: web.Request) -> web.Response:
        return web.Response(text=f"state {request.query['state']}, error {request.query.get('error')}")

    pages = web.Application()
    pages.router.add_get("/", start)
    pages.router.add_get("/back", back)
    return pages


@pytest.mark.parametrize(("button", "error"), [("Allow", None), ("Cancel", "access_denied")])
async def test_a_person_decides_and_comes_back(context: BrowserContext, button: str, error: str | None) -> None:
    async with local_workspace(manifest=Manifest(name="Ear & Shot")) as workspace:
        await workspace.another("Other")
        keys = await workspace.app()
        async with serving(_app_pages(workspace, keys["client_id"])) as url:
            page = await context.new_page()
            try:
                await page.goto(f"{url}/")
                await page.get_by_role("link", name="Add to Slack").click()
                await expect(page.get_by_role("heading", level=1)).to_contain_text("Ear & Shot asks")
                await page.get_by_label("Workspace").select_option(label="Other: Grace Hopper")
                await page.get_by_role("button", name=button).click()
                await expect(page.locator("body")).to_have_text(f"state s, error {error}")
            finally:
                await page.close()
