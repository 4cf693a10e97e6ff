from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from services.media.podcasts import Podcasts
from services.storage.scratch import Scratch
from tests.sites.podcast_site import LoopbackReader, Site, podcast_site


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with podcast_site() as served:
        yield served


@pytest.fixture
def podcasts(site: Site, tmp_path: Path) -> Podcasts:
    return Podcasts(LoopbackReader(), Scratch(tmp_path / "scratch"), lookup=site.address + "/lookup")
