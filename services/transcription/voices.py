"""What a stretch of speech sounds like: vectors that lie close together when the same person speaks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime

from services.transcription.filterbank import FilterBank
from services.transcription.sound import Sound, Span

Vectors = npt.NDArray[np.float32]

_BATCH = 16
_SIZE = 192


class Voices:
    """The CAM++ network of `services.weights.campplus`, loaded once."""

    def __init__(self, model: Path, *, threads: int) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
        options.log_severity_level = 3
        # Windows come in many lengths, and an arena would keep memory for each of them.
        options.enable_cpu_mem_arena = False
        self._session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        self._filters = FilterBank()

    def vectors(self, sound: Sound, windows: Sequence[Span], report: Callable[[float], None]) -> Vectors:
        """One vector of length 1 per window, in order; `report` hears the fraction done."""
        found = np.zeros((len(windows), _SIZE), np.float32)
        done = 0
        for batch in _batches(windows):
            energies = [self._filters.energies(sound.between(*windows[index])) for index in batch]
            frames = min(len(energy) for energy in energies)
            features = np.stack([energy[:frames] for energy in energies])
            features -= features.mean(axis=1, keepdims=True)
            found[batch] = self._session.run(None, {"features": features})[0]
            done += len(batch)
            report(done / len(windows))
        return normalized(found)


def normalized(vectors: Vectors) -> Vectors:
    """The vectors with length 1; zeros stay."""
    length = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(length, 1e-9), np.float32)


def _batches(windows: Sequence[Span]) -> Iterator[list[int]]:
    """Indexes of windows of one length (to a frame), in portions; common lengths make full portions."""
    by_length: dict[int, list[int]] = {}
    for index, (start, end) in enumerate(windows):
        by_length.setdefault(round((end - start) * 100), []).append(index)
    for indexes in by_length.values():
        for first in range(0, len(indexes), _BATCH):
            yield indexes[first : first + _BATCH]
