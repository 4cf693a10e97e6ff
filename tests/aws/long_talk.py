"""Hours of talk for the stand-ins to hear, and a model that quotes them at the length of real answers."""

from __future__ import annotations

import json
import random
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import av
import numpy as np

from sandbox.aws import Conversation, Heard, HeardWord, Turn, dialogue

SUBJECTS = ("harvest", "bridge", "orchestra", "satellite", "bakery", "archive", "glacier", "railway")
_DEEDS = ("measured", "repaired", "compared", "described", "planned", "counted")
_TURN_SECONDS = 8.4
"""What one sentence takes at the pace of `dialogue`."""
_QUOTED = 6
_LINE = re.compile(r"^\[(\d+)\] [^\n]*?\): (.*)$", re.MULTILINE)


def talk(hours: float, *, haste: float = 1.0) -> Heard:
    """Three voices, another subject in each eighth of the time. In haste they say as much in less time."""
    dice, count = random.Random(7), int(hours * 3600 / _TURN_SECONDS)
    lines = []
    for index in range(count):
        subject = SUBJECTS[index * len(SUBJECTS) // count]
        said = f"In the {subject} we {dice.choice(_DEEDS)} {dice.randint(2, 900)} parts of it"
        lines.append(f"{dice.choice('ABC')}: {said}, and nobody had done that so carefully in our town before.")
    heard = dialogue("\n".join(lines))
    return Heard(heard.language, tuple(_hastened(turn, haste) for turn in heard.turns))


def _hastened(turn: Turn, by: float) -> Turn:
    def sooner(value: HeardWord | Turn, **more: Any) -> Any:
        return replace(value, start=round(value.start / by, 3), end=round(value.end / by, 3), **more)

    hastened: Turn = sooner(turn, words=tuple(sooner(word) for word in turn.words))
    return hastened


def write_hum(path: Path, seconds: float) -> Path:
    """So many seconds of a low tone as mp3, written fast: a minute of it, again and again."""
    rate = 8000
    hum = (np.sin(2 * np.pi * 110 * np.arange(60 * rate) / rate) * 8000).astype(np.int16)
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libmp3lame", rate=rate, layout="mono")
        stream.bit_rate = 8000
        frame = av.AudioFrame.from_ndarray(hum[None, :], format="s16", layout="mono")
        frame.sample_rate = rate
        packets = [bytes(packet) for packet in (*stream.encode(frame), *stream.encode(None))]
    length = int(seconds * rate / 576)  # samples of a frame at this rate
    path.write_bytes(b"".join(packets[index % len(packets)] for index in range(length)))
    return path


def question(subject: str) -> str:
    """A question that the recording answers."""
    return f"How many parts of the {subject} were repaired, and who repaired them?"


def quoting(request: Conversation) -> Any:
    """The reply of a model that quotes: about the subject of the question, else from the whole recording."""
    asked = re.findall(r"^The question: .*?of the (\w+)", request.prompt, re.MULTILINE)
    lines = [(int(number), text) for number, text in _LINE.findall(request.prompt)]
    told = [line for line in lines if not asked or asked[-1] in line[1]]
    said = [{"text": text, "segments": [number]} for number, text in told[:: max(1, len(told) // _QUOTED)][:_QUOTED]]
    wanted = json.dumps(request.schema or request.tools or "")
    if "confidence" in wanted:
        return {"speakers": []}
    if "found" in wanted:
        return {"found": True, "sentences": said}
    if not wanted.strip('"'):
        return "\n".join(f"{each['text']} [{each['segments'][0]}]" for each in said)
    chapters = [{"title": each["text"], "first": each["segments"][0]} for each in said]
    return {"gist": said[0], "points": said[1:], "chapters": chapters, "decisions": [], "action_items": []}
