"""One long recording, from the moment that a person shares it."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

from benchmarks.bench.gauges import loop_lag, peak_memory, percentile
from benchmarks.bench.recordings import ten_minutes
from benchmarks.bench.stage import stage
from bot.settings import Settings


async def one_long_recording(settings: Settings, folder: Path) -> dict[str, str]:
    """Ten minutes shared in a channel: when people can read, when all is there, and the same file again."""
    sound = await ten_minutes(settings, folder)
    async with stage(folder / "data") as slack, loop_lag() as lags, peak_memory() as memory:
        began = time.perf_counter()
        ts = await slack.share(sound)
        await slack.seconds_until_text(ts)
        text = time.perf_counter() - began
        await slack.seconds_until_done(ts)
        done = time.perf_counter() - began
        again = time.perf_counter()
        copy = sound.with_name("again" + sound.suffix)
        await asyncio.to_thread(copy.write_bytes, await asyncio.to_thread(sound.read_bytes))
        second = await slack.share(copy)
        await slack.seconds_until_text(second)
        again = time.perf_counter() - again
        asked = time.perf_counter()
        await slack.person.chat_postMessage(channel=slack.channel, thread_ts=ts, text="What was this about?")
        before = len(await slack.replies(ts))
        while len(await slack.replies(ts)) == before:
            await asyncio.sleep(0.05)
        answered = time.perf_counter() - asked
    return {
        "share to first useful text": f"{text:.1f} s",
        "share to full recap, audio and transcript": f"{done:.1f} s",
        "the same file again, share to text": f"{again:.1f} s ({again / text:.1%} of the first)",
        "question to answer, first one (model cold)": f"{answered:.1f} s",
        "event-loop lag p50 / p99 / max": _lags(lags),
        "peak memory, bot and its children": f"{max(memory) / 1e6:.0f} MB",
    }


def _lags(lags: list[float]) -> str:
    return " / ".join(f"{1000 * percentile(lags, share):.1f}" for share in (0.5, 0.99, 1.0)) + " ms"
