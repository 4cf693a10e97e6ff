"""A bot on several machines: processes with fast engines that share a database, a folder of blobs and a local Slack."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import os
import signal
import sys
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp

from sandbox.slack.manifest import read_manifest
from tests.fakes.engines import write_tone
from tests.slack.local_workspace import JSON, LocalWorkspace, local_workspace
from tests.workflow.earshot import MANIFEST, free_port, until

ENDED = {"white_check_mark", "warning"}


@dataclass
class Machine:
    """One process of the fleet."""

    name: str
    role: str
    port: int
    metrics_port: int
    process: asyncio.subprocess.Process

    def send(self, number: signal.Signals) -> None:
        """Send a signal."""
        self.process.send_signal(number)

    async def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Send the signal and wait until it is gone; its status."""
        if self.process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                self.process.send_signal(number)
        return await self.process.wait()


@dataclass
class Fleet:
    """What the processes share, and the person who keeps them busy."""

    workspace: LocalWorkspace
    folder: Path
    database: str
    settings: dict[str, str]
    machines: list[Machine] = field(default_factory=list)
    names: Iterator[int] = field(default_factory=itertools.count)

    @property
    def channel(self) -> str:
        """Where recordings are shared."""
        return self.workspace.channel("general")

    async def start(self, role: str, *, name: str = "", port: int | None = None) -> Machine:
        """Start a process; it need not be up yet. Each has an id that none had before, as containers do."""
        name = name or f"{role}-{next(self.names)}"
        port, metrics_port = port or free_port(), free_port()
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": os.environ.get("HOME", "/"),
            "SLACK_BOT_TOKEN": "xoxb-sandbox",
            "SLACK_APP_TOKEN": "xapp-sandbox",
            "SLACK_API_URL": self.workspace.api_url,
            "DATABASE_URL": self.database,
            "DATA_DIR": str(self.folder / "data"),
            "HEARD": str(self.folder / "heard.txt"),
            "PORT": str(port),
            "METRICS_PORT": str(metrics_port),
            "ROLE": role,
            "EXECUTOR_ID": name,
            "LOG_LEVEL": "WARNING",
            **self.settings,
        }
        with (self.folder / "log.txt").open("a") as log:
            command = (sys.executable, "-m", "tests.workflow.bot_process")
            process = await asyncio.create_subprocess_exec(
                *command, env=environment, cwd=MANIFEST.parent, stderr=log.fileno()
            )
        machine = Machine(name, role, port, metrics_port, process)
        self.machines.append(machine)
        return machine

    async def up(self, *machines: Machine, seconds: float = 120.0) -> None:
        """Wait until they are ready."""
        for machine in machines:
            await until(lambda machine=machine: self.ready(machine), seconds)  # type: ignore[misc]

    async def ready(self, machine: Machine) -> bool:
        """Whether it says that it can work."""
        assert machine.process.returncode is None, f"{machine.name} ended; see {self.folder / 'log.txt'}"
        status, _ = await self.page(machine.port, "ready")
        return status == 200

    async def page(self, port: int, path: str) -> tuple[int, str]:
        """Read one of its pages; status 0 where nobody listens."""
        try:
            async with self.workspace.session.get(f"http://127.0.0.1:{port}/{path}") as answer:
                return answer.status, await answer.text()
        except aiohttp.ClientError:
            return 0, ""

    async def share(self, seconds: float) -> str:
        """Share a recording of that length, in hundredths different from all others; the ts of its message."""
        path = self.folder / f"{seconds:.2f}.wav"
        await asyncio.to_thread(write_tone, path, seconds)
        ada = self.workspace.person("ada")
        _, ts = await ada.share(self.channel, await asyncio.to_thread(path.read_bytes), f"talk {seconds:.2f}.wav")
        return ts

    async def ended(self, ts: str) -> bool:
        """Whether the recap of that message has ended."""
        message = (await self.workspace.person("ada").thread(self.channel, ts))[0]
        return bool(ENDED & {reaction["name"] for reaction in message.get("reactions", ())})

    async def replies(self, ts: str) -> list[JSON]:
        """What the bot said there."""
        thread = await self.workspace.person("ada").thread(self.channel, ts)
        return [m for m in thread[1:] if m["user"] == self.workspace.info["bot"]["user_id"]]

    def heard(self) -> list[tuple[str, str, float]]:
        """The recognizers' diary: 'begin' or 'end', the recording's length, and when."""
        path = self.folder / "heard.txt"
        lines = path.read_text().splitlines() if path.exists() else []
        return [(what, length, float(moment)) for what, length, moment in map(str.split, lines)]


@contextlib.asynccontextmanager
async def fleet(folder: Path, database: str, **settings: str) -> AsyncIterator[Fleet]:
    """A local Slack and room for processes; whatever runs at the end is killed."""
    async with local_workspace(manifest=await asyncio.to_thread(read_manifest, MANIFEST)) as workspace:
        shared = Fleet(workspace, folder, database, settings)
        try:
            yield shared
        finally:
            for machine in shared.machines:
                if machine.process.returncode is None:
                    machine.send(signal.SIGCONT)
                    await machine.end(signal.SIGKILL)
