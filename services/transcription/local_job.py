"""The far side of the local backend: hears a recording out in a worker process.

One worker does recognition and then diarization, so that both never compete for the same processors.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from services.transcription.diarization import diarize
from services.transcription.merging import merge
from services.transcription.recognition import Recognizer
from services.transcription.sound import Sound
from services.transcription.voice_activity import Thresholds, VoiceActivity, speech_spans
from services.transcription.voices import Voices
from services.vocabulary.base import Value
from services.vocabulary.transcript import Transcript

_SPEECH = Thresholds(on=0.5, off=0.35, join=0.3, shortest=0.25, pad=0.1)
"""What counts as speech for the coverage that the transcript states."""

# Shares of the time that the three parts take, for the progress.
_DETECTING, _RECOGNIZING, _DIARIZING = 0.04, 0.66, 0.30


class Engines(Value):
    """Which models to load, and how much of the machine they may use."""

    model: str
    hub_cache: str
    voices: str
    threads: int
    beam: int


class Task(Value):
    """One recording to hear."""

    engines: Engines
    path: str
    language: str | None
    speakers: int | None


Handler = Callable[[dict[str, Any], Callable[[dict[str, Any]], None]], dict[str, Any]]


def serve() -> Handler:
    """The handler of a worker: a `Task` in, a `Transcript` out, {"fraction": 0..1} as progress."""
    hearing: dict[Engines, _Hearing] = {}

    def handle(request: dict[str, Any], progress: Callable[[dict[str, Any]], None]) -> dict[str, Any]:
        task = Task.model_validate(request)
        if task.engines not in hearing:
            hearing.clear()
            hearing[task.engines] = _Hearing(task.engines)
        transcript = hearing[task.engines].transcribe(task, lambda fraction: progress({"fraction": fraction}))
        return transcript.model_dump(mode="json")

    return handle


class _Hearing:
    def __init__(self, engines: Engines) -> None:
        self._activity = VoiceActivity()
        self._recognizer = Recognizer(
            engines.model, hub_cache=Path(engines.hub_cache), threads=engines.threads, beam=engines.beam
        )
        self._voices = Voices(Path(engines.voices), threads=engines.threads)

    def transcribe(self, task: Task, report: Callable[[float], None]) -> Transcript:
        sound = Sound(Path(task.path))
        probabilities = self._activity.probabilities(sound, lambda done: report(_DETECTING * done))
        language, words = self._recognizer.recognize(
            sound, probabilities, lambda done: report(_DETECTING + _RECOGNIZING * done), task.language
        )
        turns = diarize(
            sound,
            probabilities,
            self._voices,
            lambda done: report(_DETECTING + _RECOGNIZING + _DIARIZING * done),
            task.speakers,
        )
        speech = speech_spans(probabilities, sound.duration, _SPEECH)
        return merge(words, turns, speech, language=language, duration=sound.duration)
