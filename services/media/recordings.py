"""Which of the shared files are recordings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import Any

# What people call sound and video. Whether a file is one in truth is for the decoder to find out.
_SUFFIXES = frozenset(
    {
        "3g2",
        "3gp",
        "aac",
        "aif",
        "aiff",
        "amr",
        "asf",
        "avi",
        "caf",
        "flac",
        "m4a",
        "m4b",
        "m4v",
        "mka",
        "mkv",
        "mov",
        "mp3",
        "mp4",
        "mpeg",
        "mpg",
        "oga",
        "ogg",
        "opus",
        "ts",
        "wav",
        "weba",
        "webm",
        "wma",
        "wmv",
    }
)


def is_recording(file: Mapping[str, Any]) -> bool:
    """Whether Slack's file object says sound or video, by its type, its kind or its name."""
    kind = str(file.get("mimetype") or "")
    suffix = PurePosixPath(str(file.get("name") or "")).suffix.lower().lstrip(".")
    clip = str(file.get("subtype") or "") in {"slack_audio", "slack_video"}
    return kind.startswith(("audio/", "video/")) or clip or suffix in _SUFFIXES or file.get("filetype") in _SUFFIXES


def recordings(files: Iterable[Mapping[str, Any]] | None, *, any_kind: bool = False) -> list[tuple[str, str]]:
    """Ids and names of the files to hear. `any_kind` takes everything, for where the person addressed us.

    Files of other workspaces arrive with no more than an id (`check_file_info`); they are taken, as nothing speaks
    against them.
    """
    chosen = []
    for file in files or ():
        unknown = file.get("file_access") == "check_file_info"
        if file.get("id") and (any_kind or unknown or is_recording(file)):
            chosen.append((str(file["id"]), str(file.get("name") or file.get("title") or "")))
    return chosen
