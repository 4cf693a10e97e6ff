"""Where somebody speaks: the Silero network (it comes with faster-whisper) and thresholds over what it says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime
from faster_whisper.utils import get_assets_path

from services.transcription.sound import RATE, Sound, Span
from services.vocabulary.base import Value

FRAME = 512 / RATE
"""Seconds that one probability stands for."""

Probabilities = npt.NDArray[np.float32]

_SAMPLES = 512
_CONTEXT = 64  # samples of the frame before that the network wants to see again
_BLOCK = 2_000  # frames, about a minute


class Thresholds(Value):
    """Speech begins at `on` and ends below `off`; gaps under `join` are bridged, less than `shortest` is dropped.

    What is left is widened by `pad` on both sides. All but the first two are seconds.
    """

    on: float
    off: float
    join: float
    shortest: float
    pad: float


class VoiceActivity:
    """The network, loaded once."""

    def __init__(self) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        path = Path(get_assets_path(), "silero_vad_v6.onnx")
        self._session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])

    def probabilities(self, sound: Sound, report: Callable[[float], None]) -> Probabilities:
        """How likely somebody speaks, per frame of the whole sound; `report` hears the fraction done."""
        hidden = cell = np.zeros((1, 1, 128), np.float32)
        tail = np.zeros(_CONTEXT, np.float32)
        found = [np.zeros(0, np.float32)]
        for first in range(0, len(sound), _BLOCK * _SAMPLES):
            samples = sound.samples(first, first + _BLOCK * _SAMPLES)
            frames = np.pad(samples, (0, -len(samples) % _SAMPLES)).reshape(-1, _SAMPLES)
            context = np.vstack([tail, frames[:-1, -_CONTEXT:]])
            given = {"input": np.hstack([context, frames]), "h": hidden, "c": cell}
            spoken, hidden, cell = self._session.run(None, given)
            tail = frames[-1, -_CONTEXT:]
            found.append(spoken.reshape(-1))
            report(min(1.0, (first + len(samples)) / len(sound)))
        return np.concatenate(found)


def speech_spans(probabilities: Probabilities, duration: float, thresholds: Thresholds) -> list[Span]:
    """The stretches of speech in seconds, in order, apart from each other, within the duration."""
    raw = [(first * FRAME, last * FRAME) for first, last in _runs(probabilities, thresholds)]
    padded = [(max(0.0, start - thresholds.pad), min(duration, end + thresholds.pad)) for start, end in raw]
    joined: list[Span] = []
    for start, end in padded:
        if joined and start - joined[-1][1] < thresholds.join:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return [(start, end) for start, end in joined if end - start >= thresholds.shortest]


def _runs(probabilities: Probabilities, thresholds: Thresholds) -> list[tuple[int, int]]:
    """Frames from one that reaches `on` up to the first that is below `off`."""
    # The state after each frame is decided by the last frame that was clear about it.
    clear = np.where(probabilities >= thresholds.on, 1, np.where(probabilities < thresholds.off, -1, 0))
    last_clear = np.maximum.accumulate(np.where(clear != 0, np.arange(len(clear)), 0))
    speaking = np.concatenate([[False], clear[last_clear] == 1, [False]])
    edges = np.flatnonzero(np.diff(speaking.astype(np.int8)))
    return [(int(first), int(last)) for first, last in edges.reshape(-1, 2)]


def seconds(spans: list[Span]) -> float:
    """How long the spans are together."""
    return sum(end - start for start, end in spans)
