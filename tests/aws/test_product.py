"""The whole product on AWS's code path: `python -m bot serve` with BACKEND=aws, on the stand-ins."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av
import pytest

from sandbox.aws import Cloud, Conversation, Reply
from sandbox.slack.manifest import read_manifest
from tests.fakes.engines import write_tone
from tests.slack.local_workspace import JSON, LocalWorkspace, local_workspace
from tests.workflow.earshot import MANIFEST, free_port, until

ROOT = Path(__file__).resolve().parents[2]
SAID = "The release is on Tuesday, the ninth of May."


def _reply(request: Conversation) -> Any:
    """What a model would say, by what is asked for; one statement of it is invented."""

    def statement(text: str, words: str) -> dict[str, Any]:
        line = re.search(rf"\[(\d+)\][^\n]*{words}", request.text)
        return {"text": text, "segments": [int(line[1]) if line else 0]}

    gist = statement("They start with the offline mode.", "offline mode")
    release = statement(SAID, "ninth of May")
    invented = statement("The budget is 40,000 dollars.", "ninth of May")
    wanted = json.dumps(request.schema or request.tools or request.text)
    if "confidence" in wanted:
        return {"speakers": []}
    if "found" in wanted:
        return {"found": True, "sentences": [release, invented]}
    if "highlights" in wanted:
        return {"title": gist, "introduction": [gist], "highlights": [release]}
    todo = statement("Write the release notes by Monday.", "release notes")
    return {
        "gist": gist,
        "points": [release, invented],
        "topics": [{"name": "offline mode", "segments": gist["segments"]}],
        "chapters": [{"title": "Offline mode", "first": 0}],
        "decisions": [],
        "action_items": [todo | {"owner": None, "due": "by Monday"}],
    }


@dataclass
class Bot:
    """A running bot, as a process, in a local Slack."""

    workspace: LocalWorkspace
    process: asyncio.subprocess.Process
    folder: Path

    @property
    def general(self) -> str:
        return self.workspace.channel("general")

    async def share(self, hertz: float) -> str:
        path = self.folder / f"{hertz}.mp3"
        await asyncio.to_thread(write_tone, path, 12.0, hertz=hertz)
        _, ts = await self.workspace.person("ada").share(self.general, path, path.name)
        return ts

    async def thread(self, ts: str) -> list[JSON]:
        return (await self.workspace.person("ada").thread(self.general, ts))[1:]

    async def done(self, ts: str) -> bool:
        root = (await self.workspace.person("ada").thread(self.general, ts))[0]
        names = {reaction["name"] for reaction in root.get("reactions", ())}
        assert "warning" not in names, await self.thread(ts)
        return "white_check_mark" in names


def _environment(workspace: LocalWorkspace, cloud: Cloud, bucket: str, folder: Path) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {
        **kept,
        **cloud.environment,
        "BACKEND": "aws",
        "S3_BUCKET": bucket,
        "OUTPUTS": "show_notes",
        "SLACK_BOT_TOKEN": "xoxb-sandbox",
        "SLACK_APP_TOKEN": "xapp-sandbox",
        "SLACK_API_URL": workspace.api_url,
        "DATA_DIR": str(folder / "data"),
        "PORT": str(free_port()),
        "EXECUTOR_ID": "test",
        "LOG_LEVEL": "WARNING",
    }


@asynccontextmanager
async def _serving(cloud: Cloud, bucket: str, folder: Path) -> AsyncIterator[Bot]:
    async with local_workspace(manifest=await asyncio.to_thread(read_manifest, MANIFEST)) as workspace:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "serve"),
            cwd=ROOT,
            env=_environment(workspace, cloud, bucket, folder),
        )
        try:
            async with asyncio.timeout(150):  # loading AWS's descriptions of its services takes seconds
                await workspace.slack.socket_mode.wait_connected()
            yield Bot(workspace, process, folder)
        finally:
            process.send_signal(signal.SIGTERM)
            await process.wait()


@pytest.fixture
async def bot(cloud: Cloud, bucket: str, tmp_path: Path) -> AsyncIterator[Bot]:
    cloud.pace.queued = cloud.pace.listening = 0.3
    cloud.script.add(None, lambda request: Reply(value=_reply(request)))
    async with _serving(cloud, bucket, tmp_path) as running:
        yield running


async def test_a_recording_goes_the_way_of_aws_to_recap_voice_notes_and_answer(
    bot: Bot, cloud: Cloud, tmp_path: Path
) -> None:
    ts = await bot.share(700)
    await until(lambda: bot.done(ts), 60)
    thread = await bot.thread(ts)
    recap = str(thread[0]["blocks"])
    assert "They start with the offline mode" in recap, "the model wrote it, not the rules"
    assert "ninth of May" in recap
    assert "40,000" not in recap, "what nobody said is not posted"
    assert "amazon transcribe" in recap
    audio = await until(lambda: _file(bot, ts, "recap.mp3"), 30)
    await until(lambda: _says(bot, ts, "Show notes"), 30)

    await bot.workspace.person("ada").post(bot.general, "When is the release?", ts)
    await until(lambda: _says(bot, ts, SAID), 30)
    assert "40,000" not in str(await bot.thread(ts))

    calls = [call.operation for call in cloud.journal.calls]
    assert calls.count("StartTranscriptionJob") == 1
    assert "SynthesizeSpeech" in calls
    spoken = tmp_path / "spoken.mp3"
    assert audio
    await _download(bot, audio, spoken)
    assert await asyncio.to_thread(_seconds, spoken) > 1


async def _file(bot: Bot, ts: str, name: str) -> JSON | None:
    files = (file for reply in await bot.thread(ts) for file in reply.get("files", ()))
    return next((file for file in files if file["name"] == name), None)


async def _says(bot: Bot, ts: str, words: str) -> bool:
    return any(words in reply["text"] or words in str(reply.get("blocks")) for reply in (await bot.thread(ts))[1:])


async def _download(bot: Bot, file: JSON, to: Path) -> None:
    headers = {"Authorization": f"Bearer {bot.workspace.person('ada').token}"}
    async with bot.workspace.session.get(file["url_private_download"], headers=headers) as answer:
        assert answer.status == 200
        await asyncio.to_thread(to.write_bytes, await answer.read())


def _seconds(path: Path) -> float:
    with av.open(str(path)) as container:
        return sum(frame.samples / frame.sample_rate for frame in container.decode(audio=0))
