"""Whatever a message holds stays text. A script that ran would open a dialog, which fails the test (see Stage)."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.browser.stage import Stage, message_link, messages
from tests.slack.local_workspace import JSON

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

_TAG = "<img src=x onerror=alert(1)>"
_SCRIPT = "<script>alert(2)</script><svg onload=alert(3)><iframe srcdoc='<script>alert(4)</script>'>"
_EVIL = _TAG + _SCRIPT
_ADDRESSES = (
    "javascript:alert(5)",
    "JaVaScRiPt:alert(5)",
    "data:text/html,<script>alert(6)</script>",
    "vbscript:x",
    "//evil",
)


def _mrkdwn(text: str) -> JSON:
    return {"type": "mrkdwn", "text": text}


def _rich(*elements: JSON) -> JSON:
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(elements)}]}


def _evil_blocks() -> list[JSON]:
    plain = {"type": "plain_text", "text": _TAG}
    links = [f"<{address}|{_TAG.replace('>', '')}>" for address in _ADDRESSES]
    return [
        {"type": "header", "text": plain},
        {"type": "section", "text": _mrkdwn(_EVIL), "fields": [_mrkdwn(_EVIL), plain]},
        {"type": "section", "text": _mrkdwn(" ".join(links))},
        {"type": "context", "elements": [_mrkdwn(_EVIL), plain]},
        {
            "type": "markdown",
            "text": f"# {_EVIL}\n\n{_EVIL}\n\n[x](javascript:alert(7)) [y]( javascript:alert(7))\n\n- {_TAG}",
        },
        {"type": "markdown", "text": f"| {_TAG} | b |\n|--|--|\n| {_TAG} | `{_TAG}` |\n\n```\n{_EVIL}\n```"},
        _rich({"type": "text", "text": _EVIL}, {"type": "emoji", "name": _TAG}, {"type": "color", "value": _TAG}),
        {"type": "actions", "elements": [{"type": "button", "action_id": "a", "text": plain, "value": _TAG}]},
        {"type": "image", "image_url": "https://127.0.0.1:4/x.png", "alt_text": _TAG, "title": plain},
        {"type": "alert", "text": _mrkdwn(_EVIL)},
        {"type": "card", "title": _mrkdwn(_EVIL), "body": _mrkdwn(_EVIL)},
        {"type": _TAG, "text": _EVIL},
    ]


async def _assert_clean(page: Page) -> None:
    found = await page.evaluate("""() => ({
        made: document.querySelectorAll('#app :is(script, iframe, object, [srcdoc], img[src="x"])').length,
        handlers: [...document.querySelectorAll('#app *')].filter(item => [...item.attributes]
            .some(({name}) => name.startsWith('on'))).length,
        links: [...document.querySelectorAll('#app a[href]')].map(item => item.href)
            .filter(href => !/^(https?|mailto):/.test(href)),
        open: [...document.querySelectorAll('#app a[target=_blank]')]
            .filter(item => item.rel !== 'noopener noreferrer').length,
    })""")
    assert found == {"made": 0, "handlers": 0, "links": [], "open": 0}


async def test_what_people_write_never_becomes_markup(stage: Stage) -> None:
    grace, general = stage.person("grace"), stage.channel()
    ts = await grace.post(general, _EVIL.replace("<", "&lt;").replace(">", "&gt;"))
    await grace.post(general, " ".join(f"<{address}|click>" for address in _ADDRESSES), ts)
    await grace.post(general, '<https://example.com/"onmouseover=alert(8)|label> <!date^x^{time}|<b>>', ts)
    page = await stage.open(route=message_link(general, ts))
    await expect(messages(page).first).to_contain_text(_EVIL)
    await expect(messages(page, ".thread-pane")).to_have_count(3)
    await _assert_clean(page)


async def test_what_apps_put_in_blocks_never_becomes_markup(stage: Stage) -> None:
    stored: list[JSON] = _evil_blocks()
    general = stage.channel()
    ts = (await stage.workspace.bot.chat_postMessage(channel=general, text="x"))["ts"]
    page = await stage.open()
    await expect(messages(page)).to_have_count(1)
    await _inject(
        page, {"blocks": stored, "username": _TAG, "attachments": [_attachment()], "files": [_file()]}, str(ts)
    )
    await expect(messages(page).last.locator(".block-title")).to_have_text(_TAG)
    await expect(messages(page).last.locator(".author")).to_have_text(_TAG)
    await expect(messages(page).last).to_contain_text("is not shown here")
    await expect(messages(page).last.locator(".file-title")).to_have_text(_TAG)
    await expect(messages(page).last.locator(".picture-missing")).to_have_text(_TAG)
    await _assert_clean(page)
    assert all("ERR_CONNECTION_REFUSED" in problem for problem in stage.problems)
    stage.problems.clear()


def _attachment() -> JSON:
    return {
        "title": _TAG,
        "title_link": "javascript:alert(9)",
        "text": _EVIL,
        "footer": _TAG,
        "color": "red;x",
        "fallback": "x",
    }


def _file() -> JSON:
    name = _TAG
    return {
        "id": "F1",
        "name": name,
        "title": name,
        "size": 3,
        "mimetype": "application/x",
        "url_private": "javascript:alert(10)",
    }


async def _inject(page: Page, change: dict[str, Any], ts: str) -> None:
    """Show a message that no checking server would let through: the page is safe by itself."""
    await page.route("**/sandbox/state*", lambda route: _changed(route, change, ts))
    await page.reload()


async def _changed(route: Any, change: dict[str, Any], ts: str) -> None:
    answer = await route.fetch()
    state = await answer.json()
    for shelf in state["messages"].values():
        for message in shelf:
            if message["ts"] == ts:
                message.update(change)
    await route.fulfill(response=answer, json=state)


async def test_a_hostile_file_name_stays_a_name(stage: Stage) -> None:
    name = f"{_TAG.replace('/', '')}\u202egpj.exe"
    await stage.person("grace").share(stage.channel(), b"x", name)
    page = await stage.open()
    await expect(messages(page).last.locator(".file-title")).to_contain_text("<img src=x onerror=alert(1)>gpj.exe")
    await _assert_clean(page)


async def test_names_of_channels_and_text_in_modals_are_text(stage: Stage) -> None:
    page = await stage.open()
    view = {"type": "modal", "title": {"type": "plain_text", "text": "<b>T</b>"}, "blocks": _evil_blocks()[:4]}
    await page.route("**/sandbox/state*", lambda route: _with_view(route, view))
    await page.reload()
    await expect(page.get_by_role("dialog", name="<b>T</b>")).to_be_visible()
    await _assert_clean(page)


async def _with_view(route: Any, view: JSON) -> None:
    answer = await route.fetch()
    state = await answer.json()
    state["views"] = [{"id": "V1", "state": {"values": {}}, **view}]
    await route.fulfill(response=answer, json=state)


async def test_the_page_asks_nobody_but_its_own_server(stage: Stage) -> None:
    page = await stage.open("ada", "#/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    await page.reload()
    await expect(page.locator(".sidebar")).to_be_visible()
    assert asked
    assert {address for address in asked if not address.startswith(stage.workspace.url)} == set()
