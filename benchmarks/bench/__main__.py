"""`python -m benchmarks.bench`: the figures, one line each."""

from __future__ import annotations

import asyncio
import os
import platform
import tempfile
from pathlib import Path

from benchmarks.bench.crowd import acks_under_load, many_at_once
from benchmarks.bench.one import one_long_recording
from benchmarks.bench.recognition import against_plain_whisper
from bot import logs
from bot.models import get_models
from bot.settings import Settings


async def _main() -> None:
    settings = Settings(_env_file=None)
    await get_models(settings)
    print(f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}")
    with tempfile.TemporaryDirectory() as folder:
        for bench in (against_plain_whisper, one_long_recording, acks_under_load, many_at_once):
            print(f"\n{(bench.__doc__ or '').splitlines()[0]}", flush=True)
            for name, value in (await bench(settings, Path(folder) / bench.__name__)).items():
                print(f"  {name:<58} {value}", flush=True)


if __name__ == "__main__":
    logs.configure("ERROR", "text")
    asyncio.run(_main())
