"""Where somebody speaks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from faster_whisper.vad import get_vad_model

from services.transcription.sound import Sound
from services.transcription.voice_activity import FRAME, Thresholds, VoiceActivity, speech_spans
from tests.unit.transcription import sounds

PLAIN = Thresholds(on=0.5, off=0.3, join=0.0, shortest=0.0, pad=0.0)


def spans(probabilities: list[float], thresholds: Thresholds = PLAIN) -> list[tuple[float, float]]:
    """Spans in frames."""
    found = speech_spans(np.array(probabilities, np.float32), len(probabilities) * FRAME, thresholds)
    return [(round(start / FRAME, 3), round(end / FRAME, 3)) for start, end in found]


def test_speech_begins_at_the_upper_threshold_and_ends_below_the_lower() -> None:
    assert spans([0.4, 0.5, 0.4, 0.3, 0.29, 0.4, 0.1, 0.9]) == [(1, 4), (7, 8)]


def test_nothing_is_found_where_nothing_is_loud() -> None:
    assert spans([]) == []
    assert spans([0.49] * 20) == []


def test_short_gaps_are_bridged_and_short_stretches_dropped() -> None:
    thresholds = PLAIN.model_copy(update={"join": 2.5 * FRAME, "shortest": 1.5 * FRAME})
    assert spans([1, 0, 0, 1, 0, 0, 0, 1, 0], thresholds) == [(0, 4)]


def test_padding_stays_within_the_recording_and_joins_neighbours() -> None:
    thresholds = PLAIN.model_copy(update={"pad": 2 * FRAME, "join": 0.01})
    assert spans([1, 0, 0, 0, 1, 1, 0], thresholds) == [(0, 7)]
    assert spans([1, 0, 0, 0, 0, 0, 1, 0], thresholds) == [(0, 3), (4, 8)]


@pytest.mark.parametrize("make", [sounds.silence, sounds.noise, sounds.hum, sounds.music, sounds.clicks])
def test_the_network_hears_no_clear_speech_where_there_is_none(
    make: Callable[[float], sounds.Signal], tmp_path: Path
) -> None:
    sound = Sound(sounds.write(tmp_path / "sound", make(8.0)))
    probabilities = VoiceActivity().probabilities(sound, lambda _: None)
    assert len(probabilities) == np.ceil(8.0 / FRAME)
    assert probabilities.max() < 0.5


def test_hearing_in_blocks_gives_what_hearing_at_once_gives(tmp_path: Path) -> None:
    sound = Sound(sounds.write(tmp_path / "sound", sounds.music(70.016)))
    done: list[float] = []
    probabilities = VoiceActivity().probabilities(sound, done.append)
    assert len(done) > 1
    assert done[-1] == 1.0
    at_once = get_vad_model()(sound.samples(0, len(sound))).reshape(-1)
    assert np.allclose(probabilities, at_once, atol=1e-4)


def test_an_empty_recording_has_no_frames(tmp_path: Path) -> None:
    sound = Sound(sounds.write(tmp_path / "sound", sounds.silence(0)))
    assert len(VoiceActivity().probabilities(sound, lambda _: None)) == 0
