from __future__ import annotations

import numpy as np
import pytest

from services.media.downmix import Downmix, Samples

RATE = 16_000


def tone(hertz: float = 300.0, level: float = 0.5, seconds: float = 1.0) -> Samples:
    return np.asarray(level * np.sin(2 * np.pi * hertz * np.arange(int(RATE * seconds)) / RATE), np.float32)


def level(sound: Samples) -> float:
    return float(np.sqrt(np.square(sound).mean()))


def test_one_channel_passes_unchanged() -> None:
    assert np.array_equal(Downmix(["FC"])(tone()[None]), tone())


def test_the_same_sound_in_both_channels_keeps_its_level() -> None:
    assert np.allclose(Downmix(["FL", "FR"])(np.stack([tone(), tone()])), tone(), atol=1e-6)


def test_two_people_on_a_channel_each_are_both_heard() -> None:
    mono = Downmix(["FL", "FR"])(np.stack([tone(300), tone(500)]))

    spectrum = np.abs(np.fft.rfft(mono))
    assert spectrum[300] == pytest.approx(spectrum[500], rel=0.01)


def test_one_silent_channel_halves_the_sound_and_no_more() -> None:
    assert level(Downmix(["FL", "FR"])(np.stack([tone(), 0 * tone()]))) == pytest.approx(level(tone()) / 2, rel=0.01)


@pytest.mark.parametrize("imperfect", [0.0, 0.05, -0.05])
def test_opposite_phase_does_not_cancel_to_silence(imperfect: float) -> None:
    mixer = Downmix(["FL", "FR"])
    block = np.stack([tone(), np.float32(-1 + imperfect) * tone()])
    mixer(block)

    assert level(mixer(block)) >= 0.9 * level(tone())


def test_opposite_phase_in_the_middle_comes_and_goes_without_a_click() -> None:
    mixer = Downmix(["FL", "FR"])
    same, opposite = np.stack([tone(), tone()]), np.stack([tone(), -tone()])

    mono = np.concatenate([mixer(block) for block in (same, opposite, opposite, same)])

    assert np.abs(np.diff(mono)).max() < 1.5 * np.abs(np.diff(tone())).max()
    assert level(mono) > 0.95 * level(tone())


def test_in_a_cinema_layout_the_voice_in_the_center_is_heard_and_the_rumble_is_not() -> None:
    layout = ["FL", "FR", "FC", "LFE", "BL", "BR"]
    silence = 0 * tone()

    center = Downmix(layout)(np.stack([silence, silence, tone(), silence, silence, silence]))
    rumble = Downmix(layout)(np.stack([silence, silence, silence, tone(), silence, silence]))

    assert level(center) > 0.25 * level(tone())
    assert level(rumble) == 0


def test_a_lone_low_frequency_channel_is_better_than_nothing() -> None:
    assert level(Downmix(["LFE"])(tone()[None])) == pytest.approx(level(tone()))


@pytest.mark.parametrize("channels", [1, 2, 5, 8, 64])
def test_full_scale_in_every_channel_does_not_clip(channels: int) -> None:
    block = np.ones((channels, RATE), np.float32)

    assert np.abs(Downmix([f"channel {index}" for index in range(channels)])(block)).max() <= 1.0001
