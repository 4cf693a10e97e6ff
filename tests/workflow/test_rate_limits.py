"""Many recordings at once in a workspace whose Slack counts: nothing is lost, and no more is asked than it takes."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from sandbox.slack.manifest import read_manifest
from tests.fakes.engines import write_tone
from tests.slack.local_workspace import JSON, local_workspace
from tests.workflow.earshot import MANIFEST, free_port, until
from tests.workflow.test_crashes import Victim

_MINUTE = 60.0
_FILES = 4


@contextlib.asynccontextmanager
async def counted(folder: Path, database: str | None) -> AsyncIterator[Victim]:
    """A bot in a local Slack that limits its calls as Slack does."""
    manifest = await asyncio.to_thread(read_manifest, MANIFEST)
    async with local_workspace(manifest=manifest, rate_limits=True) as workspace:
        bot = Victim(workspace, folder, free_port(), database)
        try:
            await bot.start()
            yield bot
        finally:
            await bot.end(signal.SIGTERM)


async def _share(bot: Victim, number: int) -> str:
    path = bot.folder / f"{number}.wav"
    await asyncio.to_thread(write_tone, path, 2.0 + number / 50)
    ada, channel = bot.workspace.person("ada"), bot.workspace.channel("general")
    _, ts = await ada.share(channel, await asyncio.to_thread(path.read_bytes), f"talk {number}.wav")
    return ts


async def _replies(bot: Victim, ts: str) -> list[JSON]:
    thread = await bot.workspace.person("ada").thread(bot.workspace.channel("general"), ts)
    return [m for m in thread[1:] if m["user"] == bot.workspace.info["bot"]["user_id"]]


async def _complete(bot: Victim, ts: str) -> bool:
    replies = await _replies(bot, ts)
    told = any(m["text"].startswith("Recap of") for m in replies)
    return told and sum(len(m.get("files", ())) for m in replies) >= _FILES


async def _all_complete(bot: Victim, shared: list[str], seconds: float) -> None:
    """Wait for the recaps in turn: one look at a time, because looking costs time as well."""
    deadline = time.monotonic() + seconds
    for ts in shared:

        async def complete(ts: str = ts) -> bool:
            return await _complete(bot, ts)

        await until(complete, max(1.0, deadline - time.monotonic()))


def _assert_each_once(replies: list[JSON]) -> None:
    texts = Counter(m["text"].split(":")[0] for m in replies if m["text"])
    files = Counter(file["name"] for m in replies for file in m.get("files", ()))
    assert set(texts.values()) == {1}, texts
    assert set(files.values()) == {1}, files
    assert len(files) == _FILES, files


def _refused(calls: list[dict[str, Any]]) -> Counter[str]:
    return Counter(call["method"] for call in calls if call["answer"].get("error") == "ratelimited")


def _most_in_a_minute(calls: list[dict[str, Any]], method: str) -> int:
    times = [call["time"] for call in calls if call["method"] == method]
    return max((sum(first <= t < first + _MINUTE for t in times) for first in times), default=0)


async def _work_off(bot: Victim, jobs: int, seconds: float) -> list[dict[str, Any]]:
    shared = [await _share(bot, number) for number in range(jobs)]
    await _all_complete(bot, shared, seconds)
    for ts in shared:
        _assert_each_once(await _replies(bot, ts))
    return [call for call in (await bot.workspace.journal())["calls"] if call["as"] == "bot"]


async def test_a_few_recordings_at_once_meet_no_limit(tmp_path: Path, fresh_database: str | None) -> None:
    async with counted(tmp_path, fresh_database) as bot:
        calls = await _work_off(bot, 6, 120)
    assert not _refused(calls)


@pytest.mark.soak
@pytest.mark.timeout(1500)
async def test_sixty_recordings_at_once_are_all_told_within_slacks_limits(
    tmp_path: Path, fresh_database: str | None
) -> None:
    async with counted(tmp_path, fresh_database) as bot:
        bot.workspace.slack.journal.calls = type(bot.workspace.slack.journal.calls)(maxlen=None)
        began = time.monotonic()
        calls = await _work_off(bot, 60, 900)
    refused, edits = _refused(calls), _most_in_a_minute(calls, "chat.update")
    most = {method: _most_in_a_minute(calls, method) for method in sorted({call["method"] for call in calls})}
    sys.stdout.write(f"\n60 recaps in {time.monotonic() - began:.0f} s; refused: {dict(refused)}; a minute: {most}\n")
    assert edits <= 45
    assert sum(refused.values()) == 0
