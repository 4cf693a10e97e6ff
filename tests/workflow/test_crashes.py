"""The bot is killed at random moments while it works, and started again. Nothing is lost, nothing is doubled."""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import signal
import sys
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import aiohttp
import pytest

from sandbox.slack.manifest import read_manifest
from tests.fakes.engines import write_tone
from tests.slack.local_workspace import JSON, LocalWorkspace, local_workspace
from tests.workflow.earshot import MANIFEST, free_port, until

ROOT = MANIFEST.parent
_REACHED = {
    "socket": {"SLACK_APP_TOKEN": "xapp-sandbox"},
    "http": {"SLACK_SIGNING_SECRET": "sandbox-signing-secret"},
}


@dataclass
class Victim:
    """A bot process that is killed and started again under the same name."""

    workspace: LocalWorkspace
    folder: Path
    port: int
    database: str | None = None
    transport: str = "socket"
    process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Start it."""
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": os.environ.get("HOME", "/"),
            "SLACK_BOT_TOKEN": "xoxb-sandbox",
            **_REACHED[self.transport],
            "SLACK_API_URL": self.workspace.api_url,
            "DATA_DIR": str(self.folder / "data"),
            "HEARD": str(self.folder / "heard.txt"),
            "PORT": str(self.port),
            "EXECUTOR_ID": "victim",
            "LOG_LEVEL": "WARNING",
        }
        if self.database:
            environment["DATABASE_URL"] = self.database
        command = (sys.executable, "-m", "tests.workflow.bot_process")
        self.process = await asyncio.create_subprocess_exec(*command, env=environment, cwd=ROOT)
        await until(self._healthy, seconds=120)

    async def _healthy(self) -> bool:
        try:
            async with self.workspace.session.get(f"http://127.0.0.1:{self.port}/health") as answer:
                return answer.ok
        except aiohttp.ClientError:
            return False

    async def end(self, number: signal.Signals) -> None:
        """Send the signal and wait until it is gone."""
        if self.process and self.process.returncode is None:
            self.process.send_signal(number)
            await self.process.wait()


@contextlib.asynccontextmanager
async def victim(folder: Path, database: str | None) -> AsyncIterator[Victim]:
    """A local Slack with a bot that can be killed."""
    async with local_workspace(manifest=await asyncio.to_thread(read_manifest, MANIFEST)) as workspace:
        bot = Victim(workspace, folder, free_port(), database)
        try:
            yield bot
        finally:
            await bot.end(signal.SIGKILL)


async def _share(bot: Victim, number: int) -> tuple[str, float]:
    seconds = 4.0 + number / 8  # the length tells the recordings apart in the diary
    path = bot.folder / f"{number}.wav"
    await asyncio.to_thread(write_tone, path, seconds)
    ada, channel = bot.workspace.person("ada"), bot.workspace.channel("general")
    _, ts = await ada.share(channel, await asyncio.to_thread(path.read_bytes), f"talk {number}.wav")
    return ts, seconds


async def _thread(bot: Victim, ts: str) -> list[JSON]:
    thread = await bot.workspace.person("ada").thread(bot.workspace.channel("general"), ts)
    return [m for m in thread[1:] if m["user"] == bot.workspace.info["bot"]["user_id"]]


async def _complete(bot: Victim, ts: str) -> bool:
    replies = await _thread(bot, ts)
    answered = any(m["text"].startswith("The lamp will be replaced") for m in replies)
    return answered and sum(len(m.get("files", ())) for m in replies) >= 4


def _assert_nothing_doubled(replies: list[JSON]) -> None:
    texts = Counter(m["text"].split(":")[0] for m in replies if m["text"])
    files = Counter(file["name"] for m in replies for file in m.get("files", ()))
    assert max(texts.values()) == 1, texts
    assert max(files.values()) == 1, files
    assert len(files) == 4, files
    assert not any("went wrong" in m["text"] for m in replies)


def _assert_nothing_heard_twice(diary: str, lengths: list[float]) -> None:
    lines = diary.splitlines()
    for seconds in lengths:
        ends = [index for index, line in enumerate(lines) if line.startswith(f"end {seconds:.2f} ")]
        begins = [index for index, line in enumerate(lines) if line.startswith(f"begin {seconds:.2f} ")]
        assert ends, f"{seconds} was never heard out"
        # The engine finishes a moment before its result is kept, so a kill in that moment may cost one more hearing.
        assert len(ends) <= 2, f"{seconds} was heard {len(ends)} times"
        assert begins


async def _torture(bot: Victim, kills: int, dice: random.Random) -> int:
    """Share, ask, kill, start again; the number of hearings that were done twice."""
    shared: list[tuple[str, float]] = []
    await bot.start()
    for number in range(kills):
        shared.append(await _share(bot, number))
        channel = bot.workspace.channel("general")
        await asyncio.sleep(0.3)  # nobody asks in the same moment in which they share
        await bot.workspace.person("ada").post(channel, "When will the lamp be replaced?", shared[-1][0])
        await asyncio.sleep(dice.uniform(0.2, 5.0))
        await bot.end(signal.SIGTERM if number % 5 == 4 else signal.SIGKILL)
        await bot.start()
    for ts, _ in shared:
        assert await until(partial(_complete, bot, ts), seconds=120)
    for ts, _ in shared:
        _assert_nothing_doubled(await _thread(bot, ts))
    diary = await asyncio.to_thread((bot.folder / "heard.txt").read_text)
    _assert_nothing_heard_twice(diary, [seconds for _, seconds in shared])
    return diary.count("end ") - len(shared)


async def test_a_few_kills_lose_nothing_and_double_nothing(tmp_path: Path, fresh_database: str | None) -> None:
    async with victim(tmp_path, fresh_database) as bot:
        await _torture(bot, 2, random.Random(7))


@pytest.mark.soak
@pytest.mark.timeout(1200)
async def test_thirty_kills_lose_nothing_and_double_nothing(tmp_path: Path, fresh_database: str | None) -> None:
    async with victim(tmp_path, fresh_database) as bot:
        again = await _torture(bot, 30, random.Random(30))
    sys.stdout.write(f"\n30 kills, 30 recaps, 30 answers: all there, none twice; hearings done again: {again}\n")
