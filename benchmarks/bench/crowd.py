"""Many acts at once."""

from __future__ import annotations

import asyncio
import itertools
import time
from pathlib import Path

import aiohttp

from benchmarks.bench.gauges import loop_lag, peak_memory, percentile
from benchmarks.bench.recordings import short_talks
from benchmarks.bench.stage import Stage, stage
from bot.settings import Settings

_EVENTS = 100
_RECORDINGS = 20


async def _acks(slack: Stage) -> list[float]:
    async with aiohttp.ClientSession() as session, session.get(f"{slack.url}/sandbox/journal") as answer:
        deliveries = (await answer.json())["deliveries"]
    return [d["acked"] for d in deliveries if d["type"] == "events_api" and d["acked"] is not None]


async def acks_under_load(_settings: Settings, folder: Path) -> dict[str, str]:
    """A hundred mentions at the same time, each of which starts durable work."""
    async with stage(folder / "data") as slack, loop_lag() as lags:
        text = f"<@{slack.bot_user}> hello"
        posts = (slack.person.chat_postMessage(channel=slack.channel, text=f"{text} {n}") for n in range(_EVENTS))
        await asyncio.gather(*posts)
        while len(acks := await _acks(slack)) < 2 * _EVENTS:  # a mention is delivered twice, as a message too
            await asyncio.sleep(0.2)
    return {
        "ack p50 / p95 / max": " / ".join(f"{1000 * percentile(acks, share):.0f}" for share in (0.5, 0.95, 1)) + " ms",
        "event-loop lag p99": f"{1000 * percentile(lags, 0.99):.1f} ms",
    }


async def many_at_once(settings: Settings, folder: Path) -> dict[str, str]:
    """Twenty recordings shared at the same moment, and a question in the middle of them."""
    talks = await short_talks(settings, folder, _RECORDINGS + 1)
    async with stage(folder / "data") as slack, loop_lag() as lags, peak_memory() as memory:
        first = await slack.share(talks[0])
        await slack.seconds_until_done(first)
        began = time.perf_counter()
        shared = await asyncio.gather(*(slack.share(talk) for talk in talks[1:]))
        await slack.person.chat_postMessage(channel=slack.channel, thread_ts=first, text="What was this about?")
        before, asked = len(await slack.replies(first)), time.perf_counter()
        while len(await slack.replies(first)) == before:
            await asyncio.sleep(0.05)
        answered = time.perf_counter() - asked
        ends = dict(zip(shared, await asyncio.gather(*(slack.seconds_until_text(ts) for ts in shared)), strict=True))
        took = time.perf_counter() - began
        acks = await _acks(slack)
    order = sorted(shared, key=float)
    inversions = sum(ends[a] > ends[b] for a, b in itertools.pairwise(order))
    return {
        "all recapped in": f"{took:.0f} s; out of order of arrival: {inversions} of {len(order) - 1} neighbours",
        "question in between answered in": f"{answered:.1f} s",
        "ack p95 / max": f"{1000 * percentile(acks, 0.95):.0f} / {1000 * max(acks):.0f} ms",
        "event-loop lag p99 / max": f"{1000 * percentile(lags, 0.99):.1f} / {1000 * max(lags):.0f} ms",
        "peak memory, bot and its children": f"{max(memory) / 1e6:.0f} MB",
    }
