"""Links: how long a pasted video takes until its recap stands in the thread, and how much of that is our own."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from ipaddress import ip_network
from pathlib import Path

from benchmarks.bench.gauges import percentile
from benchmarks.bench.stage import Stage, stage
from bot.bootstrap import OpenLadder
from bot.settings import Settings
from sandbox.web import Caption, Replay, Video, replay, spoken
from services.media.egress import Gate, Policy, Web
from services.media.ladder import Ladder
from services.media.podcasts import Podcasts
from services.media.sites import Sites
from services.storage.scratch import Scratch

_HOUR = 3600
_TRIES = 5
_WATCH = "https://www.youtube.com/watch?v="
_SCRIPT = Path(__file__).resolve().parents[2] / "sandbox" / "sample_script.txt"


async def links_of_captioned_videos(_settings: Settings, folder: Path) -> dict[str, str]:
    """Videos of an hour with automatic captions, pasted one after the other; the site is a replay on this machine."""
    said = spoken(await asyncio.to_thread(_SCRIPT.read_text, encoding="utf-8"), _HOUR)
    track = Caption("en", said, automatic=True)
    videos = [Video(f"hourlong{n:03d}", title=f"Hour {n}", seconds=_HOUR, captions=(track,)) for n in range(_TRIES)]
    async with replay(videos) as web, stage(folder / "data", _ladder_to(web)) as slack:
        first = [await _paste(slack, _WATCH + video.id) for video in videos]
        second = [await _paste(slack, f"https://youtu.be/{video.id}?si=again") for video in videos]
        plain = [await _plain(web, _WATCH + video.id, folder) for video in videos[:3]]
    shares = [(took - bare) / took for took, bare in zip(first, plain, strict=False)]
    return {
        "link to recap p50 / p95": f"{percentile(first, 0.5):.1f} / {percentile(first, 0.95):.1f} s",
        "yt-dlp's command line alone, p50": f"{percentile(plain, 0.5):.1f} s for the captions as a file",
        "so our own share of the time": f"{percentile(shares, 0.5):.0%}",
        "the same video again, by another link, p50 / p95": (
            f"{percentile(second, 0.5):.2f} / {percentile(second, 0.95):.2f} s"
        ),
    }


async def _paste(slack: Stage, url: str) -> float:
    """Seconds until the recap can be read."""
    began = time.perf_counter()
    posted = await slack.person.chat_postMessage(channel=slack.channel, text=url)
    await slack.seconds_until_text(str(posted["ts"]))
    took = time.perf_counter() - began
    await slack.seconds_until_done(str(posted["ts"]))
    return took


async def _plain(web: Replay, url: str, folder: Path) -> float:
    """What a person would run instead: yt-dlp's own program, for the captions alone."""
    trusted = dict.fromkeys(("SSL_CERT_FILE", "CURL_CA_BUNDLE", "REQUESTS_CA_BUNDLE"), str(web.ca_bundle))
    began = time.perf_counter()
    command = (sys.executable, "-m", "yt_dlp", "--ignore-config", "--quiet", "--no-warnings", "--skip-download")
    options = ("--write-auto-subs", "--sub-format", "json3", "--proxy", web.proxy, "--compat-options", "no-certifi")
    process = await asyncio.create_subprocess_exec(
        *command, *options, "--paths", str(folder), "--ignore-no-formats-error", url, env={**os.environ, **trusted}
    )
    await process.wait()
    return time.perf_counter() - began


def _ladder_to(web: Replay) -> OpenLadder:
    """The product's way to the replay in place of the real web."""

    @asynccontextmanager
    async def opened(settings: Settings) -> AsyncIterator[Ladder]:
        policy, scratch = Policy((ip_network("127.0.0.0/8"),)), Scratch(settings.scratch_dir)
        async with Gate(policy, resolve=web.resolve, upstream=web.proxy) as gate:
            client = Web(policy, resolve=web.resolve)
            sites = Sites(gate, scratch, ca_bundle=web.ca_bundle)
            yield Ladder(client, sites, Podcasts(client, scratch), max_bytes=1 << 30, max_seconds=8 * 3600)

    return opened
