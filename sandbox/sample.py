"""The sample recording of the demo: a short meeting of two people, spoken by one voice that is made into two."""

from __future__ import annotations

import argparse
from pathlib import Path

import av
import numpy as np

from services.speech.loudness import Samples, at_loudness
from services.speech.piper import speak
from services.weights import default_cache, ensure

RATE = 22_050
"""Samples per second of the recording."""

_SCRIPT = Path(__file__).with_name("sample_script.txt")
_BITS_PER_SECOND = 64_000
_LUFS, _PEAK_DB = -18.0, -3.0
_PAUSE = 0.55

# How much faster than spoken a person's lines are played: that lifts the pitch and shrinks the throat.
_SHIFTS = {"Ada": 1.22, "Grace": 1.0}
# All is spoken slower by about the middle of these, so that one talks a little faster than usual, one a little slower.
_PACE = 1.1


def make_sample(path: Path, cache: Path) -> None:
    """Record the meeting of `sample_script.txt` into `path` (m4a), with the voice from the model cache `cache`.

    It blocks for some seconds, longer when the voice has to be fetched first. Raises OperatorError where the voice
    cannot be had, RetryableError where the program that speaks ended before its time.
    """
    voice = ensure("voice-en-joe", cache) / "voice.onnx"
    turns = [line.split(": ", maxsplit=1) for line in _SCRIPT.read_text(encoding="utf-8").splitlines() if line]
    path.parent.mkdir(parents=True, exist_ok=True)
    spoken, rate = speak([text for _, text in turns], voice, scratch=path.parent, pace=_PACE)
    pause = np.zeros(round(_PAUSE * RATE), np.float32)
    played = [_resampled(line, round(rate * _SHIFTS[name])) for (name, _), line in zip(turns, spoken, strict=True)]
    sound = np.concatenate([part for line in played for part in (line, pause)])
    _write(path, at_loudness(sound, RATE, lufs=_LUFS, peak_db=_PEAK_DB))


def _resampled(samples: Samples, rate: int) -> Samples:
    """The samples, taken to be `rate` a second, as `RATE` a second."""
    resampler = av.AudioResampler(format="flt", layout="mono", rate=RATE)
    frame = av.AudioFrame.from_ndarray(samples[np.newaxis], format="flt", layout="mono")
    frame.sample_rate = rate
    frames = [*resampler.resample(frame), *resampler.resample(None)]
    return np.concatenate([part.to_ndarray()[0].astype(np.float32) for part in frames])


def _write(path: Path, sound: Samples) -> None:
    partial = path.with_name(f".{path.name}")
    with av.open(str(partial), "w", format="ipod") as output:
        stream = output.add_stream("aac", rate=RATE, bit_rate=_BITS_PER_SECOND, layout="mono")
        for start in range(0, len(sound), RATE):
            part = np.ascontiguousarray(sound[np.newaxis, start : start + RATE])
            frame = av.AudioFrame.from_ndarray(part, format="fltp", layout="mono")
            frame.sample_rate, frame.pts = RATE, start
            output.mux(stream.encode(frame))
        output.mux(stream.encode(None))
    partial.replace(path)


def main() -> None:
    """Make the recording at the path given."""
    parser = argparse.ArgumentParser(prog="python -m sandbox.sample", description=__doc__)
    parser.add_argument("path", type=Path)
    parser.add_argument("--cache", type=Path, default=default_cache(), help="the model cache")
    arguments = parser.parse_args()
    make_sample(arguments.path, arguments.cache)


if __name__ == "__main__":
    main()
