"""The whole product on AWS's code path: a recording goes in, and recap, voice, notes and answers come out."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import av
import pytest

from sandbox.aws import Cloud
from tests.aws.product import GIST, SAID, Bot, model_reply, serving
from tests.slack.local_workspace import JSON
from tests.workflow.earshot import until


@pytest.fixture
async def bot(cloud: Cloud, bucket: str, tmp_path: Path) -> AsyncIterator[Bot]:
    cloud.pace.queued = cloud.pace.listening = 0.3
    cloud.script.add(None, model_reply)
    async with serving(cloud, bucket, tmp_path) as running:
        yield running


async def test_a_recording_goes_the_way_of_aws_to_recap_voice_notes_and_answer(
    bot: Bot, cloud: Cloud, tmp_path: Path
) -> None:
    ts = await bot.share(700)
    await until(lambda: bot.done(ts), 60)
    thread = await bot.thread(ts)
    recap = str(thread[0]["blocks"])
    assert GIST.rstrip(".") in recap, "the model wrote it, not the rules"
    assert "ninth of May" in recap
    assert "40,000" not in recap, "what nobody said is not posted"
    assert "amazon transcribe" in recap
    audio = (await bot.files(ts))["recap.mp3"]
    await until(lambda: bot.says(ts, "Show notes"), 30)

    await bot.ada.post(bot.general, "When is the release?", ts)
    await until(lambda: bot.says(ts, SAID), 30)
    assert "40,000" not in str(await bot.thread(ts))

    calls = [call.operation for call in cloud.journal.calls]
    assert calls.count("StartTranscriptionJob") == 1
    assert "SynthesizeSpeech" in calls
    spoken = tmp_path / "spoken.mp3"
    await _download(bot, audio, spoken)
    assert await asyncio.to_thread(_seconds, spoken) > 1


async def _download(bot: Bot, file: JSON, to: Path) -> None:
    headers = {"Authorization": f"Bearer {bot.ada.token}"}
    async with bot.workspace.session.get(file["url_private_download"], headers=headers) as answer:
        assert answer.status == 200
        await asyncio.to_thread(to.write_bytes, await answer.read())


def _seconds(path: Path) -> float:
    with av.open(str(path)) as container:
        return sum(frame.samples / frame.sample_rate for frame in container.decode(audio=0))
