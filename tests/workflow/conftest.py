"""One bot in one local Slack for all tests: the engine knows its workflows by name, so a process holds one of each."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Generator, Iterator
from pathlib import Path
from typing import cast

import pytest
import pytest_asyncio

from tests.slack.local_workspace import LocalWorkspace
from tests.slack.outside.node import NoNodeError, installed
from tests.slack.outside.types import compiled
from tests.workflow.earshot import Earshot, Life, living, visiting


@pytest.fixture(scope="session")
def life(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, bot_database: str | None
) -> Iterator[tuple[Life, Path]]:
    """Earshot, up, hearing ten times as fast as people talk."""
    folder = tmp_path_factory.mktemp("bot")
    transport = request.config.getoption("--transport")
    with living(folder, pace=0.1, transport=transport, database_url=bot_database) as alive:
        yield alive, folder
        wrong = _misshapen(alive[0])
    assert not wrong, "\n".join(wrong)


def _misshapen(workspace: LocalWorkspace) -> list[str]:
    """What Slack's own types say against the blocks and views of the calls that the bot made in all tests."""
    with contextlib.suppress(NoNodeError):
        calls = [(call.method, call.args) for call in workspace.slack.journal.calls if call.caller == "bot"]
        return compiled(installed("javascript")).complaints_about_calls(calls)
    return []


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """With a failure comes what the local Slack saw before it."""
    report = yield
    if report.failed and isinstance(item, pytest.Function) and "life" in item.funcargs:
        (workspace, *_), _folder = cast("tuple[Life, Path]", item.funcargs["life"])
        report.sections.append(("What the local Slack saw last", "\n".join(_seen_last(workspace))))
    return report


def _seen_last(workspace: LocalWorkspace) -> list[str]:
    journal = workspace.slack.journal
    calls = [(call.time, f"{call.caller} {call.method} {call.answer.get('error', 'ok')}") for call in journal.calls]
    sent = [
        (each.time, f"-> {each.type} {each.event_type} {each.fault or ''} {each.failed or each.acked}")
        for each in journal.deliveries
    ]
    return [f"{time:.2f} {what}" for time, what in sorted([*calls, *sent])[-60:]]


@pytest_asyncio.fixture
async def bot(life: tuple[Life, Path]) -> AsyncIterator[Earshot]:
    """The same, for one test."""
    async with visiting(*life) as earshot:
        yield earshot


@pytest_asyncio.fixture(loop_scope="session")
async def seen(life: tuple[Life, Path]) -> AsyncIterator[Earshot]:
    """The same, for a test that looks at it in the session's browser: what others left open is closed."""
    async with visiting(*life) as earshot:
        if views := (await earshot.ada.state())["views"]:
            await earshot.ada.act("actions", type="view_closed", view_id=views[-1]["id"], is_cleared=True)
        yield earshot
