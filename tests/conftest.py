"""What holds for every test: loopback only, and nothing of ours blocks the event loop."""

from __future__ import annotations

import ipaddress
import os
import sys
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from blockbuster import BlockBuster, blockbuster_ctx

from bot.logs import configure

SHARED = Path(__file__).resolve().parents[2] / "shared"


class OutsideError(RuntimeError):
    """A test tried to reach another machine."""


def _only_loopback(event: str, arguments: tuple[Any, ...]) -> None:
    if event != "socket.connect":
        return
    address = arguments[1]
    if isinstance(address, tuple):
        host = str(address[0]).split("%")[0]
        local = host == "localhost" or _is_loopback(host)
        if not local:
            raise OutsideError(f"a test must not connect to {host}")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


sys.addaudithook(_only_loopback)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where a browser was promised (CI installs one), a browser test that is skipped has failed."""
    report = yield
    if report.skipped and "EARSHOT_REQUIRE_BROWSER" in os.environ and item.get_closest_marker("browser"):
        report.outcome, report.longrepr = "failed", f"skipped, though a browser was promised: {report.longrepr}"
    return report


@pytest.fixture(autouse=True)
def _no_blocking_calls() -> Iterator[BlockBuster | None]:
    """A blocking call made by our code on the event loop is an error."""
    with blockbuster_ctx(["bot", "handlers", "services", "sandbox"]) as detector:
        yield detector


@pytest.fixture(scope="session", autouse=True)
def _logs() -> None:
    """Logs as the bot writes them."""
    configure("WARNING", "text")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with recordings and evaluation data that stands beside the checkout."""
    if not SHARED.is_dir():
        pytest.skip("the shared evaluation data does not stand beside this checkout")
    return SHARED
