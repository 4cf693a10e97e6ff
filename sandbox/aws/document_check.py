"""One checker of the structure of Transcribe documents, which real recordings and emitted ones have to pass.

It knows the format of today and the one before 2024, which has no ids and no audio segments.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from sandbox.aws.json_values import Json

_TIME = re.compile(r"(?:0|[1-9]\d*)\.(?:0|\d{0,2}[1-9])")
_CONFIDENCE = re.compile(r"[01]\.\d{1,4}|\d\.\d+E-\d+")
_KINDS = {"pronunciation", "punctuation"}


def problems(document: Json) -> list[str]:
    """All that is wrong with a document; empty for a sound one."""
    if not isinstance(document, dict) or not isinstance(document.get("results"), dict):
        return ["no results"]
    found = [f"no {name}" for name in ("jobName", "accountId") if not isinstance(document.get(name), str)]
    if document.get("status") != "COMPLETED":
        found.append("not completed")
    results = document["results"]
    transcripts = results.get("transcripts")
    items = results.get("items")
    if not isinstance(transcripts, list) or not all(isinstance(item.get("transcript"), str) for item in transcripts):
        found.append("no transcripts")
    if not isinstance(items, list):
        return [*found, "no items"]
    modern = "audio_segments" in results
    found += _items(items, modern=modern, labeled="speaker_labels" in results)
    if modern:
        found += _segments(results["audio_segments"], items)
    if "speaker_labels" in results:
        found += _labels(results["speaker_labels"], items, modern=modern)
    return found


def _items(items: list[dict[str, Any]], *, modern: bool, labeled: bool) -> Iterator[str]:
    before = 0.0
    for index, item in enumerate(items):
        place = f"item {index}"
        if item.get("type") not in _KINDS:
            yield f"{place}: type {item.get('type')}"
        if ("id" in item) != modern or (modern and item["id"] != index):
            yield f"{place}: id {item.get('id')}"
        if ("speaker_label" in item) != (modern and labeled):
            yield f"{place}: speaker label {item.get('speaker_label')}"
        yield from _alternatives(item, place)
        timed = [name for name in ("start_time", "end_time") if name in item]
        if item.get("type") == "punctuation" and timed:
            yield f"{place}: punctuation with times"
        if item.get("type") == "pronunciation":
            yield from _times(item, place)
            start = _seconds(item.get("start_time"))
            if start < before:
                yield f"{place}: starts before the one before it"
            before = start


def _alternatives(item: dict[str, Any], place: str) -> Iterator[str]:
    alternatives = item.get("alternatives") or []
    if not alternatives:
        yield f"{place}: no alternatives"
    for alternative in alternatives:
        confidence, content = alternative.get("confidence"), alternative.get("content")
        if not isinstance(confidence, str) or not _CONFIDENCE.fullmatch(confidence):
            yield f"{place}: confidence {confidence!r}"
        if not isinstance(content, str) or not content:
            yield f"{place}: content {content!r}"
        if item.get("type") == "punctuation" and confidence not in {"0.0", None}:
            yield f"{place}: punctuation with a confidence"


def _times(part: dict[str, Any], place: str) -> Iterator[str]:
    for name in ("start_time", "end_time"):
        value = part.get(name)
        if not isinstance(value, str) or not _TIME.fullmatch(value):
            yield f"{place}: {name} {value!r}"
    if _seconds(part.get("end_time")) < _seconds(part.get("start_time")):
        yield f"{place}: ends before it starts"


def _segments(segments: list[dict[str, Any]], items: list[dict[str, Any]]) -> Iterator[str]:
    held = [number for segment in segments for number in segment.get("items", ())]
    if held != list(range(len(items))):
        yield "the audio segments do not hold every item once, in order"
    for index, segment in enumerate(segments):
        place = f"audio segment {index}"
        if segment.get("id") != index or not isinstance(segment.get("transcript"), str):
            yield f"{place}: id or transcript"
        yield from _times(segment, place)
        mine = [items[number] for number in segment.get("items", ()) if number < len(items)]
        if _letters(_contents(mine)) != _letters([str(segment.get("transcript"))]):
            yield f"{place}: its transcript is not its items"
        if any(item.get("speaker_label") != segment.get("speaker_label") for item in mine):
            yield f"{place}: items of other speakers"


def _labels(labels: dict[str, Any], items: list[dict[str, Any]], *, modern: bool) -> Iterator[str]:
    if not isinstance(labels.get("speakers"), int):
        yield f"speakers {labels.get('speakers')!r}"
    names = {segment.get("speaker_label") for segment in labels.get("segments", ())}
    if any(not re.fullmatch(r"spk_\d+", str(name)) for name in names) or len(names) != labels.get("speakers"):
        yield f"speakers {sorted(map(str, names))} are not {labels.get('speakers')}"
    starts: list[str] = []
    for index, segment in enumerate(labels.get("segments", ())):
        yield from _times(segment, f"speaker segment {index}")
        for item in segment.get("items", ()):
            yield from _times(item, f"speaker segment {index}")
            starts.append(item.get("start_time"))
    spoken = [item["start_time"] for item in items if item.get("type") == "pronunciation"]
    if starts != spoken:
        yield "the speakers' segments do not hold every word once, in order"
    first = list(dict.fromkeys(item.get("speaker_label") for item in items)) if modern else []
    if modern and first != [f"spk_{index}" for index in range(len(first))]:
        yield f"speakers are not numbered by first appearance: {first}"


def _contents(items: Iterable[dict[str, Any]]) -> list[str]:
    return [item["alternatives"][0]["content"] for item in items]


def _letters(texts: Iterable[str]) -> str:
    return "".join("".join(texts).split())


def _seconds(value: Json) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        return 0.0
