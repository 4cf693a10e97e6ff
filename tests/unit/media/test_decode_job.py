"""The child's own work on files that are known to be harmless, so that it may run here."""

from __future__ import annotations

import io
import random
import wave
import zipfile
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from services.media.decode_job import serve
from services.media.sound import RATE
from services.vocabulary.errors import UserError
from tests.unit.media.recordings import CONTAINERS, Sound, example, record, speech


def hear(path: Path, max_seconds: float = 600) -> tuple[dict[str, Any], Sound]:
    target = path.with_name("out.pcm")
    request = {"source": str(path), "target": str(target), "name": path.name, "max_seconds": max_seconds}
    result = serve()(request, lambda _: None)
    return result, np.asarray(np.fromfile(target, "<i2") / 32768, np.float32)


def likeness(heard: Sound, meant: Sound) -> float:
    """How much two sounds are alike, 0 to 1, whichever of them begins up to 0.1 s earlier."""
    size = 1 << (len(heard) + len(meant)).bit_length()
    correlation = np.fft.irfft(np.fft.rfft(heard, size) * np.conj(np.fft.rfft(meant, size)), size)
    near = np.concatenate([correlation[: RATE // 10], correlation[-RATE // 10 :]])
    return float(near.max() / np.sqrt(np.square(heard).sum() * np.square(meant).sum()))


@pytest.mark.parametrize("kind", CONTAINERS)
def test_every_common_kind_of_file_is_heard_whole_and_in_time_under_any_name(kind: str, tmp_path: Path) -> None:
    path = example(tmp_path, kind).rename(tmp_path / "misleading.txt")

    result, sound = hear(path)

    assert result["duration"] == pytest.approx(4.0, abs=0.06)
    assert not result["damaged"]
    assert result["has_video"] == ("video" in CONTAINERS[kind])
    assert likeness(sound, speech(4.0, RATE)) > (0.5 if kind == "amr" else 0.9)  # a codec for telephones


def not_media() -> dict[str, bytes]:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("talk.mp3", speech(1).tobytes())
    return {
        "a web page": b"<!doctype html><html><body>Please sign in</body></html>" * 20,
        "plain text": b"Minutes of the meeting. " * 500,
        "a picture": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + random.Random(1).randbytes(4000),
        "random bytes": random.Random(2).randbytes(50_000),
        "zeros": bytes(50_000),
        "one byte": b"I",
        "an archive": archive.getvalue(),
        "a playlist": b"#EXTM3U\n#EXTINF:10,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n",
        "a list of files": b"ffconcat version 1.0\nfile /etc/passwd\n",
        "a session": b"v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nm=audio 5004 RTP/AVP 0\n",
    }


@pytest.mark.parametrize("kind", not_media())
def test_what_is_no_recording_is_refused_whatever_its_name(kind: str, tmp_path: Path) -> None:
    (tmp_path / "talk.mp3").write_bytes(not_media()[kind])

    with pytest.raises(UserError, match="is not a recording"):
        hear(tmp_path / "talk.mp3")


@pytest.mark.parametrize("kind", ["flac", "mp3", "webm", "flv", "aiff"])
def test_half_a_recording_is_heard_and_called_damaged(kind: str, tmp_path: Path) -> None:
    whole = example(tmp_path, kind, seconds=8.0).read_bytes()
    (tmp_path / "half").write_bytes(whole[: len(whole) // 2])

    result, _ = hear(tmp_path / "half")

    assert 2.5 < result["duration"] < 5.5
    assert result["header_duration"] == pytest.approx(8.0, abs=0.1)
    assert result["damaged"]


def test_a_hole_in_the_middle_is_damage_and_what_comes_after_keeps_its_time(tmp_path: Path) -> None:
    content = bytearray(example(tmp_path, "flac", seconds=12.0).read_bytes())
    third = len(content) // 3
    content[third : 2 * third] = bytes(third)
    (tmp_path / "hole").write_bytes(content)

    result, sound = hear(tmp_path / "hole")

    assert result["duration"] == pytest.approx(12.0, abs=0.05)
    assert result["damaged"]
    assert not sound[int(5 * RATE) : int(7 * RATE)].any()
    assert likeness(sound[-3 * RATE :], speech(12.0, RATE)[-3 * RATE :]) > 0.95


def test_sound_that_ends_before_the_picture_does_is_in_order(tmp_path: Path) -> None:
    path = record(tmp_path / "a.mkv", speech(2.0)[None], codec="libopus", video="libx264", pictures=200)

    result, _ = hear(path)

    assert result["duration"] == pytest.approx(2, abs=0.1)
    assert result["header_duration"] == pytest.approx(20, abs=0.5)
    assert not result["damaged"]


def test_a_pause_of_the_recorder_is_heard_as_silence(tmp_path: Path) -> None:
    path = _with_pause(tmp_path / "paused.mkv", pause=5.0)

    result, sound = hear(path)

    assert result["duration"] == pytest.approx(7.0, abs=0.05)
    assert not result["damaged"]
    assert not sound[int(1.1 * RATE) : int(5.9 * RATE)].any()
    assert sound[:RATE].any()
    assert sound[-RATE // 2 :].any()


def test_a_timestamp_that_cannot_be_true_makes_no_silence(tmp_path: Path) -> None:
    result, _ = hear(_with_pause(tmp_path / "jump.mkv", pause=7 * 3600.0))

    assert result["duration"] == pytest.approx(2.0, abs=0.05)


def _with_pause(path: Path, *, pause: float) -> Path:
    """A second of speech, a pause without any bytes, a second of speech."""
    with av.open(str(path), "w") as output:
        stream: Any = output.add_stream("pcm_s16le", rate=RATE, layout="mono")
        for start in (0.0, 1.0 + pause):
            for index, part in enumerate(np.split((speech(1.0, RATE) * 32767).astype(np.int16), 10)):
                frame = av.AudioFrame.from_ndarray(part[None], format="s16", layout="mono")
                frame.sample_rate, frame.pts = RATE, round(start * RATE) + index * len(part)
                output.mux(stream.encode(frame))
        output.mux(stream.encode(None))
    return path


def test_sound_in_opposite_phase_is_heard(tmp_path: Path) -> None:
    voice = speech(3.0)
    path = record(tmp_path / "miswired.wav", np.stack([voice, -voice]), codec="pcm_s16le")

    _, sound = hear(path)

    assert likeness(sound, speech(3.0, RATE)) > 0.95


@pytest.mark.parametrize("channels", [3, 8, 16])
def test_many_channels_without_a_layout_are_mixed(channels: int, tmp_path: Path) -> None:
    """Recorders write a channel for each microphone; planes of eight and more crash PyAV 18."""
    with wave.open(str(tmp_path / "microphones.wav"), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(np.repeat((speech(2.0, RATE) * 32767).astype("<i2")[:, None], channels, axis=1).tobytes())

    result, sound = hear(tmp_path / "microphones.wav")

    assert result["duration"] == pytest.approx(2.0, abs=0.01)
    assert likeness(sound, speech(2.0, RATE)) > 0.99


def test_sound_beyond_full_scale_and_no_numbers_at_all_do_no_harm(tmp_path: Path) -> None:
    loud = 20 * speech(2.0)
    loud[1000:2000] = np.nan
    loud[3000:3100] = np.inf
    path = record(tmp_path / "loud.wav", np.stack([loud, loud]), codec="pcm_f32le")

    _, sound = hear(path)

    assert 0.9 < np.abs(sound).max() <= 1.0
    assert likeness(np.sign(sound), np.sign(speech(2.0, RATE))) > 0.5
