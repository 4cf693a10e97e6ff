"""Which files are recordings or transcripts, by the type that is declared and by the name."""

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

_TRANSCRIPTS = {
    "application/json": "podcast-json",
    "text/vtt": "vtt",
    "application/srt": "srt",
    "application/x-subrip": "srt",
    "text/srt": "srt",
    "text/html": "html",
    "text/plain": "txt",
}
_TRANSCRIPT_NAMES = {
    ".json": "podcast-json",
    ".vtt": "vtt",
    ".srt": "srt",
    ".html": "html",
    ".htm": "html",
    ".txt": "txt",
}

USEFULNESS = ("podcast-json", "vtt", "srt", "html", "txt")
"""Kinds of transcripts, the best first: speakers and times, times, speakers in writing, bare words."""


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


def transcript_kind(media_type: str | None, address: str) -> str | None:
    """The kind of a transcript; the name decides where the type is too general (text/plain for an .srt) or unknown."""
    by_name, by_type = _TRANSCRIPT_NAMES.get(extension(address)), _TRANSCRIPTS.get(bare(media_type))
    return by_name or by_type if by_type in (None, "txt") else by_type
