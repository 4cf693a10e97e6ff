"""Where a modal was opened, as it remembers it."""

from __future__ import annotations

from services.vocabulary.base import Strict


class Place(Strict):
    """A channel, empty where none was chosen yet, and the address that answers the person who opened the modal."""

    channel: str = ""
    response_url: str | None = None

    @property
    def is_direct(self) -> bool:
        """Whether it is a conversation of one person with us."""
        return self.channel.startswith("D")
