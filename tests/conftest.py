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
from tests.postgres.server import NoPostgresError, Postgres, postgres_server

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


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--database postgres` runs the tests of the whole bot on PostgreSQL, `--transport http` without Socket Mode."""
    parser.addoption(
        "--database", choices=["sqlite", "postgres"], default="sqlite", help="what the bot keeps its records in"
    )
    parser.addoption("--transport", choices=["socket", "http"], default="socket", help="how Slack reaches the bot")


_LONGEST_FIRST = ("workflow", "contract", "aws", "browser")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the rooms whose tests take longest, so that the processes of a run end at about the same time."""
    here = Path(__file__).parent

    def rank(item: pytest.Item) -> int:
        room = item.path.relative_to(here).parts[0]
        return _LONGEST_FIRST.index(room) if room in _LONGEST_FIRST else len(_LONGEST_FIRST)

    items.sort(key=rank)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL server of this test run's own."""
    try:
        with postgres_server() as server:
            yield server
    except NoPostgresError as error:
        pytest.skip(f"no PostgreSQL: {error}")


def _database(request: pytest.FixtureRequest) -> str | None:
    if request.config.getoption("--database") == "sqlite":
        return None
    server: Postgres = request.getfixturevalue("postgres")
    return server.database()


@pytest.fixture(scope="session")
def bot_database(request: pytest.FixtureRequest) -> str | None:
    """The `DATABASE_URL` of the bot that the tests share: None for SQLite files in its data folder."""
    return _database(request)


@pytest.fixture
def fresh_database(request: pytest.FixtureRequest) -> str | None:
    """The same for one test's own bot."""
    return _database(request)


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
