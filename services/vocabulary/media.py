"""What was shared: a recording, before it is heard."""

from __future__ import annotations

from services.vocabulary.base import Value
from services.vocabulary.source import Playback, Publication


class Media(Value):
    """A recording, and its bytes where they are held in the blob store.

    `id` is the SHA-256 of the bytes in hex, so the same file is the same media wherever it was shared; where no bytes
    are held it is that of the identity.
    `key` is the blob that holds the original bytes, None where only captions were taken (`size` is 0 then). `name` is
    for people: it is sanitized, never a path.
    `url` is where a person can open the source, and `moment_url` a pattern with `{seconds}` where the source can be
    opened at a second (None where it cannot). `mimetype` is what a player is told.
    `identity` is that of the `Link` it came by, and `publication` what its publisher says about it.
    `playback` is where its publisher plays it, where no bytes are held.
    `left` says, in clauses for people, why words that were offered with it were not used.
    """

    id: str
    key: str | None
    name: str
    size: int
    mimetype: str = "application/octet-stream"
    url: str | None = None
    moment_url: str | None = None
    identity: str | None = None
    publication: Publication | None = None
    playback: Playback | None = None
    left: tuple[str, ...] = ()


class Audio(Value):
    """Sound ready for recognition: 16 kHz mono signed 16-bit little-endian samples in the file `path`.

    `duration` is counted from the decoded samples. `header_duration` is what the container claimed (None: nothing);
    `damaged` says that a notable part of the file could not be decoded.
    """

    path: str
    duration: float
    header_duration: float | None = None
    damaged: bool = False
    has_video: bool = False
