"""Documents as Amazon Transcribe writes them, in both formats, made from lines such as 'spk_0: Good morning.'."""

from __future__ import annotations

import re
from typing import Any

_TOKEN = re.compile(r"\w[\w'-]*|[^\w\s]")


def modern(*lines: str, glue: str = " ", pause: float = 0.5, **results: Any) -> dict[str, Any]:
    """The format of today. `results` adds members."""
    items: list[dict[str, Any]] = []
    segments: list[dict[str, Any]] = []
    turns: list[dict[str, Any]] = []
    clock = 0.0
    for line in lines:
        label, _, said = line.partition(": ")
        began, first = clock, len(items)
        for token in _TOKEN.findall(said):
            spoken = token[0].isalnum()
            times = {"start_time": number(clock), "end_time": number(clock + 0.3)} if spoken else {}
            sure = {"confidence": "0.97" if spoken else "0.0", "content": token}
            kind = "pronunciation" if spoken else "punctuation"
            items.append({"id": len(items), "type": kind, "alternatives": [sure], **times, "speaker_label": label})
            clock += 0.35 if spoken else 0.0
        held = items[first:]
        times = {"start_time": number(began), "end_time": number(clock)}
        ids = [item["id"] for item in held]
        segments.append({"id": len(segments), "transcript": said, **times, "speaker_label": label, "items": ids})
        words = [
            {"speaker_label": label, "start_time": item["start_time"], "end_time": item["end_time"]}
            for item in held
            if "start_time" in item
        ]
        turns.append({**times, "speaker_label": label, "items": words})
        clock += pause
    whole = glue.join(line.partition(": ")[2] for line in lines)
    found = {
        "transcripts": [{"transcript": whole}],
        "speaker_labels": {
            "segments": turns,
            "channel_label": "ch_0",
            "speakers": len({t["speaker_label"] for t in turns}),
        },
        "items": items,
        "audio_segments": segments,
        **results,
    }
    return {"jobName": "a", "accountId": "123456789012", "status": "COMPLETED", "results": found}


def legacy(*lines: str, **results: Any) -> dict[str, Any]:
    """The format before 2024: no ids, no audio segments, speakers only by time."""
    document = modern(*lines, **results)
    document["results"].pop("audio_segments")
    for item in document["results"]["items"]:
        item.pop("id")
        item.pop("speaker_label")
    return document


def number(value: float) -> str:
    """A number as the service writes it: a string, three decimals at most, none padded."""
    return repr(round(value, 3))
