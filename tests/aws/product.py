"""The whole product on AWS's code path: a bot process with BACKEND=aws, on the stand-ins, in a local Slack."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp

from sandbox.aws import Cloud, Conversation, Reply
from sandbox.slack.manifest import read_manifest
from tests.fakes.engines import write_tone
from tests.slack.local_workspace import JSON, LocalWorkspace, Person, local_workspace
from tests.workflow.earshot import MANIFEST, free_port, until

ROOT = MANIFEST.parent
SAID = "The release is on Tuesday, the ninth of May."
GIST = "They start with the offline mode."


def model_reply(request: Conversation) -> Reply:
    """What a model would say, by what is asked for; one statement of it is invented."""

    def statement(text: str, words: str) -> dict[str, Any]:
        line = re.search(rf"\[(\d+)\][^\n]*{words}", request.text)
        return {"text": text, "segments": [int(line[1]) if line else 0]}

    gist = statement(GIST, "offline mode")
    release = statement(SAID, "ninth of May")
    invented = statement("The budget is 40,000 dollars.", "ninth of May")
    if "NOT SAID" in request.text:  # a streamed answer
        return Reply(text="\n".join(f"{said['text']} {said['segments']}" for said in (release, invented)))
    wanted = json.dumps(request.schema or request.tools or request.text)
    if "confidence" in wanted:
        return Reply(value={"speakers": []})
    if "found" in wanted:
        return Reply(value={"found": True, "sentences": [release, invented]})
    if "highlights" in wanted:
        return Reply(value={"title": gist, "introduction": [gist], "highlights": [release]})
    todo = statement("Write the release notes by Monday.", "release notes")
    summary = {
        "gist": gist,
        "points": [release, invented],
        "topics": [{"name": "offline mode", "segments": gist["segments"]}],
        "chapters": [{"title": "Offline mode", "first": 0}],
        "decisions": [],
        "action_items": [todo | {"owner": None, "due": "by Monday"}],
    }
    return Reply(value=summary)


@dataclass(repr=False)
class Bot:
    """A bot in a local Slack, as a process that may be killed and started again under the same name."""

    workspace: LocalWorkspace
    environment: dict[str, str]
    folder: Path
    program: str = "bot"
    process: asyncio.subprocess.Process | None = field(default=None, init=False)

    async def start(self) -> None:
        """Start it; loading AWS's descriptions of its services takes seconds."""
        command = (sys.executable, "-m", self.program, "serve")
        self.process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, env=self.environment)
        await until(self._ready, 150)

    @property
    def ended(self) -> bool:
        """Whether it is not there."""
        return self.process is None or self.process.returncode is not None

    async def _ready(self) -> bool:
        assert not self.ended, "it ended by itself"
        try:
            async with self.workspace.session.get(f"http://127.0.0.1:{self.environment['PORT']}/ready") as answer:
                return answer.ok
        except aiohttp.ClientError:
            return False

    async def end(self, number: signal.Signals = signal.SIGTERM) -> None:
        """Send the signal and wait until it is gone."""
        if self.process and self.process.returncode is None:
            self.process.send_signal(number)
            await self.process.wait()

    @property
    def ada(self) -> Person:
        """Who uses it."""
        return self.workspace.person("ada")

    @property
    def general(self) -> str:
        """The channel that it is in."""
        return self.workspace.channel("general")

    async def share(self, hertz: float) -> str:
        """Share a recording, a different one for each pitch; the message's ts."""
        path = self.folder / f"{hertz}.mp3"
        await asyncio.to_thread(write_tone, path, 12.0, hertz=hertz)
        _, ts = await self.ada.share(self.general, path, path.name)
        return ts

    async def thread(self, ts: str) -> list[JSON]:
        """What was said in the thread."""
        return (await self.ada.thread(self.general, ts))[1:]

    async def marks(self, ts: str) -> set[str]:
        """The names of the reactions on the shared message."""
        root = (await self.ada.thread(self.general, ts))[0]
        return {reaction["name"] for reaction in root.get("reactions", ())}

    async def done(self, ts: str) -> bool:
        """Whether the recap is finished; fails where it failed."""
        marks = await self.marks(ts)
        assert "warning" not in marks, await self.thread(ts)
        return "white_check_mark" in marks

    async def files(self, ts: str) -> dict[str, JSON]:
        """The files in the thread, by name."""
        return {file["name"]: file for reply in await self.thread(ts) for file in reply.get("files", ())}

    async def says(self, ts: str, words: str) -> JSON | None:
        """The message after the recap that holds these words."""
        for reply in (await self.thread(ts))[1:]:
            if words in reply["text"] or words in str(reply.get("blocks")):
                return reply
        return None


def environment(workspace: LocalWorkspace, cloud: Cloud, bucket: str, folder: Path) -> dict[str, str]:
    """What a bot is told that uses the stand-ins for everything and writes show notes of each recap."""
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
        "LOG_LEVEL": "ERROR",
    }


@asynccontextmanager
async def serving(
    cloud: Cloud, bucket: str, folder: Path, *, program: str = "bot", **settings: str
) -> AsyncIterator[Bot]:
    """A running bot in a local Slack of its own."""
    async with local_workspace(manifest=await asyncio.to_thread(read_manifest, MANIFEST)) as workspace:
        bot = Bot(workspace, environment(workspace, cloud, bucket, folder) | settings, folder, program)
        try:
            await bot.start()
            yield bot
        finally:
            await bot.end()
