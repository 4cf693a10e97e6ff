"""What the benches listen to: the sample meeting, over and over, so that they need nothing from outside."""

from __future__ import annotations

import asyncio
from pathlib import Path

import numpy as np
import soundfile

from bot.settings import Settings
from sandbox.sample import make_sample
from services.media.decode import open_decoder

_RATE = 16_000


async def _meeting(settings: Settings, folder: Path) -> np.ndarray:
    await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)
    sample = folder / "sample.m4a"
    await asyncio.to_thread(make_sample, sample, settings.models_dir)
    async with open_decoder() as decoder:
        audio = await decoder.decode(sample, folder / "sample.pcm", name=sample.name)
    return await asyncio.to_thread(np.fromfile, audio.path, np.int16)


async def ten_minutes(settings: Settings, folder: Path) -> Path:
    """Ten minutes of meeting as a sound file."""
    sound = await _meeting(settings, folder)
    path = folder / "ten-minutes.flac"
    await asyncio.to_thread(soundfile.write, path, np.resize(sound, 600 * _RATE), _RATE)
    return path


async def short_talks(settings: Settings, folder: Path, count: int) -> list[Path]:
    """Half a minute each, no two the same."""
    sound = await _meeting(settings, folder)
    paths = [folder / f"talk-{number}.flac" for number in range(count)]
    for number, path in enumerate(paths):
        await asyncio.to_thread(soundfile.write, path, np.roll(sound, -number * _RATE)[: 30 * _RATE], _RATE)
    return paths
