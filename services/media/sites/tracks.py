"""The caption tracks of a recording: which there are, and the best of them fetched. Only in the child."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

from yt_dlp import YoutubeDL
from yt_dlp.networking import Request

from services.media.captions import Track, choose, complaint, parse
from services.media.sites.found import CaptionFile
from services.media.sites.publisher import language_code
from services.vocabulary.errors import UserError

# In order of preference: json3 has a time for every word and nothing twice.
_FORMS = ("json3", "srv3", "srv1", "vtt", "srt", "ttml")
_MOST_TRACKS = 200
_MOST_TRIES = 2
_LARGEST = 8 << 20


def best(ydl: YoutubeDL, info: dict[str, Any], asked: str | None) -> tuple[list[CaptionFile], str | None]:
    """The best track that the site hands out, and those after it up to one that will do; else why there is none."""
    tracks = listed(info)
    if not tracks:
        return [], "it has no captions"
    chosen = choose(list(tracks), spoken=language_code(info.get("language")), asked=asked)
    if not chosen:
        return [], "its captions are translations only"
    read: list[CaptionFile] = []
    why = None
    for track in chosen[:_MOST_TRIES]:
        try:
            body = _read(ydl, tracks[track])
        except Exception as error:  # noqa: BLE001 - each of yt-dlp's clients raises its own; the sound is still there
            why = _why(error)
            continue
        if not body.strip():
            why = "the site handed out empty captions"
            continue
        read.append(CaptionFile(body=body, kind=track.kind, language=track.language, automatic=track.automatic))
        if _will_do(read[-1], info.get("duration")):
            break
    return read, None if read else why


def _will_do(caption: CaptionFile, duration: float | None) -> bool:
    """Whether the next track need not be fetched. Whoever uses the captions judges them again, with the reason."""
    try:
        cues = parse(caption.body.encode(), caption.kind)
    except UserError:
        return False
    return complaint(cues, duration=duration, automatic=caption.automatic) is None


def listed(info: dict[str, Any]) -> dict[Track, dict[str, Any]]:
    """Every track once, in the best form it has, with yt-dlp's own entry for it."""
    found: dict[Track, dict[str, Any]] = {}
    for group, automatic in (("subtitles", False), ("automatic_captions", True)):
        for key, entries in list((info.get(group) or {}).items())[:_MOST_TRACKS]:
            entry = _best_form(entries)
            if key != "live_chat" and entry:
                url = entry.get("url") or ""
                said = parse_qs(urlsplit(url).query)
                track = Track(
                    language=(said.get("lang") or [key.removesuffix("-orig")])[0][:20],
                    kind=entry["ext"],
                    url=url,
                    automatic=automatic,
                    translated="tlang" in said,
                    name=str(entry.get("name") or "")[:100],
                )
                found.setdefault(track, entry)
    return found


def _best_form(entries: list[dict[str, Any]]) -> dict[str, Any] | None:
    usable = [e for e in entries if e.get("ext") in _FORMS and "m3u8" not in (e.get("protocol") or "")]
    return min(usable, key=lambda entry: _FORMS.index(entry["ext"]), default=None)


def _read(ydl: YoutubeDL, entry: dict[str, Any]) -> str:
    if isinstance(data := entry.get("data"), str):
        return data[:_LARGEST]
    extensions: dict[str, Any] = {}
    if entry.get("impersonate"):
        target, _ = ydl._parse_impersonate_targets(entry["impersonate"])  # noqa: SLF001 - as its own downloader does
        extensions = {"impersonate": target} if target else {}
    with ydl.urlopen(Request(entry["url"], headers=entry.get("http_headers") or {}, extensions=extensions)) as response:
        body = response.read(_LARGEST + 1)
    return "" if len(body) > _LARGEST else str(body.decode("utf-8", "replace"))


def _why(error: Exception) -> str:
    status = getattr(error, "status", None) or getattr(getattr(error, "cause", None), "status", None)
    too_often = 429
    if status == too_often:
        return "the site says that I ask for captions too often (429)"
    return f"the site did not hand out its captions ({status})" if status else "its captions could not be fetched"
