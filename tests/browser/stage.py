"""What a browser test plays on: a local Slack, an app in it, and pages through which people look."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field

from playwright.async_api import BrowserContext, ConsoleMessage, Locator, Page, ViewportSize
from playwright.async_api import TimeoutError as PlaywrightTimeoutError

from tests.browser.robot import Robot
from tests.slack.local_workspace import LocalWorkspace, Person

_TYPED = """(field, text) => {
    field.value = text;
    field.dispatchEvent(new Event('input', {bubbles: true}));
    field.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', bubbles: true, cancelable: true}));
}"""

DESKTOP = ViewportSize(width=1360, height=860)
PHONE = ViewportSize(width=390, height=844)


@dataclass(repr=False)
class Stage:
    """One workspace and the pages opened on it. `problems` are errors of their scripts."""

    workspace: LocalWorkspace
    robot: Robot
    context: BrowserContext
    disconnect: Callable[[], Awaitable[None]]
    pages: list[Page] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def person(self, name: str) -> Person:
        """Return ada, grace, alan or katherine."""
        return self.workspace.person(name)

    def channel(self, name: str = "general") -> str:
        """Return the id of a channel."""
        return self.workspace.channel(name)

    async def open(
        self, name: str = "ada", route: str | None = None, size: ViewportSize = DESKTOP, *, dark: bool = False
    ) -> Page:
        """Open the page as a person; the route defaults to the channel `general`."""
        page = await self.context.new_page()
        self.pages.append(page)
        self._watch(page)
        page.set_default_timeout(30_000)
        await page.set_viewport_size(size)
        await page.emulate_media(color_scheme="dark" if dark else "light")
        place = f"#/{self.channel()}" if route is None else route
        await page.goto(f"{self.workspace.url}/?as={self.person(name).id}{place}")
        await page.locator(".sidebar").wait_for(state="attached")
        return page

    def _watch(self, page: Page) -> None:
        def on_console(message: ConsoleMessage) -> None:
            if message.type == "error":
                self.problems.append(message.text)

        page.on("console", on_console)
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.on("dialog", lambda dialog: self.problems.append(f"a script ran: {dialog.message}"))


async def outside_window(page: Page) -> list[str]:
    """Return the classes of what is wider than the window, `page` if the page itself is."""
    wide: list[str] = await page.evaluate("""() => [...document.querySelectorAll('#app *, dialog *')]
        .filter(item => item.checkVisibility() && !item.closest('.table-scroll, pre, svg, bdi, .sr-only'))
        .filter(item => item.getBoundingClientRect().right > innerWidth + 1)
        .map(item => item.className)""")
    fits = await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    return wide if fits else [*wide, "page"]


def message_link(channel: str, ts: str) -> str:
    """Return the route of a message."""
    return f"#/{channel}/p{ts.replace('.', '')}"


def messages(page: Page, pane: str = ".channel-pane") -> Locator:
    """Return the messages of a pane."""
    return page.locator(f"{pane} .message")


def composer(page: Page, pane: str = ".channel-pane") -> Locator:
    """Return the field to write in."""
    return page.locator(f"{pane} .composer-field")


async def say(page: Page, text: str, pane: str = ".channel-pane") -> None:
    """Type a message and send it; where Chromium does not pass the keys on (see `hears`), the page is told of them."""
    field = composer(page, pane)
    with suppress(PlaywrightTimeoutError):
        await field.fill(text, timeout=5_000)
    if await field.input_value() == text:
        await field.press("Enter")
    else:
        await field.evaluate(_TYPED, text)


async def hears(page: Page) -> bool:
    """Whether the browser gives this page frames and keys: on a busy machine one may be started that never does."""
    await page.set_content("<textarea></textarea>")
    field = page.locator("textarea")
    try:
        await field.fill("typed", timeout=10_000)
        await page.evaluate("new Promise(requestAnimationFrame)")
    except PlaywrightTimeoutError:
        return False
    return await field.input_value() == "typed"
