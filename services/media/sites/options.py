"""How yt-dlp is used: as a library, with nothing taken from configuration files, plugins, caches or the network's code.

Only in the child.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

# Sites that are known by name, and the one extractor for everything else; searches and playlists of others stay out.
EXTRACTORS = ["youtube(?!.*search)", "vimeo", "loom", "soundcloud", "applepodcasts", "generic", "html5"]

# The smallest sound that loses nothing for recognition: up to 64 kbit/s, else the least above it; else of the videos
# the least that has sound. Where codecs are not said (a plain file), that is the file.
_FORMAT = "ba[abr<=64]/wa[abr>64]/ba/worst[acodec!=none]/w/b"


class Notes:
    """yt-dlp's own words, kept to say afterwards why something failed; bounded."""

    def __init__(self) -> None:
        self.warnings: list[str] = []
        self.errors: list[str] = []

    def debug(self, message: str) -> None:
        """What yt-dlp would print: of use only where it says that an age is asked for, which it takes for no fault."""
        if "age-restricted" in message:
            self.warning(message)

    def warning(self, message: str) -> None:
        """A fault that did not stop it: often the player's true reason."""
        self.warnings.append(message[:500])
        del self.warnings[50:]

    def error(self, message: str) -> None:
        """A fault that did."""
        self.errors.append(message[:500])
        del self.errors[50:]


def options(
    request: dict[str, Any], notes: Notes, hook: Callable[[dict[str, Any]], None] | None = None
) -> dict[str, Any]:
    """The parameters of `YoutubeDL` for one request of the parent: 'folder', 'proxy', 'cookies', 'limit'."""
    folder = Path(request["folder"])
    given = {
        "logger": notes,
        "proxy": request["proxy"],
        "cookiefile": request["cookies"],
        "paths": {"home": str(folder), "temp": str(folder)},
        "max_filesize": request.get("limit"),
        "progress_hooks": [hook] if hook else [],
    }
    return _FIXED | given


_FIXED: dict[str, Any] = {
    "quiet": True,
    "noprogress": True,
    "color": "never",
    "cachedir": False,
    "noplaylist": True,
    "playlist_items": "1",
    "extract_flat": False,
    "allowed_extractors": [rf"{name}.*" for name in EXTRACTORS],
    "format": _FORMAT,
    "format_sort": ["lang"],
    "check_formats": None,
    "outtmpl": {"default": "sound.%(ext)s"},
    "overwrites": True,
    "continuedl": False,
    "nopart": True,
    "updatetime": False,
    "ignore_no_formats_error": False,
    "socket_timeout": 15,
    "retries": 1,
    "extractor_retries": 1,
    "fragment_retries": 1,
    "file_access_retries": 0,
    "skip_unavailable_fragments": False,
    "fixup": "never",
    "postprocessors": [],
    "hls_prefer_native": True,
    "external_downloader": {"default": "native"},
    "ffmpeg_location": "/nonexistent",
    "remote_components": [],
    "enable_file_urls": False,
    "usenetrc": False,
    # The authority of CA_BUNDLE reaches all three clients of yt-dlp only through the environment.
    "compat_opts": {"no-certifi"},
}
