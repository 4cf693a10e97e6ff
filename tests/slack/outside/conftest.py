"""Fixtures for what comes from outside."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.slack.outside.node import installed
from tests.slack.outside.types import SlackTypes, compiled


@pytest.fixture(scope="session")
def packages() -> Path:
    """A folder with Slack's JavaScript packages."""
    return installed("javascript")


@pytest.fixture(scope="session")
def slack_types(packages: Path) -> SlackTypes:
    """Slack's types as schemas."""
    return compiled(packages)
