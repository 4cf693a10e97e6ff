"""`python -m sandbox.demo`: a local Slack with Earshot in it, and a recording being shared. Nothing else is needed."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import re
import signal
import sys
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar, get_args

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.models import get_models
from bot.settings import Backend, Settings
from sandbox.sample import make_sample
from sandbox.slack.manifest import read_manifest
from sandbox.slack.server import Running, serve
from services.vocabulary.errors import EarshotError

_ROOT = Path(__file__).resolve().parent.parent
_QUESTION = "What did they decide, and who does what by when?"
_LINK = re.compile(r"\[([^\]]+)\]\(\S+?\)")
_PATIENCE_SECONDS = 600.0
_START_SECONDS = 180.0
Answer = TypeVar("Answer")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


@asynccontextmanager
async def _cloud(backend: Backend) -> AsyncIterator[dict[str, str]]:
    """What the bot's environment needs for that backend: for AWS, stand-ins on this machine that do the real work."""
    if backend == "local":
        yield {}
        return
    from sandbox.aws import aws  # noqa: PLC0415 - needs more packages than the local demo
    from sandbox.aws.local_engines import local  # noqa: PLC0415 - the same

    async with aws(engines=local) as cloud:
        bucket = await asyncio.to_thread(cloud.new_bucket)
        _say("AWS is stood in for by this machine: no account, no model of Bedrock's.")
        yield {**cloud.environment, "BACKEND": "aws", "S3_BUCKET": bucket, "OUTPUTS": "show_notes"}


@asynccontextmanager
async def _bot(
    slack: Running, folder: Path, port: int, cloud: dict[str, str]
) -> AsyncIterator[asyncio.subprocess.Process]:
    """The real bot, in a process of its own, that knows the local Slack by its address alone."""
    environment = {
        **os.environ,
        **cloud,
        "SLACK_API_URL": f"{slack.url}/api/",
        "SLACK_BOT_TOKEN": slack.slack.options.bot_token,
        "SLACK_APP_TOKEN": slack.slack.options.app_token,
        "PORT": str(port),
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
        "DATA_DIR": str(folder),
        "EXECUTOR_ID": "demo",
    }
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "bot", "serve", env=environment, cwd=_ROOT)
    try:
        await _until(lambda: _healthy(port), _START_SECONDS, process)
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
        await process.wait()


async def _healthy(port: int) -> bool:
    try:
        async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}/health") as answer:
            return answer.status == 200  # noqa: PLR2004 - OK
    except aiohttp.ClientError:
        return False


async def _until(
    true: Callable[[], Awaitable[Answer]], seconds: float, process: asyncio.subprocess.Process | None = None
) -> Answer:
    """Poll until the answer is true, and return it; SystemExit when the bot ended or time is up."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            while not (found := await true()):
                if process and process.returncode is not None:
                    raise SystemExit(f"Earshot ended with status {process.returncode}; its log is above.")
                await asyncio.sleep(0.5)
            return found
    raise SystemExit(f"Nothing came within {seconds:.0f} seconds.")


class Person:
    """Somebody of the sandbox, acting through the ordinary Web API."""

    def __init__(self, slack: Running, info: dict[str, Any]) -> None:
        self.channel: str = info["channels"][0]["id"]
        self._client = AsyncWebClient(info["users"][0]["token"], base_url=f"{slack.url}/api/")
        self._bot: str = info["bot"]["user_id"]

    async def has_shared(self) -> bool:
        """Whether there is a file in the channel already."""
        return await self._shared() is not None

    async def share(self, recording: Path) -> str:
        """Share a recording in the channel; the ts of the message."""
        await self._client.files_upload_v2(
            channel=self.channel,
            file=str(recording),
            title="Tuesday's product meeting",
            initial_comment="Here is the recording of Tuesday's product meeting.",
        )
        return str(await _until(self._shared, _PATIENCE_SECONDS))

    async def _shared(self) -> str | None:
        """The ts of the newest message with a file: Slack shows a share a moment after it took the bytes."""
        history = await self._client.conversations_history(channel=self.channel, limit=10)
        return next((str(message["ts"]) for message in history["messages"] or () if message.get("files")), None)

    async def ask(self, thread: str, question: str) -> str:
        """Ask in a thread; the ts of the question."""
        return str((await self._client.chat_postMessage(channel=self.channel, thread_ts=thread, text=question))["ts"])

    async def replies(self, thread: str) -> list[dict[str, Any]]:
        """What the bot said in a thread."""
        answer = await self._client.conversations_replies(channel=self.channel, ts=thread, limit=100)
        return [m for m in answer["messages"] or () if m.get("user") == self._bot and m["ts"] != thread]


async def _watch_once(person: Person, thread: str, process: asyncio.subprocess.Process) -> None:
    heard = ""

    async def audio() -> bool:
        files = [file for reply in await person.replies(thread) for file in reply.get("files", ())]
        return any(str(file.get("name", "")).endswith(".mp3") for file in files)

    async def answer() -> str:
        """What was answered, when it does not grow any more: answers are written while people watch."""
        nonlocal heard
        before = heard
        later = [m for m in await person.replies(thread) if float(m["ts"]) > float(asked) and not m.get("files")]
        heard = next((m["text"] for m in later if m["text"] and not m["text"].startswith("Show notes")), "")
        return heard if heard == before else ""

    await _until(audio, _PATIENCE_SECONDS, process)
    _say("The recap is posted, with its audio.")
    asked = await person.ask(thread, _QUESTION)
    _say(f"Asked:    {_QUESTION}")
    said = await _until(answer, _PATIENCE_SECONDS, process)
    _say("Answered: " + _LINK.sub(r"\1", said))


def _stop_on_sigterm() -> None:
    """Ended from outside, the bot must not outlive us."""
    task = asyncio.current_task()
    if task:
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)


async def _demo(port: int, folder: Path, backend: Backend, *, once: bool) -> None:
    _stop_on_sigterm()
    _say("Getting the models ready (the first time they are downloaded) ...")
    settings = Settings()
    await get_models(settings)
    sample = _ROOT / "var" / "sample" / "product-meeting.m4a"
    if not sample.exists():
        _say("Recording the sample meeting with two voices ...")
        await asyncio.to_thread(make_sample, sample, settings.models_dir)
    manifest = read_manifest(_ROOT / "manifest.yml")
    async with (
        serve(port=port, state=folder / "slack", manifest=manifest) as slack,
        _cloud(backend) as cloud,
        _bot(slack, folder / "earshot", port + 1, cloud) as process,
        aiohttp.ClientSession() as session,
    ):
        async with session.get(f"{slack.url}/sandbox/info") as answer:
            person = Person(slack, await answer.json())
        thread = None if await person.has_shared() else await person.share(sample)
        _say(f"\nOpen {slack.url}/ and look at #general. Share a recording of your own, ask in its thread.")
        if once and thread:
            await _watch_once(person, thread, process)
        elif not once:
            _say("Ctrl-C ends it.\n")
            await process.wait()


def main() -> int:
    """Run the demo; with `--once` until the sample has its recap, its audio and one answer."""
    parser = argparse.ArgumentParser(prog="python -m sandbox.demo", description=__doc__)
    parser.add_argument("--port", type=int, default=8080)
    parser.add_argument("--backend", choices=get_args(Backend), default="local", help="aws: on stand-ins, here")
    parser.add_argument("--once", action="store_true", help="end by itself when the sample is recapped and asked about")
    arguments = parser.parse_args()
    try:
        with tempfile.TemporaryDirectory() as temporary, contextlib.suppress(KeyboardInterrupt, asyncio.CancelledError):
            folder = Path(temporary) if arguments.once else _ROOT / "var" / f"demo-{arguments.backend}"
            asyncio.run(_demo(arguments.port, folder, arguments.backend, once=arguments.once))
    except (OSError, EarshotError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
