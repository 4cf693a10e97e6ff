"""The worker that speaks: piper says the lines, our own code puts them together."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from services.speech.mastering import Piece, joined, write_spoken
from services.speech.normalize import normalize
from services.speech.piper import speak
from services.vocabulary.errors import UserError

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
    sound, _ = joined([Piece(samples) for samples in spoken], rate)
    return {"duration": write_spoken(path, sound, rate)}


def _is_sayable(text: str) -> bool:
    """Whether there is a letter that an English voice can say; piper fails on a line without any."""
    return any(character.isascii() and character.isalpha() for character in text)
