"""Bodies of captions as sites send them, written for the tests."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

ROOT = Path(__file__).parents[4]
RECORDED = ROOT.parent / "shared/fixtures/captions"

TALK = (
    "so today we look at how bees find",
    "their way home after a long flight",
    "yes",
    "yes",
    "and that is what the dance is for",
    "it tells the others where to go",
)
"""Lines as a machine hears them; somebody says 'yes' twice."""


def recorded(name: str) -> bytes:
    """A recorded body; skips where the recordings are not at hand."""
    path = RECORDED / name
    if not path.is_file():
        pytest.skip(f"{name} is not recorded here")
    return path.read_bytes()


def stamp(seconds: float, point: str = ".") -> str:
    minutes, rest = divmod(round(seconds * 1000), 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest // 1000:02}{point}{rest % 1000:03}"


def rolling_vtt(lines: Sequence[str], *, tags: bool = True) -> str:
    """YouTube's automatic WebVTT: the line before stays on show, and a filler of 10 ms stands between two captions."""
    blocks = ["WEBVTT\nKind: captions\nLanguage: en\n"]
    before = " "
    for index, line in enumerate(lines):
        start, end = index * 3.0, index * 3.0 + 2.99
        first, *rest = line.split()
        timed = "".join(f"<{stamp(start + 0.3 * n)}><c> {word}</c>" for n, word in enumerate(rest, 1))
        shown = f"{first}{timed}" if tags else line
        place = " align:start position:0%" if tags else ""
        blocks.append(f"{stamp(start)} --> {stamp(end)}{place}\n{before}\n{shown}\n")
        blocks.append(f"{stamp(end)} --> {stamp(end + 0.01)}{place}\n{line}\n \n")
        before = line
    return "\n".join(blocks)


def json3(lines: Sequence[str]) -> str:
    """YouTube's automatic json3: every word with its offset, and an event for each new line."""
    events: list[object] = [{"tStartMs": 0, "dDurationMs": 60_000, "id": 1, "wpWinPosId": 1, "wsWinStyleId": 1}]
    for index, line in enumerate(lines):
        at = index * 3000
        if index:
            events.append(
                {"tStartMs": at - 10, "dDurationMs": 2000, "wWinId": 1, "aAppend": 1, "segs": [{"utf8": "\n"}]}
            )
        first, *rest = line.split()
        segments: list[object] = [{"utf8": first, "acAsrConf": 0}]
        segments += [{"utf8": f" {word}", "tOffsetMs": 300 * n, "acAsrConf": 0} for n, word in enumerate(rest, 1)]
        events.append({"tStartMs": at, "dDurationMs": 5900, "wWinId": 1, "segs": segments})
    return json.dumps({"wireMagic": "pb3", "pens": [], "events": events})


def srv1(lines: Sequence[str]) -> str:
    texts = (
        f'<text start="{n * 3}" dur="2.9">{escape(escape(line).replace(chr(39), "&#39;"))}</text>'
        for n, line in enumerate(lines)
    )
    return f'<?xml version="1.0" encoding="utf-8" ?><transcript>{"".join(texts)}</transcript>'


def srv3(lines: Sequence[str]) -> str:
    paragraphs = []
    for index, line in enumerate(lines):
        first, *rest = line.split()
        words = "".join(f'<s t="{300 * n}" ac="0"> {escape(word)}</s>' for n, word in enumerate(rest, 1))
        paragraphs.append(f'<p t="{index * 3000}" d="5900" w="1"><s ac="0">{escape(first)}</s>{words}</p>')
        paragraphs.append(f'<p t="{index * 3000 + 2990}" d="2000" w="1" a="1">\n</p>')
    body = f'<w t="0" id="1"/>{"".join(paragraphs)}'
    return f'<timedtext format="3"><head><ws id="0"/></head><body>{body}</body></timedtext>'


def srt(lines: Sequence[str]) -> str:
    return "\n".join(
        f"{n + 1}\n{stamp(n * 3.0, ',')} --> {stamp(n * 3.0 + 2.9, ',')}\n{line}\n" for n, line in enumerate(lines)
    )


def vtt(lines: Sequence[str]) -> str:
    cues = "\n".join(f"{stamp(n * 3.0)} --> {stamp(n * 3.0 + 2.9)}\n{escape(line)}\n" for n, line in enumerate(lines))
    return f"WEBVTT\n\n{cues}"


def ttml(lines: Sequence[str]) -> str:
    cues = "".join(
        f'<p begin="{stamp(n * 3.0)}" end="{stamp(n * 3.0 + 2.9)}">{escape(line)}</p>' for n, line in enumerate(lines)
    )
    return (
        f'<?xml version="1.0"?><tt xmlns="http://www.w3.org/ns/ttml" xml:lang="en"><body><div>{cues}</div></body></tt>'
    )


def podcast_json(lines: Sequence[str]) -> str:
    segments = [{"startTime": n * 3.0, "endTime": n * 3.0 + 2.9, "body": line} for n, line in enumerate(lines)]
    return json.dumps({"version": "1.0.0", "segments": segments})


def podcast_html(lines: Sequence[str]) -> str:
    return "\n".join(f"<time>0:{n * 3:02}</time>\n<p>{escape(line)}</p>" for n, line in enumerate(lines))


def stamped_text(lines: Sequence[str]) -> str:
    return "\n".join(f"[{stamp(n * 3.0)[:8]}] {line}" for n, line in enumerate(lines))


BODIES = {
    "json3": json3,
    "srv1": srv1,
    "srv3": srv3,
    "ttml": ttml,
    "vtt": vtt,
    "srt": srt,
    "podcast-json": podcast_json,
    "html": podcast_html,
    "txt": stamped_text,
}
"""A writer for each kind that is read."""
