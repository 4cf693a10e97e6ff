"""Fixtures for what comes from outside."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.slack.outside.node import NoNodeError, installed
from tests.slack.outside.types import SlackTypes, compiled


@pytest.fixture(scope="session")
def packages() -> Path:
    """A folder with Slack's JavaScript packages."""
    try:
        return installed("javascript")
    except NoNodeError as error:
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def other_packages() -> Path:
    """A folder with the other stand-in."""
    try:
        return installed("emulate")
    except NoNodeError as error:
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def slack_types(packages: Path) -> SlackTypes:
    """Slack's types as schemas."""
    return compiled(packages)
