"""Recognition against plain faster-whisper, which is what somebody would write in ten lines."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import numpy as np
from faster_whisper import WhisperModel

from benchmarks.bench.recordings import ten_minutes
from bot.settings import Settings
from services.media.decode import open_decoder
from services.transcription.local import LocalTranscriber
from services.weights import ensure


async def against_plain_whisper(settings: Settings, folder: Path) -> dict[str, str]:
    """Hearing ten minutes, against plain faster-whisper with word times and voice filter, same model and threads."""
    sound = await ten_minutes(settings, folder)
    async with open_decoder() as decoder:
        began = time.perf_counter()
        audio = await decoder.decode(sound, folder / "sound.pcm", name=sound.name)
    decoded = time.perf_counter() - began
    ours = LocalTranscriber(cache=settings.models_dir, threads=settings.hearing_threads)
    try:
        began = time.perf_counter()
        transcript = await ours.transcribe(audio, report=lambda _progress: None)
        heard = time.perf_counter() - began
    finally:
        await ours.close()
    model = await asyncio.to_thread(ensure, "whisper-base", settings.models_dir)
    plain, words = await asyncio.to_thread(_plain, model, Path(audio.path), settings.hearing_threads)
    minutes = audio.duration / 60
    return {
        "recording": f"{minutes:.1f} min, {len(transcript.speakers)} speakers found",
        "decoding": f"{decoded:.1f} s",
        "ours, with speakers": f"{heard:.1f} s, {audio.duration / heard:.1f} x real time",
        "plain faster-whisper, without speakers": f"{plain:.1f} s, {audio.duration / plain:.1f} x real time",
        "ratio of times, ours / plain": f"{heard / plain:.2f}",
        "words, ours / plain": f"{len(transcript.text.split())} / {words}",
    }


def _plain(model: Path, pcm: Path, threads: int) -> tuple[float, int]:
    began = time.perf_counter()
    recognizer = WhisperModel(str(model), device="cpu", compute_type="int8", cpu_threads=threads)
    samples = np.fromfile(pcm, np.int16).astype(np.float32) / 32768
    segments, _ = recognizer.transcribe(
        samples, vad_filter=True, word_timestamps=True, condition_on_previous_text=False
    )
    words = sum(len(segment.text.split()) for segment in segments)
    return time.perf_counter() - began, words
