"""The page that plays a recap: signed links to it, its data, its routes. What it shows comes from a `RecapSource`."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Protocol

from services.vocabulary.base import Value
from services.vocabulary.recap import Recap


class Playable(Value):
    """Something to hear, as a file on this machine. `content_type` is what a browser is told: audio/* or video/*."""

    path: Path
    content_type: str


class RecapSource(Protocol):
    """Where the page finds what it shows. None for what is not there (any more): never an error for an unknown id."""

    async def recap(self, recap_id: str) -> Recap | None:
        """The finished recap."""
        ...

    def media(self, recap_id: str) -> AbstractAsyncContextManager[Playable | None]:
        """The recording, for as long as the context is open; None also where its bytes were never held."""
        ...

    def narration(self, recap_id: str) -> AbstractAsyncContextManager[Playable | None]:
        """The spoken summary, for as long as the context is open."""
        ...
