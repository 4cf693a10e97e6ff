"""What axe, the checker of accessibility, finds on a page."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from playwright.async_api import Page

from tests.slack.outside.node import NoNodeError, installed

_RUN = """async () => {
    const { violations } = await axe.run(document, { resultTypes: ["violations"] });
    const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
    return serious.flatMap(({ id, nodes }) =>
        nodes.map(({ target, html, failureSummary }) => [id, target, html.slice(0, 160), failureSummary].join(" ")));
}"""


@pytest.fixture(scope="session")
def axe() -> str:
    """The checker's script."""
    try:
        packages: Path = installed("javascript")
    except NoNodeError as error:
        pytest.skip(str(error))
    return (packages / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


async def serious_findings(page: Page, axe: str) -> list[str]:
    """What is serious or worse. The page is let come to rest first."""
    await asyncio.sleep(0.3)  # fading in changes contrasts
    await page.evaluate(axe)
    found: list[str] = await page.evaluate(_RUN)
    return found
