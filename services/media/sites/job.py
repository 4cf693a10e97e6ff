"""The child that runs yt-dlp on strangers' pages: one look at a recording, or the fetch of its sound.

What the site refuses comes back as a result, {"refused": reason, ...}, with yt-dlp's own words for the log.
"""

from __future__ import annotations

import json
import re
import resource
from collections.abc import Callable
from pathlib import Path
from typing import Any

from services.media.sites.publisher import publication_of
from services.media.sites.reasons import Reason, reason_of
from services.vocabulary.errors import OperatorError

try:
    from yt_dlp import YoutubeDL
    from yt_dlp.utils import DownloadCancelled, YoutubeDLError
except ImportError as error:
    raise OperatorError(f"yt-dlp cannot be loaded ({error}): install the extra 'links', or set YTDLP_PATH") from error

from services.media.sites import tracks
from services.media.sites.options import Notes, options
from services.media.sites.release import release

_Report = Callable[[dict[str, Any]], None]

# V8, in the JavaScript runtime, reserves many gigabytes of addresses that it never uses, and so dies of a bound on the
# address space. A bound on writable memory holds yt-dlp as well and lets it live.
_MEMORY = 1 << 30
_LARGEST_FETCH = 1 << 20
_EXPIRED = re.compile(r"HTTP Error (403|404|410)")
_HOPELESS = {"is_live": Reason.LIVE, "is_upcoming": Reason.UPCOMING, "post_live": Reason.ENDED}
# What is not needed to fetch the sound.
_DROPPED: tuple[str, ...] = (
    "automatic_captions",
    "subtitles",
    "requested_subtitles",
    "thumbnails",
    "description",
    "tags",
    "heatmap",
)
_DROPPED += ("comments", "chapters", "categories", "requested_formats", "requested_downloads", "entries")


class _TooLarge(DownloadCancelled):  # type: ignore[misc] # yt-dlp has no types
    """More bytes than may be fetched."""


def serve() -> Callable[[dict[str, Any], _Report], dict[str, Any]]:
    """The handler of one request: 'do' is 'probe', 'audio', 'list' or 'version'."""
    resource.setrlimit(resource.RLIMIT_DATA, (_MEMORY, _MEMORY))
    actions = {"probe": _probe, "audio": _audio, "list": _list}

    def handle(request: dict[str, Any], report: _Report) -> dict[str, Any]:
        if request["do"] == "version":
            return release()
        notes = Notes()
        try:
            return actions[request["do"]](request, notes, report)
        except _TooLarge:
            return _refused(Reason.TOO_LARGE, notes)
        except (YoutubeDLError, OSError) as error:
            notes.error(str(error))
            return _refused(None, notes)

    return handle


def _refused(reason: Reason | None, notes: Notes, starts: float | None = None) -> dict[str, Any]:
    said = [*notes.errors, *reversed(notes.warnings)]
    return {"refused": reason or reason_of(said), "said": list(dict.fromkeys(said))[:10], "starts": starts}


def _probe(request: dict[str, Any], notes: Notes, report: _Report) -> dict[str, Any]:
    with YoutubeDL(options(request, notes) | {"ignore_no_formats_error": True}) as ydl:
        info = _single(ydl.extract_info(request["url"], download=False))
        if info is None:
            return _refused(Reason.UNSUPPORTED, notes)
        if reason := _HOPELESS.get(str(info.get("live_status"))):
            return _refused(reason, notes, info.get("release_timestamp"))
        sound = [f for f in info.get("formats") or [info] if f.get("acodec") != "none" and f.get("url")]
        publication = publication_of(info).model_dump(mode="json")
        report({"publication": publication})
        captions, why = tracks.best(ydl, info, request["language"])
        if not sound and not captions:
            return _refused(Reason.DRM if info.get("_has_drm") else None, notes)
        return {
            "publication": publication,
            "captions": [caption.model_dump(mode="json") for caption in captions],
            "why_no_captions": why,
            "live_status": info.get("live_status"),
            "has_sound": bool(sound),
            "fetch": _fetch(ydl, info, sound),
        }


def _list(request: dict[str, Any], notes: Notes, _report: _Report) -> dict[str, Any]:
    flat = {"extract_flat": "in_playlist", "noplaylist": False, "playlist_items": f"1:{request['first']}"}
    with YoutubeDL(options(request, notes) | flat) as ydl:
        info = ydl.extract_info(request["url"], download=False)
    urls = [str(entry.get("url") or "") for entry in (info or {}).get("entries") or () if entry]
    return {"urls": urls[: request["first"]]} if urls else _refused(Reason.UNSUPPORTED, notes)


def _single(info: dict[str, Any] | None) -> dict[str, Any] | None:
    """The one recording; the first where a page has several."""
    while info is not None and "entries" in info:
        info = next((entry for entry in info["entries"] if entry), None)
    return info


def _fetch(ydl: YoutubeDL, info: dict[str, Any], sound: list[dict[str, Any]]) -> str:
    """All that the sound's fetch needs, as JSON; nothing where that is much: then the page is read again."""
    kept = {name: value for name, value in info.items() if name not in _DROPPED}
    if "formats" in kept:
        kept["formats"] = sound
    text = json.dumps(ydl.sanitize_info(kept))
    return text if len(text) <= _LARGEST_FETCH else ""


def _audio(request: dict[str, Any], notes: Notes, report: _Report) -> dict[str, Any]:
    def hook(state: dict[str, Any]) -> None:
        done = state.get("downloaded_bytes") or 0
        total = state.get("total_bytes") or state.get("total_bytes_estimate")
        if max(done, state.get("total_bytes") or 0) > request["limit"]:
            raise _TooLarge
        report({"fraction": min(1.0, done / total) if total else None})

    with YoutubeDL(options(request, notes, hook)) as ydl:
        if not (request["fetch"] and _again(ydl, json.loads(request["fetch"]))):
            ydl.extract_info(request["url"], download=True)
    files = sorted(Path(request["folder"]).glob("sound.*"))
    if not files:  # what is said to be over the limit is skipped without an error
        return _refused(Reason.TOO_LARGE, notes)
    return {"file": files[0].name}


def _again(ydl: YoutubeDL, info: dict[str, Any]) -> bool:
    """Whether the sound could be fetched by what the first look brought. False where its addresses have expired."""
    try:
        ydl.process_ie_result(info, download=True)
    except YoutubeDLError as error:
        if _EXPIRED.search(str(error)):
            return False
        raise
    return True
