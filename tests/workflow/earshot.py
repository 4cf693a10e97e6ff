"""The whole bot with fast engines and a local Slack, connected in either way; the web it sees is a replay."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import socket
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import aiohttp
from pydantic import SecretStr

from bot.bootstrap import Parts
from bot.manifest import over_http, read_manifest, unfurling
from bot.server import running
from bot.settings import Settings
from sandbox.slack.manifest import Manifest, parse_manifest
from sandbox.web import Replay, replay
from tests.fakes.engines import fake_engines, write_tone
from tests.replay import ladder_to
from tests.slack.local_workspace import JSON, LocalWorkspace, Person, local_workspace

MANIFEST = Path(__file__).resolve().parents[2] / "manifest.yml"
Found = TypeVar("Found")


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def settings_for(workspace: LocalWorkspace, folder: Path, **changes: Any) -> Settings:
    """Settings of a bot in that workspace, independent of this machine's environment."""
    port = changes.pop("port", None) or free_port()
    over = {"slack_app_token": SecretStr("xapp-sandbox")}
    if changes.pop("transport", "socket") == "http":
        over = {"slack_signing_secret": SecretStr("sandbox-signing-secret")}
    values = {
        "slack_bot_token": SecretStr("xoxb-sandbox"),
        **over,
        "slack_api_url": workspace.api_url,
        "data_dir": folder,
        "port": port,
        "public_url": f"http://127.0.0.1:{port}",
        "executor_id": "test",
        **changes,
    }
    return Settings(_env_file=None, **values)


def manifest_for(transport: str, port: int) -> Manifest:
    """The manifest that an operator of the bot would give to Slack. Reads a file."""
    url = f"http://127.0.0.1:{port}"
    manifest = unfurling(read_manifest(), url)
    return parse_manifest(over_http(manifest, url) if transport == "http" else manifest)


async def until(found: Callable[[], Awaitable[Found]], seconds: float = 60.0) -> Found:
    """Poll until the answer is true and return it; fail when time is up."""
    deadline = time.monotonic() + seconds
    while not (answer := await found()):
        assert time.monotonic() < deadline, "it never happened"
        await asyncio.sleep(0.1)
    return answer


@dataclass(frozen=True, repr=False)
class Inside:
    """The running bot's own parts, and the loop that they belong to."""

    parts: Parts
    loop: asyncio.AbstractEventLoop

    async def do(self, work: Coroutine[Any, Any, Found]) -> Found:
        """Do something on the bot's loop."""
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(work, self.loop))


Life = tuple[LocalWorkspace, Settings, Replay, Inside]


@dataclass(frozen=True, repr=False)
class Earshot:
    """A running bot in a local Slack, with a person who uses it in its first channel.

    Without a repr: asyncio's runner makes one of every fixture's result (by the enum of signal handlers), and that of a
    workspace with all it has seen took most of the tests' time.
    """

    workspace: LocalWorkspace
    settings: Settings
    outside: Replay
    inside: Inside
    folder: Path

    @property
    def ada(self) -> Person:
        """The person."""
        return self.workspace.person("ada")

    @property
    def general(self) -> str:
        """The channel that the bot is in."""
        return self.workspace.channel("general")

    async def tone(self, seconds: float, *, hertz: float = 440.0, name: str = "meeting.mp3") -> bytes:
        """A recording, different for each length and pitch."""
        path = self.folder / f"{hertz}-{seconds}-{name}"
        await asyncio.to_thread(write_tone, path, seconds, hertz=hertz)
        return await asyncio.to_thread(path.read_bytes)

    async def replies(self, ts: str, channel: str | None = None) -> list[JSON]:
        """What the bot said in a thread."""
        thread = await self.ada.thread(channel or self.general, ts)
        return [m for m in thread[1:] if m["user"] == self.workspace.info["bot"]["user_id"]]

    async def reaction(self, ts: str) -> set[str]:
        """The names of the reactions on a message."""
        message = (await self.ada.thread(self.general, ts))[0]
        return {reaction["name"] for reaction in message.get("reactions", ())}

    async def finished(self, ts: str, seconds: float = 60.0) -> list[JSON]:
        """The bot's posts in a thread, when the recap there has ended."""
        await until(lambda: self._marked(ts), seconds)
        return await self.replies(ts)

    async def _marked(self, ts: str) -> bool:
        marks = await self.reaction(ts)
        return bool(marks & {"white_check_mark", "warning"}) and "eyes" not in marks

    async def answered(self, ts: str, words: str, seconds: float = 60.0) -> JSON:
        """The bot's post in a thread that begins with these words: an answer, for a recap begins otherwise."""

        async def look() -> JSON | None:
            return next((m for m in await self.replies(ts) if m["text"].startswith(words)), None)

        message = await until(look, seconds)
        assert message is not None
        return message

    async def reply_with(self, ts: str, words: str, seconds: float = 60.0) -> JSON:
        """The bot's post in a thread that holds these words, when it is there."""

        async def look() -> JSON | None:
            return next((m for m in await self.replies(ts) if words in m["text"]), None)

        message = await until(look, seconds)
        assert message is not None
        return message


async def _live(
    folder: Path,
    *,
    pace: float,
    transport: str,
    changes: dict[str, Any],
    started: Callable[[Life], None],
    stop: asyncio.Event,
) -> None:
    port = free_port()
    manifest = await asyncio.to_thread(manifest_for, transport, port)
    async with local_workspace(manifest=manifest) as workspace, replay() as outside:
        settings = settings_for(workspace, folder / "data", port=port, transport=transport, **changes)
        engines = fake_engines(pace=pace, journal=folder / "heard.txt")
        async with running(settings, engines, ladder_to(outside)) as parts:
            started((workspace, settings, outside, Inside(parts, asyncio.get_running_loop())))
            await stop.wait()


@contextlib.contextmanager
def living(folder: Path, *, pace: float, transport: str = "socket", **changes: Any) -> Iterator[Life]:
    """Run all on a loop of their own, in a thread: a test's loop stands still between tests, and work must not.

    `transport` is how Slack reaches the bot: over a `socket`, or by `http`. `changes` are of the settings.
    """
    up: Future[Life] = Future()
    loop = asyncio.new_event_loop()
    stop = asyncio.Event()

    def live() -> None:
        with asyncio.Runner(loop_factory=lambda: loop) as runner:
            try:
                life = _live(folder, pace=pace, transport=transport, changes=changes, started=up.set_result, stop=stop)
                runner.run(life)
            except BaseException as error:
                if up.done():
                    raise
                up.set_exception(error)

    thread = threading.Thread(target=live)
    thread.start()
    try:
        yield up.result(timeout=60)
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(timeout=60)


@contextlib.asynccontextmanager
async def visiting(life: Life, folder: Path) -> AsyncIterator[Earshot]:
    """The running pair as seen from a test's own loop."""
    workspace, settings, outside, inside = life
    async with aiohttp.ClientSession() as session:
        here = dataclasses.replace(workspace, session=session)
        yield Earshot(here, settings, outside, inside, folder)
