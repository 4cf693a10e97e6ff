"""The videos of the replayed site, each ending in its own way, and the product's way to them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from ipaddress import ip_network
from pathlib import Path
from typing import Any

from bot.bootstrap import OpenLadder
from bot.settings import Settings
from sandbox.web import Caption, Replay, Video, replay, spoken
from sandbox.web.replay import recorded
from services.media.egress import Gate, Policy, Web
from services.media.ladder import Ladder
from services.media.podcasts import Podcasts
from services.media.sites import Sites
from services.storage.scratch import Scratch

WATCH = "https://www.youtube.com/watch?v="
LOOPBACK = (ip_network("127.0.0.0/8"),)
PREMIERE = datetime(2031, 5, 4, 17, 30, tzinfo=UTC)
SAID = spoken("We start with the offline mode.\nThe release is on Tuesday, the ninth of May.", 30)
SAGT = spoken("Wir beginnen mit dem Offline-Modus.", 30)
_HUMAN, _AUTOMATIC = Caption("en", SAID), Caption("en", SAID, automatic=True)

CAPTIONED = Video(
    "captioned01",
    title="Offline mode",
    author="Ada's channel",
    captions=(Caption("de", SAGT), _HUMAN, _AUTOMATIC),
    chapters=((0, "Start"), (12, "Release"), (20, "End")),
)
AUTOMATIC = Video("automatic01", captions=(_AUTOMATIC,))
POOR = Video("poorcaption", captions=(Caption("en", SAID[:1]), _AUTOMATIC))
UNCAPTIONED = Video("uncaptioned")
THROTTLED = Video("throttledcc", captions=(Caption("en", SAID, status=429), _AUTOMATIC))
ENDED = {
    "blocked": Video("blocked0001", status="LOGIN_REQUIRED", reason="Sign in to confirm you’re not a bot"),
    "age": Video("age00000001", status="LOGIN_REQUIRED", reason="Sign in to confirm your age"),
    "private": Video("private0001", status="LOGIN_REQUIRED", reason="Private video"),
    "members": Video(
        "members0001", status="UNPLAYABLE", reason="Join this channel to get access to members-only content"
    ),
    "gone": Video("gone0000001", status="ERROR", reason="This video has been removed by the uploader"),
    "live": Video("live0000001", live="live"),
    "upcoming": Video(
        "premiere001", live="upcoming", status="LIVE_STREAM_OFFLINE", reason="Premieres in 2 days", starts=PREMIERE
    ),
    "busy": Video("busy0000001", http_status=429),
    "no_sound": Video("nosound0001", playable=False),
    "region": Video(
        "region00001",
        status="UNPLAYABLE",
        reason="Video unavailable",
        subreason="The uploader has not made this video available in your country",
    ),
}
# Beside the checkout: what the real site's player answered.
RECORDED = {
    "": "youtube.innertube",
    "age": "youtube_age_restricted.innertube",
    "blocked": "youtube_request_blocked.innertube",
    "gone": "youtube_video_unavailable.innertube",
}


@dataclass
class Outside:
    """The replay and the product's way to it."""

    web: Replay
    gate: Gate
    sites: Sites

    async def outcome(self, url: str) -> Any:
        """What a look gives: the recording found, or the error."""
        try:
            return await self.sites.probe(url, language=None)
        except Exception as error:  # noqa: BLE001 - which one it is, is the question
            return error

    async def outcomes(self, videos: dict[str, Video]) -> dict[str, Any]:
        """The same for several videos, two at a time."""
        self.web.add(*videos.values())
        turns = asyncio.Semaphore(2)

        async def look(video: Video) -> Any:
            async with turns:
                return await self.outcome(WATCH + video.id)

        found = await asyncio.gather(*(look(video) for video in videos.values()))
        return dict(zip(videos, found, strict=True))


@asynccontextmanager
async def outside(
    folder: Path, *videos: Video, watch_page: str | None = None, probe: float = 60, audio: float = 60
) -> AsyncIterator[Outside]:
    """The replay with these videos; loopback is admitted, as an operator would with EGRESS_ALLOW."""
    async with (
        replay(videos, watch_page=watch_page) as web,
        Gate(Policy(LOOPBACK), resolve=web.resolve, upstream=web.proxy) as gate,
    ):
        yield Outside(
            web,
            gate,
            Sites(gate, Scratch(folder / "scratch"), ca_bundle=web.ca_bundle, probe_seconds=probe, audio_seconds=audio),
        )


def ladder_to(web: Replay) -> OpenLadder:
    """What `bot.server.running` takes in the place of the way to the real web."""

    @asynccontextmanager
    async def opened(settings: Settings) -> AsyncIterator[Ladder]:
        policy, scratch = Policy(LOOPBACK), Scratch(settings.scratch_dir)
        async with Gate(policy, resolve=web.resolve, upstream=web.proxy) as gate:
            client = Web(policy, resolve=web.resolve)
            sites = Sites(gate, scratch, ca_bundle=web.ca_bundle)
            yield Ladder(client, sites, Podcasts(client, scratch), max_bytes=1 << 30, max_seconds=8 * 3600)

    return opened


def recordings(shared: Path) -> tuple[dict[str, Video], str]:
    """The videos with recorded answers, and the recorded watch page. It reads files."""
    folder = shared / "fixtures/captions/youtube-transcript-api"
    videos = {
        name: recorded(Video(f"recorded{index:03d}", captions=(_HUMAN, _AUTOMATIC)), folder / f"{file}.json.static")
        for index, (name, file) in enumerate(RECORDED.items())
    }
    token = recorded(Video("recordedpot"), folder / "youtube_po_token_required.innertube.json.static")
    disabled = recorded(Video("recordedoff"), folder / "youtube_transcripts_disabled.innertube.json.static")
    busy = Video("recorded429", http_status=429, body=(folder / "youtube_too_many_requests.html.static").read_text())
    videos |= {"token": token, "disabled": disabled, "busy": busy}
    return videos, (folder / "youtube.html.static").read_text(encoding="utf-8")
