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


def run(folder: Path, scorer: Any) -> dict[str, Any]:  # noqa: ANN401 - a module found in the data folder
    """The scorer's figures by group."""
    with tempfile.TemporaryDirectory() as out:
        predict_diar(folder, Path(out))
        figures: dict[str, Any] = scorer.diar(str(folder), out)
    return figures


def predict_diar(folder: Path, out: Path) -> None:
    """Write our turns for each recording of `diar/convs.jsonl` as RTTM files into `out`."""
    names = [row["id"] for row in read_lines(folder / "diar" / "convs.jsonl")]
    found = asyncio.run(turns([recording(folder / "diar", name) for name in names]))
    for name, heard in zip(names, found, strict=True):
        (out / f"{name}.rttm").write_text(rttm(name, heard))


async def turns(paths: Sequence[Path]) -> list[list[Turn]]:
    """Our turns in each recording."""
    activity = VoiceActivity()
    voices = Voices(ensure("campplus", default_cache()) / "campplus.onnx", threads=_THREADS)
    found = []
    for path in paths:
        async with decoded(path) as audio:
            sound = Sound(Path(audio.path))
            found.append(diarize(sound, activity.probabilities(sound, _unheard), voices, _unheard))
    return found


def rttm(name: str, heard: Sequence[Turn]) -> str:
    """The turns in the format of the scorer: one line each."""
    return "".join(
        f"SPEAKER {name} 1 {turn.start:.3f} {turn.end - turn.start:.3f} <NA> <NA> {turn.speaker} <NA> <NA>\n"
        for turn in heard
    )


def _unheard(_: float) -> None:
    """Nobody waits for the progress."""
