from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from services.media.egress import Policy, Web, parse_networks
from services.media.podcasts import Podcasts, parsing_job
from services.processes import Limits
from services.storage.scratch import Scratch
from tests.sites.podcast_site import Site, podcast_site


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with podcast_site() as served:
        yield served


@pytest.fixture
def web() -> Web:
    return Web(Policy(parse_networks("127.0.0.1/32")))


@pytest.fixture
def podcasts(site: Site, web: Web, tmp_path: Path) -> Podcasts:
    return Podcasts(web, Scratch(tmp_path / "scratch"), lookup=site.address + "/lookup")


@pytest.fixture
def parsed_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same parsing in a thread, where what is tested is the way and not the child; a child takes half a second."""

    async def run_here(_entry: str, request: dict[str, Any], _limits: Limits) -> dict[str, Any]:
        return await asyncio.to_thread(parsing_job.serve(), request, lambda _: None)

    monkeypatch.setattr("services.media.podcasts.finding.run_once", run_here)
