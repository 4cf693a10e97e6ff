"""Diarization: the error in who speaks when (collar 0.25 s, overlap counted), by group."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.score.asr import recording
from benchmarks.score.data import read_lines
from benchmarks.score.recordings import decoded
from services.transcription.diarization import diarize
from services.transcription.sound import Sound
from services.transcription.voice_activity import VoiceActivity
from services.transcription.voices import Voices
from services.vocabulary.transcript import Turn
from services.weights import default_cache, ensure

_THREADS = 2


class Diarizer:
    """The local backend's diarization without its recognition; models loaded once."""

    def __init__(self) -> None:
        self._activity = VoiceActivity()
        self._voices = Voices(ensure("campplus", default_cache()) / "campplus.onnx", threads=_THREADS)

    def turns(self, sound: Sound) -> list[Turn]:
        """Who speaks when."""
        return diarize(sound, self._activity.probabilities(sound, _unheard), self._voices, _unheard)


def run(folder: Path, scorer: Any) -> dict[str, Any]:  # noqa: ANN401 - a module found in the data folder
    """The scorer's figures by group."""
    with tempfile.TemporaryDirectory() as out:
        predict_diar(folder, Path(out))
        figures: dict[str, Any] = scorer.diar(str(folder), out)
    return figures


def predict_diar(folder: Path, out: Path) -> None:
    """Write our turns for each recording of `diar/convs.jsonl` as RTTM files into `out`."""
    asyncio.run(_predict(folder, out, [row["id"] for row in read_lines(folder / "diar" / "convs.jsonl")]))


async def _predict(folder: Path, out: Path, names: Sequence[str]) -> None:
    diarizer = Diarizer()
    for name in names:
        async with decoded(recording(folder / "diar", name)) as audio:
            found = await asyncio.to_thread(diarizer.turns, Sound(Path(audio.path)))
        (out / f"{name}.rttm").write_text(rttm(name, found))


def rttm(name: str, heard: Sequence[Turn]) -> str:
    """The turns in the format of the scorer: one line each."""
    return "".join(
        f"SPEAKER {name} 1 {turn.start:.3f} {turn.end - turn.start:.3f} <NA> <NA> {turn.speaker} <NA> <NA>\n"
        for turn in heard
    )


def _unheard(_: float) -> None:
    """Nobody waits for the progress."""
