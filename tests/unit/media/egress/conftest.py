"""A witness of every connection that this process tries to make."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import pytest

from services.media.egress import Web
from tests.unit.media.egress.outside import admitting

_witnesses: list[list[tuple[str, int]]] = []


def _see(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "socket.connect" and isinstance(arguments[1], tuple):
        for witness in _witnesses:
            witness.append(arguments[1][:2])


@pytest.fixture(scope="session")
def _hook() -> None:
    sys.addaudithook(_see)


@pytest.fixture
def dialled(_hook: None) -> Iterator[list[tuple[str, int]]]:
    """The places that were dialled, in order; Python reports them before the system is asked to connect."""
    seen: list[tuple[str, int]] = []
    _witnesses.append(seen)
    yield seen
    _witnesses.remove(seen)


@pytest.fixture(scope="session")
def visitor() -> Web:
    """One client for all tests that may visit `outside`; reading the system's authorities takes a while."""
    return Web(admitting())
