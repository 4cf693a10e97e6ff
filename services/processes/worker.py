"""One child process that serves calls, one at a time; killed with all its descendants when it must end."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import services.vocabulary.errors as tree
from services.processes.limits import Limits

_LINE = 256 * 1024 * 1024
_ROOT = Path(__file__).resolve().parents[2]
_PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "XDG_CACHE_HOME", "LD_LIBRARY_PATH", "VIRTUAL_ENV")


class ChildDied(Exception):  # noqa: N818 - it is an event: the child is gone
    """The child ended without an answer: killed, out of memory, or crashed in native code."""


class ChildTimeout(ChildDied):
    """The child did not answer within its wall clock and was killed."""


class ChildBug(Exception):  # noqa: N818 - the message is the child's traceback
    """The child's code raised something that is not in the error tree."""


def _raise(error: dict[str, str]) -> None:
    kind, message = error["kind"], error["message"]
    known = getattr(tree, kind, None)
    if isinstance(known, type) and issubclass(known, tree.EarshotError):
        raise known(message)
    if kind == "MemoryError":
        raise ChildDied(message)
    raise ChildBug(message)


class Worker:
    """A child that runs `entry` ('package.module:function', see `services.processes.child`) under limits.

    It is started by the first call and again after it died. Secrets of our environment are not passed on.
    """

    def __init__(self, entry: str, limits: Limits, *, environment: dict[str, str] | None = None) -> None:
        self._entry = entry
        self._limits = limits
        self._environment = environment or {}
        self._process: asyncio.subprocess.Process | None = None

    async def call(
        self, request: dict[str, Any], on_progress: Callable[[dict[str, Any]], None] | None = None
    ) -> dict[str, Any]:
        """The child's result for the request.

        Raises what the child raised from the error tree, ChildTimeout after the wall clock, ChildDied when it ended,
        ChildBug for anything else. A canceled call kills the child, so that nothing goes on behind our back.
        """
        try:
            async with asyncio.timeout(self._limits.wall):
                return await self._exchange(request, on_progress)
        except TimeoutError as error:
            await self.close()
            raise ChildTimeout(f"{self._entry} took longer than {self._limits.wall:.0f} s") from error
        except (asyncio.CancelledError, ChildDied):
            await self.close()
            raise

    async def _exchange(
        self, request: dict[str, Any], on_progress: Callable[[dict[str, Any]], None] | None
    ) -> dict[str, Any]:
        process = self._process or await self._start()
        if process.stdin is None or process.stdout is None:
            raise ChildDied("the child has no pipes")
        try:
            process.stdin.write(json.dumps(request).encode() + b"\n")
            await process.stdin.drain()
        except ConnectionError as error:
            raise ChildDied(f"{self._entry} is gone") from error
        while line := await process.stdout.readline():
            message = json.loads(line)
            if "progress" in message:
                if on_progress:
                    on_progress(message["progress"])
            elif "error" in message:
                _raise(message["error"])
            else:
                result: dict[str, Any] = message["result"]
                return result
        raise ChildDied(f"{self._entry} ended with status {await process.wait()}")

    async def _start(self) -> asyncio.subprocess.Process:
        environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "services.processes.child",
            self._limits.model_dump_json(),
            self._entry,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            limit=_LINE,
            cwd=_ROOT,
            env={**environment, **self._environment},
            start_new_session=True,
        )
        return self._process

    async def close(self) -> None:
        """Kill the child and everything it started; returns when it is gone."""
        process, self._process = self._process, None
        if process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        if process.stdin:
            process.stdin.close()
        await process.wait()


async def run_once(
    entry: str,
    request: dict[str, Any],
    limits: Limits,
    *,
    on_progress: Callable[[dict[str, Any]], None] | None = None,
    environment: dict[str, str] | None = None,
) -> dict[str, Any]:
    """Serve one call in a child of its own, gone afterwards; for hostile input. Raises as `Worker.call` does."""
    worker = Worker(entry, limits, environment=environment)
    try:
        return await worker.call(request, on_progress)
    finally:
        await worker.close()
