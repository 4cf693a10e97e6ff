"""The player's routes on a free port, with one recap behind them."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from aiohttp import web

from services.player import Playable
from services.player.links import PlayerLinks
from services.player.routes import player_routes
from services.vocabulary.recap import Recap
from tests.fakes.recaps import sample_recap

KEY = b"0123456789abcdef0123456789abcdef"


@dataclass
class Shelf:
    """A `RecapSource` with one recap. `open_files` counts what is held open just now."""

    held: Recap | None = field(default_factory=sample_recap)
    playable: Playable | None = None
    spoken: Playable | None = None
    open_files: int = 0

    async def recap(self, recap_id: str) -> Recap | None:
        return self.held if self.held and self.held.id == recap_id else None

    @asynccontextmanager
    async def media(self, recap_id: str) -> AsyncIterator[Playable | None]:
        self.open_files += 1
        try:
            yield self.playable if await self.recap(recap_id) else None
        finally:
            self.open_files -= 1

    @asynccontextmanager
    async def narration(self, recap_id: str) -> AsyncIterator[Playable | None]:
        yield self.spoken if await self.recap(recap_id) else None


@dataclass(repr=False)
class Site:
    """A running player. `now` moves the clock that links are read by."""

    url: str
    shelf: Shelf
    links: PlayerLinks
    late: float = 0.0

    @property
    def page(self) -> str:
        """The address of the recap's page."""
        return f"{self.url}/r/{self.links.sign(sample_recap().id, time.time())}"


@asynccontextmanager
async def player_site(media: Path | None = None, content_type: str = "audio/wav") -> AsyncIterator[Site]:
    shelf = Shelf(playable=Playable(path=media, content_type=content_type) if media else None)
    links = PlayerLinks(KEY, public_url="http://127.0.0.1")
    site = Site("", shelf, links)
    app = web.Application()
    app.add_routes(player_routes(shelf, links, now=lambda: time.time() + site.late))
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        host, port = runner.addresses[0][:2]
        site.url = f"http://{host}:{port}"
        yield site
    finally:
        await runner.cleanup()
