"""Whether a recording came over the telephone: then everybody sounds more alike, and bounds must be tighter."""

from __future__ import annotations

import numpy as np

from services.transcription.filterbank import FilterBank
from services.transcription.sound import Sound
from services.transcription.voice_activity import FRAME, Probabilities

_SPEECH = 0.5
_FRAMES = 400
_LEAST = 30.0  # seconds: in less talk one voice easily looks like two, and tighter bounds would part it
_MIDDLE, _HIGH = slice(20, 50), slice(62, 80)  # bands: 0.8 to 2.7 kHz, and above 4 kHz
_USUAL = 0.98
# Over 25 recordings the sharpest sounds have 3.9 to 9.8 in a full band and -7.9 to 2.5 in a telephone's, however noisy.
_NARROW = 3.0


def is_narrow(sound: Sound, probabilities: Probabilities) -> bool:
    """Whether nothing above a telephone's band belongs to the speech: the sharp sounds, such as 's', lack there."""
    spoken = np.flatnonzero(probabilities > _SPEECH)
    if len(spoken) * FRAME < _LEAST:
        return False
    filters = FilterBank()
    chosen = spoken[np.linspace(0, len(spoken) - 1, min(_FRAMES, len(spoken))).astype(np.int64)]
    energies = np.stack([filters.energies(sound.between(at * FRAME, (at + 1) * FRAME))[0] for at in chosen])
    sharpness = energies[:, _HIGH].mean(axis=1) - energies[:, _MIDDLE].mean(axis=1)
    return bool(np.quantile(sharpness, _USUAL) < _NARROW)
