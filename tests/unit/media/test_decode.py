"""Decoding as its callers meet it: files in, sound or one clear sentence out, all of it in a real child."""

from __future__ import annotations

import asyncio
import random
import wave
from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
import pytest

from services.media import decode as decoding
from services.media.decode import open_decoder
from services.media.sound import RATE, SAMPLE_BYTES
from services.processes import Limits
from services.vocabulary.errors import UserError
from services.vocabulary.media import Audio
from tests.unit.media.recordings import CENC, CONTAINERS, example, record


async def decode(path: Path, out: Path, *, name: str, max_seconds: float = 600) -> Audio:
    """Decode one file."""
    async with open_decoder() as decoder:
        return await decoder.decode(path, out, name=name, max_seconds=max_seconds)


async def refused(path: Path, *, name: str = "talk.mp3", max_seconds: float = 600) -> str:
    """The sentence that a person gets about the file."""
    out = path.with_name("out.pcm")
    with pytest.raises(UserError) as error:
        await decode(path, out, name=name, max_seconds=max_seconds)
    assert not await asyncio.to_thread(out.exists)
    sentence = str(error.value)
    assert sentence.startswith(f'"{name}"')
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return sentence


async def test_a_recording_becomes_16_khz_mono_at_its_full_length(tmp_path: Path) -> None:
    path, out = example(tmp_path, "mp4"), tmp_path / "out.pcm"
    progress: list[float | None] = []

    async with open_decoder() as decoder:
        audio = await decoder.decode(path, out, name="talk.mp4", on_progress=progress.append)

    assert audio == Audio(path=str(out), duration=audio.duration, header_duration=4.0, damaged=False, has_video=True)
    assert audio.duration == pytest.approx(4.0, abs=0.03)
    assert out.stat().st_size == round(audio.duration * RATE) * SAMPLE_BYTES
    assert progress
    assert all(fraction is not None and 0 <= fraction <= 1 for fraction in progress)


async def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()

    assert "empty (0 bytes)" in await refused(tmp_path / "empty")


async def test_a_name_that_deceives_does_not_reach_the_sentence(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()

    with pytest.raises(UserError, match=r'^"gnp\.3pm" is empty'):
        await decode(tmp_path / "empty", tmp_path / "out", name="../\u202egnp.3pm")


async def test_what_is_no_recording_is_refused(tmp_path: Path) -> None:
    (tmp_path / "talk.mp3").write_bytes(b"<!doctype html><html><body>Please sign in</body></html>" * 20)

    assert "is not a recording" in await refused(tmp_path / "talk.mp3")


async def test_a_video_that_lost_its_end_and_its_index_with_it_is_refused(tmp_path: Path) -> None:
    whole = example(tmp_path, "mp4").read_bytes()
    (tmp_path / "half").write_bytes(whole[: len(whole) // 2])

    assert "cut off or damaged" in await refused(tmp_path / "half")


async def test_a_protected_recording_is_refused(tmp_path: Path) -> None:
    path = record(tmp_path / "drm.mp4", codec="aac", options=CENC)

    assert "protected" in await refused(path)


async def test_a_video_without_sound_is_refused(tmp_path: Path) -> None:
    with av.open(str(tmp_path / "mute.mp4"), "w") as output:
        stream = output.add_stream("libx264", rate=10)
        stream.width, stream.height, stream.pix_fmt = 64, 64, "yuv420p"
        for _ in range(20):
            output.mux(stream.encode(av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8), format="rgb24")))
        output.mux(stream.encode(None))

    assert "no audio track" in await refused(tmp_path / "mute.mp4")


async def test_an_audio_track_without_a_sample_is_refused(tmp_path: Path) -> None:
    with wave.open(str(tmp_path / "none.wav"), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)

    assert "no sound in it" in await refused(tmp_path / "none.wav")


async def test_a_recording_of_which_only_crumbs_are_left_is_refused(tmp_path: Path) -> None:
    content = bytearray(example(tmp_path, "m4a").read_bytes())
    index = content.index(b"moov")
    content[300 : index - 4] = random.Random(3).randbytes(index - 304)
    (tmp_path / "crumbs").write_bytes(content)

    assert "too damaged" in await refused(tmp_path / "crumbs")


async def test_hours_of_silence_in_a_few_bytes_are_stopped_at_the_bound(tmp_path: Path) -> None:
    """A container that states its length, and one that does not, so that samples have to be counted."""
    for kind, codec in (("flac", "flac"), ("mp3", "libmp3lame")):
        path = record(
            tmp_path / f"silence.{kind}", np.zeros((1, 8000 * 120), np.float32), codec=codec, rate=8000, layout="mono"
        )
        bare = path.read_bytes().replace(b"Info", b"\0\0\0\0").replace(b"Xing", b"\0\0\0\0")
        path.write_bytes(bare)

        assert "longer than 20 seconds" in await refused(path, max_seconds=20)


async def test_a_header_that_lies_about_a_long_recording_is_not_believed(tmp_path: Path) -> None:
    path = example(tmp_path, "flac")
    content = bytearray(path.read_bytes())
    content[21] |= 0x0F
    path.write_bytes(content)

    audio = await decode(path, tmp_path / "out", name="talk.flac", max_seconds=60)

    assert audio.header_duration
    assert audio.header_duration > 60
    assert audio.duration == pytest.approx(4, abs=0.1)


async def test_a_decoder_that_does_not_end_or_dies_is_told_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "an hour.wav"
    await asyncio.to_thread(_write_an_hour, path)
    request = {"source": str(path), "target": str(tmp_path / "out"), "name": "a", "max_seconds": 7200}

    async with open_decoder() as decoder:
        with pytest.raises(UserError, match="takes too long"):
            await decoder._run(request, Limits(wall=0.01), lambda _: None)
        with pytest.raises(UserError, match="stops my decoder"):
            await decoder._run(request, Limits(wall=60, cpu=1), lambda _: None)


def _write_an_hour(path: Path) -> None:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(8000)
        file.writeframes(bytes(8000 * 3600))


def test_bounds_grow_with_what_the_file_can_hold_and_end_with_what_is_taken() -> None:
    small, large, huge = (decoding._limits(size, 28_800) for size in (10_000, 10_000_000, 4 << 30))

    assert small.cpu is not None
    assert large.cpu is not None
    assert huge.cpu is not None
    assert small.cpu < 60 < large.cpu <= huge.cpu < 2000
    assert small.wall < large.wall <= huge.wall
    assert huge.file_size == 28_860 * RATE * SAMPLE_BYTES


def mutations(folder: Path, count: int, seed: int) -> Iterator[bytes]:
    """Good recordings with bytes flipped, cut, doubled, zeroed or made huge."""
    chance = random.Random(seed)
    good = [example(folder, kind, seconds=1.0).read_bytes() for kind in CONTAINERS]
    for _ in range(count):
        content = bytearray(chance.choice(good))
        at, end = sorted(chance.sample(range(len(content)), 2))
        match chance.randrange(6):
            case 0:
                for _ in range(chance.choice((1, 20, 200))):
                    content[chance.randrange(len(content))] = chance.randrange(256)
            case 1:
                del content[at:]
            case 2:
                del content[at:end]
            case 3:
                content[at:end] = bytes(end - at)
            case 4:
                content[at:at] = content[at:end]
            case 5:
                head = chance.randrange(min(600, len(content) - 4))
                content[head : head + 4] = chance.choice((b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\x80\0\0\0"))
        yield bytes(content)


async def test_broken_files_end_as_sound_or_as_a_sentence_and_never_otherwise(tmp_path: Path) -> None:
    """Forty files that were hurt at random: a hang or a bug would be raised here, and a crash has its own sentence."""
    source, target = tmp_path / "broken", tmp_path / "out"
    ends = []
    async with open_decoder() as decoder:
        for content in await asyncio.to_thread(lambda: list(mutations(tmp_path, 40, seed=11))):
            await asyncio.to_thread(source.write_bytes, content)
            try:
                ends.append((await decoder.decode(source, target, name="broken", max_seconds=60)).duration >= 0)
            except UserError as error:
                ends.append(str(error).endswith(".") and "stops my decoder" not in str(error))

    assert ends == [True] * 40
