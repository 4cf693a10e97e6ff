"""One child process that serves calls, one at a time; killed with all its descendants when it must end."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import sys
from typing import Any

from services.processes.exchange import LINE, ROOT, ChildDied, ChildTimeout, Heard, environment, exchange
from services.processes.limits import Limits


class Worker:
    """A child that runs `entry` ('package.module:function', see `services.processes.child`) under limits.

    It is started by the first call and again after it died. Secrets of our environment are not passed on.
    """

    def __init__(self, entry: str, limits: Limits, *, environment: dict[str, str] | None = None) -> None:
        self._entry = entry
        self._limits = limits
        self._environment = environment
        self._process: asyncio.subprocess.Process | None = None

    async def call(self, request: dict[str, Any], on_progress: Heard | None = None) -> dict[str, Any]:
        """The child's result for the request.

        Raises as `exchange` does, and ChildTimeout after the wall clock. A canceled call kills the child, so that
        nothing goes on behind our back.
        """
        try:
            async with asyncio.timeout(self._limits.wall):
                return await exchange(*await self._streams(), request, on_progress)
        except TimeoutError as error:
            await self.close()
            raise ChildTimeout(f"{self._entry} took longer than {self._limits.wall:.0f} s") from error
        except ChildDied as error:
            raise ChildDied(f"{self._entry}: {error} (status {await self._end()})") from error
        except asyncio.CancelledError:
            await self.close()
            raise

    async def _streams(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        process = self._process or await self._start()
        if process.stdin is None or process.stdout is None:
            raise ChildDied(f"{self._entry} has no pipes")
        return process.stdout, process.stdin

    async def _start(self) -> asyncio.subprocess.Process:
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "services.processes.child",
            json.dumps(self._limits),
            self._entry,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            limit=LINE,
            cwd=ROOT,
            env=environment(self._environment),
            start_new_session=True,
        )
        return self._process

    async def close(self) -> None:
        """Kill the child and everything it started; returns when it is gone."""
        await self._end()

    async def _end(self) -> int | None:
        """The status of the child when it is gone, None where there was none."""
        process, self._process = self._process, None
        if process is None:
            return None
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        if process.stdin:
            process.stdin.close()
        return await process.wait()


async def run_once(
    entry: str,
    request: dict[str, Any],
    limits: Limits,
    *,
    on_progress: Heard | None = None,
    environment: dict[str, str] | None = None,
) -> dict[str, Any]:
    """Serve one call in a child of its own, gone afterwards; for hostile input. Raises as `Worker.call` does."""
    worker = Worker(entry, limits, environment=environment)
    try:
        return await worker.call(request, on_progress)
    finally:
        await worker.close()
