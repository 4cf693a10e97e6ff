"""One bot in one local Slack for all tests: the engine knows its workflows by name, so a process holds one of each."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

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


@pytest_asyncio.fixture
async def bot(life: tuple[Life, Path]) -> AsyncIterator[Earshot]:
    """The same, for one test."""
    async with visiting(*life) as earshot:
        yield earshot
