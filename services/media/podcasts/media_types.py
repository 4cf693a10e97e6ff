"""Which files are recordings, by the type that is declared and by the name."""

from __future__ import annotations

from services.media.podcasts.addresses import extension

STREAMS = ("application/vnd.apple.mpegurl", "application/x-mpegurl", "application/dash+xml")
"""Playlists of a stream: recordings too, but ones that have to be put together."""

_AUDIO = (".mp3", ".m4a", ".aac", ".ogg", ".oga", ".opus", ".wav", ".flac", ".m4b", ".wma", ".aiff")
_VIDEO = (".mp4", ".m4v", ".webm", ".mov", ".mkv", ".ogv", ".mpg", ".mpeg", ".avi")
_PLAYLISTS = (".m3u8", ".mpd")
_UNSAID = (
    "",
    "application/octet-stream",
    "binary/octet-stream",
    "application/x-download",
    "application/force-download",
)

_PROGRAMS = ("text/html", "application/xhtml+xml", "application/x-shockwave-flash")


def bare(media_type: str | None) -> str:
    """The media type in small letters without its parameters."""
    return (media_type or "").partition(";")[0].strip().lower()[:100]


def is_recording(media_type: str | None, address: str) -> bool:
    """Whether that is sound or video: the type decides, and where it says nothing, the name."""
    declared = bare(media_type)
    if declared in _UNSAID:
        return extension(address) in _AUDIO + _VIDEO + _PLAYLISTS
    return declared.startswith(("audio/", "video/")) or declared in (*STREAMS, "application/ogg", "application/mp4")


def looks_like_page(media_type: str | None, address: str) -> bool:
    """Whether that is a page or a program that plays a recording, and no recording itself."""
    declared = bare(media_type)
    return declared in _PROGRAMS or (declared in _UNSAID and extension(address) in (".html", ".htm", ".php", ".swf"))


def is_audio(media_type: str | None, address: str) -> bool:
    """Whether that is sound without a picture."""
    declared = bare(media_type)
    return declared.startswith("audio/") or (declared in _UNSAID and extension(address) in _AUDIO)
