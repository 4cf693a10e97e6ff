"""The sample recording of the demo: what is in its script, and what our own ears make of it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from sandbox.sample import make_sample
from services.media.decode import open_decoder
from services.transcription.local import LocalTranscriber
from services.transcription.naming import name_speakers
from services.weights import cached, default_cache

SCRIPT = Path(__file__).resolve().parents[3] / "sandbox" / "sample_script.txt"


def test_two_people_take_turns_introduce_themselves_decide_and_promise() -> None:
    turns = [line.split(": ", maxsplit=1) for line in SCRIPT.read_text(encoding="utf-8").splitlines()]

    assert [name for name, _ in turns] == ["Ada", "Grace"] * (len(turns) // 2)
    assert "I'm Ada" in turns[0][1]
    assert "I'm Grace" in turns[1][1]
    assert any("We will release" in text for _, text in turns)
    assert any("I will write" in text and "Thursday" in text for _, text in turns)


@pytest.mark.models
@pytest.mark.soak
async def test_the_sample_is_a_minute_long_and_heard_as_two_people_with_their_names(tmp_path: Path) -> None:
    if await asyncio.to_thread(cached, "campplus", default_cache()) is None:
        pytest.skip("the models are not in the cache: python -m bot models")
    await asyncio.to_thread(make_sample, tmp_path / "new" / "meeting.m4a", default_cache())
    async with open_decoder() as decoder:
        audio = await decoder.decode(tmp_path / "new" / "meeting.m4a", tmp_path / "sound.pcm", name="meeting.m4a")
    ears = LocalTranscriber(cache=default_cache())
    transcript = name_speakers(await ears.transcribe(audio, report=lambda _: None))
    await ears.close()

    assert 60 <= audio.duration <= 90
    assert [speaker.name for speaker in transcript.speakers] == ["Ada", "Grace"]
    assert all(0.35 < speaker.share < 0.65 for speaker in transcript.speakers)
