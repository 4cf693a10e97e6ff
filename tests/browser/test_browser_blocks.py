"""Markup and Block Kit, as the page shows them."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, expect

from tests.browser.robot import plain
from tests.browser.stage import Stage, messages
from tests.slack.local_workspace import JSON

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

_MRKDWN = {
    "*b* _i_ ~s~ `c`": "<strong>b</strong> <em>i</em> <del>s</del> <code>c</code>",
    "2*3*4 snake_case_x 5 * 3 *": "2*3*4 snake_case_x 5 * 3 *",
    "*_both_*, (*p*)": "<strong><em>both</em></strong>, (<strong>p</strong>)",
    "*not\nbold*": "*not<br>bold*",
    "&gt; one\n&gt; two\nthree": "<blockquote>one<br>two</blockquote>three",
    "```a *b*\n&lt;c&gt;```after": "<pre><code>a *b*\n&lt;c&gt;</code></pre>after",
    "a ``` open *b*": "a ``` open <strong>b</strong>",
    "&amp;lt; &lt;b&gt;": "&amp;lt; &lt;b&gt;",
    "<https://a.b/c|label>, https://d.e/f_g_h.": "<a>label</a>, <a>https://d.e/f_g_h</a>.",
    "<javascript:x|label>": "<span>label</span>",
    "<@U1> <#C1> <!here>": "<span>@Ada</span> <a>#general</a> <span>@here</span>",
    "<!date^1795224385^{date_num} at {nothing}|x>": "<time>2026-11-21 at {nothing}</time>",
    ":tada: :unknown: 10:30:45": "<span>🎉</span> :unknown: 10:30:45",
}
_MARKDOWN = {
    "# One\n## Two #": "<h3>One</h3><h4>Two</h4>",
    "**b** *i* ***bi*** ~~s~~": "<p><strong>b</strong> <em>i</em> <strong><em>bi</em></strong> <del>s</del></p>",
    "snake_case_x ** no ** \\*no\\*": "<p>snake_case_x ** no ** *no*</p>",
    "- a\n- b\n  - c\n\n3. d": '<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul><ol start="3"><li>d</li></ol>',
    "- [x] done": "<ul><li><span>☑ </span>done</li></ul>",
    "[l](https://a.b/c_(d) 'title') ![p](https://a.b/p.png)": "<p><a>l</a> <a>p</a></p>",
    "[l](javascript:x)": "<p><span>l</span></p>",
    "> q\n> - l": "<blockquote><p>q</p><ul><li>l</li></ul></blockquote>",
    "```py\na *b*\n```\nafter": "<pre><code>a *b*</code></pre><p>after</p>",
    "|a|b|\n|--|:-:|\n|`x\\|y`|**z**|": "<div><table><thead><tr><th>a</th><th>b</th></tr></thead>"
    "<tbody><tr><td><code>x|y</code></td><td><strong>z</strong></td></tr></tbody></table></div>",
    "a\nb\n\n---": "<p>a<br>b</p><hr>",
    "<b>no</b>": "<p>&lt;b&gt;no&lt;/b&gt;</p>",
}
_SHOW = """async ([module, name, text]) => {
    const render = (await import(module))[name];
    const box = document.createElement('div');
    box.append(...render(text, {user: id => 'Ada', channel: id => 'general', me: 'U2'}));
    const keep = new Set(['start']);
    for (const item of box.querySelectorAll('*'))
        for (const {name} of [...item.attributes]) if (!keep.has(name)) item.removeAttribute(name);
    return box.innerHTML;
}"""


async def _rendered(page: Page, name: str, texts: dict[str, str]) -> dict[str, str]:
    module = f"/js/text/{name}.js"
    return {text: await page.evaluate(_SHOW, [module, name, text]) for text in texts}


async def test_both_kinds_of_markup_are_read_as_slack_reads_them(stage: Stage) -> None:
    page = await stage.open()
    assert await _rendered(page, "mrkdwn", _MRKDWN) == _MRKDWN
    assert await _rendered(page, "markdown", _MARKDOWN) == _MARKDOWN


def _rich(words: str) -> JSON:
    return {
        "type": "rich_text",
        "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": words}]}],
    }


_BLOCKS: list[JSON] = [
    {"type": "header", "text": plain("A header")},
    {"type": "section", "text": plain("two\nlines"), "fields": [plain("left"), plain("right")]},
    {"type": "divider"},
    {"type": "context", "elements": [{"type": "mrkdwn", "text": "a *note*"}]},
    {"type": "alert", "level": "warning", "text": {"type": "mrkdwn", "text": "take care"}},
    {
        "type": "container",
        "title": plain("Chapters"),
        "is_collapsible": True,
        "default_collapsed": True,
        "child_blocks": [{"type": "section", "text": plain("0:00 Opening")}],
    },
    {
        "type": "plan",
        "title": "The plan",
        "tasks": [
            {"type": "task_card", "task_id": "1", "title": "Listen", "status": "complete"},
            {"type": "task_card", "task_id": "2", "title": "Write", "status": "in_progress", "details": _rich("soon")},
        ],
    },
    {"type": "table", "rows": [[{"type": "raw_text", "text": "Who"}], [_rich("Ada")]]},
    {"type": "card", "title": {"type": "mrkdwn", "text": "A card"}, "body": {"type": "mrkdwn", "text": "its body"}},
]


async def test_every_block_the_product_uses_is_shown(stage: Stage) -> None:
    await stage.workspace.bot.chat_postMessage(channel=stage.channel(), text="blocks", blocks=_BLOCKS)
    page = await stage.open()
    shown = messages(page).last
    await expect(shown.get_by_role("heading", name="A header")).to_be_visible()
    await expect(shown.locator(".field")).to_have_text(["left", "right"])
    await expect(shown.locator(".alert-warning")).to_have_text("take care")
    await expect(shown.locator(".task")).to_have_text(["doneListen", "in progressWritesoon"])
    await expect(shown.locator("th")).to_have_text("Who")
    await expect(shown.locator("td")).to_have_text("Ada")
    await expect(shown.locator(".card")).to_contain_text("its body")
    await expect(shown.get_by_text("0:00 Opening")).to_be_hidden()
    await shown.get_by_text("Chapters").click()
    await expect(shown.get_by_text("0:00 Opening")).to_be_visible()
    await expect(shown.locator(".block-note")).to_have_count(0)
