"""Packages for Node, installed by their lock files into a cache; where that cannot be done, tests skip."""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import hashlib
import os
import shutil
import subprocess
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

_HERE = Path(__file__).parent
_INSTALL_SECONDS = 240


class NoNodeError(Exception):
    """There is no Node here, or its packages cannot be had; says which."""


def installed(name: str) -> Path:
    """Return a folder made of `<name>/`, with its packages in it. Raises NoNodeError."""
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        raise NoNodeError("Node is not installed, and this test holds the local Slack against what runs on it")
    contents = b"".join(path.read_bytes() for path in sorted((_HERE / name).iterdir()))
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "earshot" / "node"
    folder = cache / f"{name}-{hashlib.sha256(contents).hexdigest()[:16]}"
    cache.mkdir(parents=True, exist_ok=True)
    with _locked(cache / f"{name}.lock"):
        if not (folder / "complete").exists():
            _install(npm, name, folder)
    return folder


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _install(npm: str, name: str, folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(_HERE / name, folder)
    command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    try:
        subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=_INSTALL_SECONDS)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        raise NoNodeError(f"npm could not install the packages of {name}: {type(error).__name__}") from error
    (folder / "complete").touch()


class Script:
    """A running program. `line()` waits for the next line that it prints."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    async def line(self) -> str:
        """The next line; fails when the program ended or says nothing for a minute."""
        assert self._process.stdout is not None
        async with asyncio.timeout(60):
            line = await self._process.stdout.readline()
        assert line, "the program ended"
        return line.decode().rstrip("\n")


@contextlib.asynccontextmanager
async def running(
    folder: Path, script: Path, *arguments: str, node: str = "node", **variables: str
) -> AsyncIterator[Script]:
    """Run a script in a folder with its packages, for as long as the block lasts."""
    process = await asyncio.create_subprocess_exec(
        node,
        str(script),
        *arguments,
        cwd=folder,
        env={"PATH": os.environ["PATH"], **variables},
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        yield Script(process)
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()
