"""The document that Amazon Transcribe leaves in S3: emitted from what was heard, in the format of today.

Every number but the ids is a string, with at most three decimals; punctuation has no times; the audio segments hold
every item once, in order. Seen in recordings of the real service.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from sandbox.aws.engines import Heard, HeardWord, Turn

_WORD = re.compile(r"^[^\w$€£%+#@&-]*(?P<content>.*?)(?P<mark>[.,!?;:…。、？！]?)[^\w%+#]*$", re.DOTALL)  # noqa: RUF001 - marks of many scripts
PERSONAL = "[PII]"
"""What stands for personal data that was left out."""

_MARKS = {"!": ".", "…": ".", ";": ",", ":": ","}
_UNSPACED = {"ja", "zh", "th", "yue", "lo", "km", "my"}


def document(
    heard: Heard,
    *,
    job: str,
    account: str,
    labels: bool,
    identified: tuple[str, float] | None = None,
    languages: list[dict[str, str]] | None = None,
    redacted: bool = False,
) -> dict[str, Any]:
    """The document of a job. `labels` adds who spoke; `identified` is the language found, and how surely."""
    turns = [turn for turn in heard.turns if any(_parts(word) for word in turn.words)]
    items = [item for turn in turns for item in _items(turn, labels=labels)]
    for number, item in enumerate(items):
        item["id"] = number
    segments = _segments(turns, items, labels=labels, spaced=heard.language not in _UNSPACED)
    results: dict[str, Any] = {"transcripts": [{"transcript": _joined(segments, heard.language)}]}
    if identified:
        results |= {"language_code": identified[0], "language_identification": [_score(*identified)]}
    if languages:
        results["language_codes"] = languages
    if labels:
        results["speaker_labels"] = _speaker_labels(turns)
    results |= {"items": [_ordered(item) for item in items], "audio_segments": segments}
    found = {"jobName": job, "accountId": account, "status": "COMPLETED", "results": results}
    return {**found, "isRedacted": True} if redacted else found


def number(value: float) -> str:
    """A number as the service writes it: a string, three decimals at most, none padded."""
    return repr(round(float(value), 3))


def speaker(index: int) -> str:
    """A speaker's label."""
    return f"spk_{index}"


def _parts(word: HeardWord) -> tuple[str, str] | None:
    """A word without its punctuation, and the mark after it; None where no word is left."""
    if PERSONAL in word.text:
        return PERSONAL, word.text[-1] if word.text[-1] in ".,?" else ""
    match = _WORD.match(word.text.strip())
    content = (match["content"] if match else "").strip(" \"'“”«»()[]")
    if not match or not any(character.isalnum() for character in content):
        return None
    return content, _MARKS.get(match["mark"], match["mark"])


def _items(turn: Turn, *, labels: bool) -> Iterable[dict[str, Any]]:
    extra = {"speaker_label": speaker(turn.speaker)} if labels else {}
    for word in turn.words:
        if not (parts := _parts(word)):
            continue
        content, mark = parts
        yield {
            "type": "pronunciation",
            "alternatives": [{"confidence": number(word.confidence), "content": content}],
            "start_time": number(word.start),
            "end_time": number(word.end),
            **extra,
        }
        if mark:
            yield {"type": "punctuation", "alternatives": [{"confidence": "0.0", "content": mark}], **extra}


def _ordered(item: dict[str, Any]) -> dict[str, Any]:
    return {"id": item["id"], **{name: value for name, value in item.items() if name != "id"}}


def _segments(turns: list[Turn], items: list[dict[str, Any]], *, labels: bool, spaced: bool) -> list[dict[str, Any]]:
    segments, first = list[dict[str, Any]](), 0
    for index, turn in enumerate(turns):
        count = sum(1 for _ in _items(turn, labels=labels))
        held = items[first : first + count]
        segments.append(
            {
                "id": index,
                "transcript": _text(held, spaced=spaced),
                "start_time": number(turn.start),
                "end_time": number(turn.end),
                **({"speaker_label": speaker(turn.speaker)} if labels else {}),
                "items": [item["id"] for item in held],
            }
        )
        first += count
    return segments


def _text(items: list[dict[str, Any]], *, spaced: bool) -> str:
    text = ""
    for item in items:
        glue = " " if text and spaced and item["type"] == "pronunciation" else ""
        text += glue + item["alternatives"][0]["content"]
    return text


def _joined(segments: list[dict[str, Any]], language: str) -> str:
    return ("" if language in _UNSPACED else " ").join(segment["transcript"] for segment in segments)


def _speaker_labels(turns: list[Turn]) -> dict[str, Any]:
    segments = []
    for turn in turns:
        label = {"speaker_label": speaker(turn.speaker)}
        words = [
            {**label, "start_time": number(word.start), "end_time": number(word.end)}
            for word in turn.words
            if _parts(word)
        ]
        times = {"start_time": number(turn.start), "end_time": number(turn.end)}
        segments.append({**times, **label, "items": words})
    return {"segments": segments, "channel_label": "ch_0", "speakers": len({turn.speaker for turn in turns})}


def _score(code: str, score: float) -> dict[str, str]:
    return {"score": repr(round(score, 4)), "code": code}
