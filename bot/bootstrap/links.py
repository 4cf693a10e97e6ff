"""What follows links: the gate, our own client, yt-dlp's children, podcasts."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from bot.settings import Settings
from services.media.egress import Gate, Policy, Web, parse_networks
from services.media.ladder import Ladder
from services.media.podcasts import Podcasts
from services.media.sites import Sites
from services.storage.scratch import Scratch

OpenLadder = Callable[[Settings], AbstractAsyncContextManager[Ladder]]


@asynccontextmanager
async def open_sites(settings: Settings) -> AsyncIterator[Sites]:
    """What reads sites, with the gate that its children go out by. Raises OperatorError for a wrong setting."""
    upstream = settings.ytdlp_proxy.get_secret_value() if settings.ytdlp_proxy else None
    async with Gate(Policy(parse_networks(settings.egress_allow)), upstream=upstream) as gate:
        yield Sites(
            gate,
            Scratch(settings.scratch_dir),
            cookies=settings.ytdlp_cookies,
            extra_path=settings.ytdlp_path,
            ca_bundle=settings.ca_bundle,
        )


@asynccontextmanager
async def open_ladder(settings: Settings) -> AsyncIterator[Ladder]:
    """What follows links. Raises OperatorError for a wrong setting."""
    web = Web(Policy(parse_networks(settings.egress_allow)), ca_bundle=settings.ca_bundle)
    async with open_sites(settings) as sites:
        yield Ladder(
            web,
            sites,
            Podcasts(web, Scratch(settings.scratch_dir)),
            max_bytes=settings.max_megabytes << 20,
            max_seconds=settings.max_hours * 3600,
        )
