"""The stage: a local Slack in a process of its own, the real bot on this loop, and a person who shares recordings."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
from pydantic import SecretStr
from slack_sdk.web.async_client import AsyncWebClient

from bot.bootstrap import OpenLadder, open_ladder
from bot.server import running
from bot.settings import Settings

_ROOT = Path(__file__).resolve().parents[2]
_POLL = 0.1


@dataclass(frozen=True)
class Stage:
    """A person in the first channel of the local Slack, with the bot beside them."""

    person: AsyncWebClient
    channel: str
    bot_user: str
    url: str

    async def share(self, path: Path) -> str:
        """Share a recording; the ts of its message."""
        await self.person.files_upload_v2(channel=self.channel, file=str(path), filename=path.name)
        return await self._newest(path.name)

    async def _newest(self, name: str) -> str:
        while True:
            history = await self.person.conversations_history(channel=self.channel, limit=30)
            for message in history["messages"] or ():
                if any(file.get("name") == name for file in message.get("files", ())):
                    return str(message["ts"])
            await asyncio.sleep(_POLL)

    async def replies(self, ts: str) -> list[dict[str, Any]]:
        """What the bot said in that thread."""
        thread = await self.person.conversations_replies(channel=self.channel, ts=ts)
        return [m for m in (thread["messages"] or ())[1:] if m.get("user") == self.bot_user]

    async def reaction(self, ts: str) -> set[str]:
        """The reactions on a message."""
        history = await self.person.conversations_history(channel=self.channel, oldest=ts, latest=ts, inclusive=True)
        return {r["name"] for m in history["messages"] or () for r in m.get("reactions", ())}

    async def seconds_until_text(self, ts: str) -> float:
        """Seconds, from now, until the recap can be read."""
        began = time.perf_counter()
        while not any(reply["text"].startswith("Recap of") for reply in await self.replies(ts)):
            await asyncio.sleep(_POLL)
        return time.perf_counter() - began

    async def seconds_until_done(self, ts: str) -> float:
        """Seconds, from now, until all of it is there, audio and transcript included."""
        began = time.perf_counter()
        while not {"white_check_mark", "warning"} & await self.reaction(ts):
            await asyncio.sleep(_POLL)
        return time.perf_counter() - began


@asynccontextmanager
async def stage(folder: Path, open_ladder: OpenLadder = open_ladder) -> AsyncIterator[Stage]:
    """Set it up in a folder, take it down after. `open_ladder` is the bot's way to the web."""
    command = (sys.executable, "-m", "sandbox", "--port", "0", "--no-rate-limits", "--manifest", "manifest.yml")
    slack = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE, cwd=_ROOT)
    try:
        if slack.stdout is None:
            raise RuntimeError("the local Slack has no standard output")
        url = (await slack.stdout.readline()).decode().split("Local Slack: ")[1].split("/ ")[0]
        settings = Settings(
            _env_file=None,
            slack_bot_token=SecretStr("xoxb-sandbox"),
            slack_app_token=SecretStr("xapp-sandbox"),
            slack_api_url=f"{url}/api/",
            data_dir=folder,
            port=0,
            executor_id="bench",
        )
        async with running(settings, open_ladder=open_ladder), aiohttp.ClientSession() as session:
            async with session.get(f"{url}/sandbox/info") as answer:
                info = await answer.json()
            person = AsyncWebClient(info["users"][0]["token"], base_url=f"{url}/api/", session=session)
            yield Stage(person, info["channels"][0]["id"], info["bot"]["user_id"], url)
    finally:
        slack.terminate()
        await slack.wait()
