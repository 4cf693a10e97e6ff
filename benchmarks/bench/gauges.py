"""What is measured while something runs: how late the event loop is, and how much memory a process tree holds."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path

_TICK = 0.01
_PAGE = os.sysconf("SC_PAGE_SIZE")


def percentile(values: Iterable[float], share: float) -> float:
    """The value below which that share (0..1) lies; nan for none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else float("nan")


@asynccontextmanager
async def loop_lag() -> AsyncIterator[list[float]]:
    """Seconds by which a 10 ms timer of this loop was late, collected while the block runs."""
    lags: list[float] = []

    async def watch() -> None:
        while True:
            asked = time.perf_counter()
            await asyncio.sleep(_TICK)
            lags.append(time.perf_counter() - asked - _TICK)

    task = asyncio.create_task(watch())
    try:
        yield lags
    finally:
        task.cancel()


def _tree(root: int) -> list[int]:
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except (OSError, IndexError):
                continue  # it ended while we looked
            children.setdefault(parent, []).append(int(entry.name))
    found, todo = [], [root]
    while todo:
        found.append(process := todo.pop())
        todo += children.get(process, [])
    return found


def tree_rss(root: int | None = None) -> int:
    """Resident bytes of a process and all that it started; of this one where none is named."""
    total = 0
    for process in _tree(root or os.getpid()):
        try:
            total += int(Path(f"/proc/{process}/statm").read_text().split()[1]) * _PAGE
        except OSError:
            continue
    return total


@asynccontextmanager
async def peak_memory() -> AsyncIterator[list[int]]:
    """Resident bytes of our process tree, looked at four times a second while the block runs."""
    seen: list[int] = [await asyncio.to_thread(tree_rss)]

    async def watch() -> None:
        while True:
            await asyncio.sleep(0.25)
            seen.append(await asyncio.to_thread(tree_rss))

    task = asyncio.create_task(watch())
    try:
        yield seen
    finally:
        task.cancel()
