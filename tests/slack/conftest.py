"""Fixtures for everything that is tried in the local Slack."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio

from sandbox.slack.contract import read_contract
from tests.slack.local_workspace import LocalWorkspace, local_workspace


@pytest_asyncio.fixture
async def sandbox() -> AsyncIterator[LocalWorkspace]:
    """A local Slack on a free port, without an app manifest (all is allowed) and without rate limits.

    At the end none of its answers may have been an error that Slack does not list for that method.
    """
    async with local_workspace() as workspace:
        yield workspace
        assert read_contract().unlisted((await workspace.journal())["calls"]) == []
