"""The player's page in the browser of the session, watched: it may not complain, nor ask anybody else for anything."""

from __future__ import annotations

import wave
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Protocol

from playwright.async_api import BrowserContext, Page, Request, Route, ViewportSize

from services.vocabulary.media import Media
from services.vocabulary.recap import Recap
from services.vocabulary.source import Publication
from tests.fakes.recaps import sample_recap
from tests.unit.player.site import Site

DESK = ViewportSize(width=1360, height=860)
PHONE = ViewportSize(width=390, height=844)


def write_silence(path: Path, seconds: float) -> Path:
    """A sound file of that length."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8_000)
        file.writeframes(b"\0\0" * int(8_000 * seconds))
    return path


class Others(Protocol):
    """Sites that a page may ask for something: `origins`, for which `answer` answers."""

    @property
    def origins(self) -> tuple[str, ...]: ...

    async def answer(self, route: Route) -> None: ...


@asynccontextmanager
async def watched_page(context: BrowserContext, site: Site, sites: Others | None = None) -> AsyncIterator[Page]:
    """A page of its own, as wide as a desk. `sites` answers for other sites; without it nobody does."""
    assert context.browser
    own = await context.browser.new_context(viewport=DESK, reduced_motion="reduce")
    await own.grant_permissions(["clipboard-read", "clipboard-write"], origin=site.url)
    page = await own.new_page()
    complaints: list[str] = []

    def asked(request: Request) -> None:
        known = (site.url, *(sites.origins if sites else ()))
        if not request.url.startswith(known):
            complaints.append(request.url)

    page.on("request", asked)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    if sites:
        await own.route(lambda url: not url.startswith(site.url), sites.answer)
    yield page
    await own.close()
    assert complaints == []


def video_recap(
    identity: str = "youtube:abcdefghijk", url: str = "https://www.youtube.com/watch?v=abcdefghijk"
) -> Recap:
    """A recap of a video whose captions were taken and nothing else."""
    joint = "&t={seconds}s" if "?" in url else "#t={seconds}s"
    publication = Publication(title="How paper is made", author="The Mill", duration=168.0)
    media = Media(
        id="cd" * 32,
        key=None,
        name="video",
        size=0,
        url=url,
        moment_url=url + joint,
        identity=identity,
        publication=publication,
    )
    recap = sample_recap()
    transcript = recap.transcript.model_copy(update={"engine": "captions:human"})
    return recap.model_copy(update={"media": media, "transcript": transcript, "narration": None})
