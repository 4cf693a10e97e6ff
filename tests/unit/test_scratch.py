"""Folders that live as long as one piece of work, however that ends."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from services.storage.scratch import Scratch


async def test_a_folder_is_gone_with_all_that_is_in_it(tmp_path: Path) -> None:
    async with Scratch(tmp_path / "room").folder() as folder:
        await asyncio.to_thread((folder / "sound.pcm").write_bytes, b"0")
    assert await _left(tmp_path / "room") == []


@pytest.mark.parametrize("turns", range(6), ids=lambda turns: f"{turns} turns of the loop")
async def test_nothing_is_left_of_a_folder_whose_user_was_canceled(tmp_path: Path, turns: int) -> None:
    """A thread goes on when who waits for it is canceled: what it makes then has to go, too."""
    room = tmp_path / "room"

    async def work() -> None:
        async with Scratch(room).folder():
            await asyncio.sleep(60)

    task = asyncio.create_task(work())
    for _ in range(turns):
        await asyncio.sleep(0)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert await _left(room) == []


async def test_what_a_killed_process_left_is_cleared_away(tmp_path: Path) -> None:
    room = tmp_path / "room"
    await asyncio.to_thread((room / "old").mkdir, parents=True)
    await Scratch(room).clear()
    assert not await asyncio.to_thread(room.exists)


async def _left(room: Path) -> list[str]:
    return await asyncio.to_thread(lambda: [path.name for path in room.glob("*")] if room.exists() else [])
