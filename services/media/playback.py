"""Where a browser may play a recording that we hold no bytes of."""

from __future__ import annotations

import mimetypes
import re
from urllib.parse import urlsplit

import structlog

from services.media.egress import Web
from services.media.podcasts.episode import Enclosure
from services.media.podcasts.media_types import STREAMS
from services.vocabulary.errors import EarshotError
from services.vocabulary.source import Playback

_log = structlog.get_logger(__name__)

# Names alone: an address in numbers may mean another machine to who listens than to us.
_NAME = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]")
_SECONDS = 15.0
_PLAYS = ("audio/", "video/")
_USUAL = "audio/mpeg"
_PIECES = (".m3u8", ".mpd")


async def playback_of(web: Web, sound: Enclosure) -> Playback | None:
    """The recording at its publisher's; None for a list of pieces, and where the way is not https or leads nowhere.

    The way is gone once, because a page must name all servers that its sound may come from.
    """
    path = urlsplit(sound.url).path
    if origin_of(sound.url) is None or sound.type in STREAMS or path.lower().endswith(_PIECES):
        return None
    try:
        way = await web.trace(sound.url, seconds=_SECONDS)
    except EarshotError as error:
        _log.info("a publisher's recording cannot be played from its own server", reason=str(error))
        return None
    origins = [origin_of(each) for each in way]
    if None in origins:
        return None
    kinds = (sound.type or "", mimetypes.guess_type(path)[0] or "", _USUAL)
    kind = next(each for each in kinds if each.startswith(_PLAYS))
    return Playback(url=way[0], origins=tuple(dict.fromkeys(filter(None, origins))), mimetype=kind)


def origin_of(url: str) -> str | None:
    """The https origin of an address; None for any other address."""
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").encode("idna").decode().lower(), parts.port
    except ValueError:  # a broken name or port
        return None
    if parts.scheme != "https" or parts.username is not None or not _NAME.fullmatch(host):
        return None
    return f"https://{host}" if port in (None, 443) else f"https://{host}:{port}"
