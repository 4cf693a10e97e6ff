"""What tells one recording from another, and one wish for it from another, in a channel. Pure."""

from __future__ import annotations

import hashlib

from services.vocabulary.media import Media
from services.workflows.requests import RecapRequest


def shared_identity(request: RecapRequest) -> str:
    """The identity of the file or the link, as it is known before anything is fetched."""
    return _digest("link", request.link.identity) if request.link else _digest("file", request.file_id)


def media_identity(media: Media) -> str:
    """The identity of the bytes, by which the same recording is known when it is uploaded again."""
    return _digest("media", media.id)


def as_wished(identity: str, request: RecapRequest) -> str:
    """The same for a wish with options: a recap in another language or length is another recap.

    What a person prefers in general is no wish for another recap than the one that is there.
    """
    options = {"language": request.language, "length": request.length, "audio": None if request.audio else "silent"}
    wish = ["" if name in request.preferred else value or "" for name, value in options.items()]
    return _digest(identity, *wish) if any(wish) else identity


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
