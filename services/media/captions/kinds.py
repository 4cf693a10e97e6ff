"""Which format a caption body has, by its name and content type."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

_SURE = {
    "json3": "json3",
    "srv1": "srv1",
    "srv3": "srv3",
    "vtt": "vtt",
    "srt": "srt",
    "ttml": "ttml",
    "dfxp": "ttml",
}
_TYPES = {
    "text/vtt": "vtt",
    "application/srt": "srt",
    "application/x-srt": "srt",
    "application/x-subrip": "srt",
    "text/srt": "srt",
    "application/ttml+xml": "ttml",
    "application/ttaf+xml": "ttml",
    "application/json": "podcast-json",
    "text/html": "html",
    "application/xhtml+xml": "html",
}
_LIKELY = {"json": "podcast-json", "html": "html", "htm": "html", "txt": "txt", "text": "txt"}


def kind_of(name_or_url: str, content_type: str | None) -> str | None:
    """The kind for `parse`; None where neither the name nor the type shows captions or a transcript.

    `fmt=` in YouTube's addresses and the endings of caption files count most, because servers send them as anything;
    then the type, then endings that other things share.
    """
    try:
        parts = urlsplit(name_or_url)
        asked = parse_qs(parts.query, max_num_fields=100).get("fmt", [""])[0]
    except ValueError:
        return None
    ending = parts.path.rpartition("/")[2].rpartition(".")[2].lower() if "." in parts.path else ""
    kind = _SURE.get(asked.lower()) or _SURE.get(ending)
    sent = (content_type or "").partition(";")[0].strip().lower()
    return kind or _TYPES.get(sent) or _LIKELY.get(ending) or ("txt" if sent == "text/plain" else None)
