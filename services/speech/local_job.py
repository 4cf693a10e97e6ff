"""The worker that speaks: piper says the lines, our own code puts them together."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from services.speech.loudness import Samples, at_loudness
from services.speech.mp3 import write_mp3
from services.speech.normalize import normalize
from services.speech.piper import speak
from services.vocabulary.errors import UserError

LUFS = -16.0
"""What podcasts in one channel are brought to."""

# Coding to mp3 raises peaks by up to a decibel, and the promise is -1 dBFS.
_PEAK_DB = -2.0
_PARAGRAPH_PAUSE, _LEAD, _TAIL = 0.7, 0.15, 0.4

_Report = Callable[[dict[str, Any]], None]


def serve() -> Callable[[dict[str, Any], _Report], dict[str, Any]]:
    """The handler of one request: text, voice (path) and path of the mp3. The result is the duration in seconds."""
    return _speak


def _speak(request: dict[str, Any], _report: _Report) -> dict[str, Any]:
    paragraphs = [part for part in normalize(request["text"]).split("\n\n") if _is_sayable(part)]
    if not paragraphs:
        raise UserError("There is nothing in that text that can be said aloud.")
    path = Path(request["path"])
    spoken, rate = speak(paragraphs, Path(request["voice"]), scratch=path.parent)
    sound = at_loudness(joined(spoken, rate), rate, lufs=LUFS, peak_db=_PEAK_DB)
    write_mp3(path, sound, rate)
    return {"duration": len(sound) / rate}


def joined(paragraphs: list[Samples], rate: int) -> Samples:
    """The paragraphs one after the other with pauses between them, a breath before and after."""
    parts = [_silence(_LEAD, rate)]
    for paragraph in paragraphs:
        parts += [paragraph, _silence(_PARAGRAPH_PAUSE, rate)]
    return np.concatenate([*parts[:-1], _silence(_TAIL, rate)])


def _silence(seconds: float, rate: int) -> Samples:
    return np.zeros(round(seconds * rate), np.float32)


def _is_sayable(text: str) -> bool:
    """Whether there is a letter that an English voice can say; piper fails on a line without any."""
    return any(character.isascii() and character.isalpha() for character in text)
