"""What every voice promises, held to the local one, to Amazon Polly's (on the stand-in) and to the fake."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import av
import numpy as np
import pytest

from sandbox.aws import Cloud, running
from services.speech import SpeechSynthesizer
from services.speech.local import LocalSynthesizer
from services.speech.loudness import Samples, integrated_loudness, true_peak
from services.speech.piper import speak
from services.speech.polly import PollySynthesizer
from services.speech.polly_voices import read_table
from services.vocabulary.errors import OperatorError, RetryableError, UserError
from services.weights import cached, default_cache
from tests.fakes.engines import FakeSynthesizer

TEXT = "In short: the lamp costs $450.\n\nSpeaker 2 said: we paint the tower on March 3, at 12:30. 🎉\n\n"
SENTENCES = ["In short: the lamp costs $450.", "Speaker 2 said: we paint the tower on March 3, at 12:30."]


@pytest.fixture(scope="module")
def cloud() -> Iterator[Cloud]:
    with running() as cloud:
        yield cloud


@pytest.fixture(params=["fake", "polly", pytest.param("local", marks=pytest.mark.models)])
async def synthesizer(request: pytest.FixtureRequest, cloud: Cloud) -> AsyncIterator[SpeechSynthesizer]:
    if request.param == "fake":
        yield FakeSynthesizer()
        return
    if request.param == "polly":
        polly = PollySynthesizer(
            await asyncio.to_thread(cloud.client, "polly"), table=await asyncio.to_thread(read_table)
        )
        yield polly
        await polly.close()
        return
    if await asyncio.to_thread(cached, "voice-en-joe", default_cache()) is None:
        pytest.skip("the voice is not in the model cache: python -m bot models")
    voice = LocalSynthesizer(models_dir=default_cache())
    yield voice
    await voice.close()


def heard(path: Path) -> tuple[Samples, int, str]:
    with av.open(str(path)) as container:
        stream = container.streams.audio[0]
        parts = [frame.to_ndarray() for frame in container.decode(stream)]
        codec = stream.codec_context.name
        assert stream.codec_context.layout.name == "mono"
        return np.asarray(np.concatenate(parts, axis=1)[0], np.float32), stream.rate, codec


def quiet_before(sound: Samples, rate: int, second: float) -> bool:
    """Whether nothing is said right before that second, and something right after it."""
    at, moment = round(second * rate), round(0.1 * rate)
    return (
        float(np.abs(sound[max(0, at - moment) : at]).max()) < 0.02 < float(np.abs(sound[at : at + 5 * moment]).max())
    )


async def test_a_text_becomes_an_mp3_in_one_channel_at_the_loudness_of_podcasts(
    synthesizer: SpeechSynthesizer, tmp_path: Path
) -> None:
    path = tmp_path / "recap.mp3"
    await asyncio.to_thread(path.write_text, "what was here before")

    spoken = await synthesizer.synthesize(TEXT, language="en", path=path)

    sound, rate, codec = await asyncio.to_thread(heard, path)
    assert spoken.path == str(path)
    assert spoken.voice
    assert codec.startswith("mp3")
    assert spoken.duration == pytest.approx(len(sound) / rate, abs=0.2)
    assert 2 < spoken.duration < 30
    assert integrated_loudness(sound, rate) == pytest.approx(-16, abs=1)
    assert 20 * np.log10(true_peak(sound)) < -1
    assert await asyncio.to_thread(os.listdir, tmp_path) == ["recap.mp3"]
    starts = [mark.start for mark in spoken.marks]
    assert starts == sorted(starts)
    assert all(0 <= start < spoken.duration for start in starts)
    assert [mark.text for mark in spoken.marks] == SENTENCES
    if isinstance(synthesizer, LocalSynthesizer):  # the stand-in of Polly's guesses its seconds, the fake never pauses
        assert all(quiet_before(sound, rate, start) for start in starts)


async def test_a_language_without_a_voice_is_said_so(synthesizer: SpeechSynthesizer, tmp_path: Path) -> None:
    assert synthesizer.speaks("en")
    assert not synthesizer.speaks("uk")

    with pytest.raises(UserError, match="voice"):
        await synthesizer.synthesize("Добрий день", language="uk", path=tmp_path / "recap.mp3")
    assert not (tmp_path / "recap.mp3").exists()


async def test_an_engine_has_a_name(synthesizer: SpeechSynthesizer) -> None:
    assert synthesizer.engine


@pytest.mark.models
async def test_a_text_without_a_word_for_the_local_voice_is_refused_plainly(tmp_path: Path) -> None:
    if await asyncio.to_thread(cached, "voice-en-joe", default_cache()) is None:
        pytest.skip("the voice is not in the model cache: python -m bot models")
    voice = LocalSynthesizer(models_dir=default_cache())

    with pytest.raises(UserError, match="nothing"):
        await voice.synthesize("*** 🎉", language="en", path=tmp_path / "recap.mp3")
    await voice.close()


async def test_a_missing_voice_is_the_operators_matter(tmp_path: Path) -> None:
    with pytest.raises(OperatorError, match="models"):
        await asyncio.to_thread(speak, ["A line."], tmp_path / "voice.onnx", scratch=tmp_path)


def test_a_voice_that_is_broken_ends_in_an_error_that_time_may_mend(tmp_path: Path) -> None:
    (tmp_path / "voice.onnx").write_bytes(b"not a voice")
    (tmp_path / "voice.onnx.json").write_text("{}")

    with pytest.raises(RetryableError, match="piper ended"):
        speak(["A line."], tmp_path / "voice.onnx", scratch=tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["voice.onnx", "voice.onnx.json"]
