"""One door to all formats of captions and transcripts."""

from __future__ import annotations

from collections.abc import Sequence

from services.evidence.splitting import word_count
from services.media.captions import json3, plain_text, podcast_html, podcast_json, srt, srv1, srv3, ttml, vtt
from services.media.captions.cues import Cue
from services.media.captions.decoding import text_of
from services.media.captions.ends import ended
from services.media.captions.refusals import empty, too_long, unreadable
from services.media.captions.rolling import unrolled
from services.media.captions.shown import Shown
from services.media.captions.voices import cues_of

MOST_CUES, MOST_LETTERS, MOST_WORDS = 200_000, 4_000_000, 300_000
"""A day of fast speech has fewer."""
_MOST_LINES, _MOST_TAGS = 700_000, 1_000_000
"""The same day in a file that shows each line twice and puts a tag around each word."""

_READERS = {
    "json3": json3.read,
    "srv1": srv1.read,
    "srv3": srv3.read,
    "ttml": ttml.read,
    "vtt": vtt.read,
    "srt": srt.read,
    "podcast-json": podcast_json.read,
    "html": podcast_html.read,
    "txt": plain_text.read,
}
KINDS = tuple(_READERS)
"""The formats that are read, the richest first."""


def parse(body: bytes, kind: str) -> list[Cue]:
    """The cues of a body of that kind, in order of time; none where it holds no words.

    Lines that roll are there once, sounds and markup are gone, names and marks of speakers are read. Whatever the bytes
    are, it ends soon. Raises UserError for bytes that are not of that kind (or of none that is known), and for more
    than 20 MB, 200,000 cues, 300,000 words or 4 million letters.
    """
    text = text_of(body)
    if kind not in _READERS:
        raise unreadable("of a kind")
    if not text.strip():
        raise empty()
    if text.count("\n") + text.count("\r") > _MOST_LINES or text.count("<") > _MOST_TAGS:
        raise too_long()
    captions = unrolled(_READERS[_real(kind, text)](text))
    _bound(captions)
    cues = cues_of(captions)
    return ended(sorted(cues, key=lambda cue: cue.start) if all(cue.timed for cue in cues) else cues)


def _real(kind: str, text: str) -> str:
    """The kind that the text itself shows, where names of files often lie: subtitles are sent around as .txt."""
    if kind in ("txt", "srt", "vtt"):
        if text.lstrip("\ufeff \r\n\t").startswith("WEBVTT"):
            return "vtt"
        if kind == "txt" and "-->" in text and any("-->" in line and line[:1].isdigit() for line in text.splitlines()):
            return "srt"
    return kind


def _bound(captions: Sequence[Shown]) -> None:
    if len(captions) > MOST_CUES:
        raise too_long()
    if sum(len(line.text) for caption in captions for line in caption.lines) > MOST_LETTERS:
        raise too_long()
    if sum(word_count(line.text) for caption in captions for line in caption.lines) > MOST_WORDS:
        raise too_long()
