"""`python -m benchmarks.bench [NAME ...]`: the figures, one line each.

Each bench has a process of its own, because the durable engine keeps its workflows once for each process.
"""

from __future__ import annotations

import asyncio
import os
import platform
import sys
import tempfile
from pathlib import Path

from benchmarks.bench.crowd import acks_under_load, many_at_once
from benchmarks.bench.linked import links_of_captioned_videos
from benchmarks.bench.one import one_long_recording
from benchmarks.bench.recognition import against_plain_whisper
from bot import logs
from bot.models import get_models
from bot.settings import Settings

_BENCHES = {
    bench.__name__: bench
    for bench in (
        against_plain_whisper,
        one_long_recording,
        links_of_captioned_videos,
        acks_under_load,
        many_at_once,
    )
}


async def _one(name: str) -> None:
    bench = _BENCHES[name]
    print(f"\n{(bench.__doc__ or '').splitlines()[0]}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        for figure, value in (await bench(Settings(_env_file=None), Path(folder) / name)).items():
            print(f"  {figure:<58} {value}", flush=True)


async def _all() -> int:
    await get_models(Settings(_env_file=None))
    print(f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}", flush=True)
    failed = 0
    for name in _BENCHES:
        process = await asyncio.create_subprocess_exec(sys.executable, "-m", "benchmarks.bench", name)
        failed |= await process.wait()
    return failed


async def _main() -> int:
    for name in sys.argv[1:]:
        await _one(name)
    return 0 if sys.argv[1:] else await _all()


if __name__ == "__main__":
    logs.configure("ERROR", "text")
    sys.exit(asyncio.run(_main()))
