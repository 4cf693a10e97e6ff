"""Many workspaces: bot processes over HTTP, behind a balancer, and a local Slack where people install the app."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import html
import json
import os
import re
import signal
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import aiohttp
from cryptography.fernet import Fernet
from sqlalchemy import text
from yarl import URL

from bot.manifest import over_http, read_manifest
from sandbox.slack.http_delivery import signature
from sandbox.slack.manifest import Manifest, parse_manifest
from services.storage.database import open_database
from tests.fakes.engines import write_tone
from tests.slack.local_workspace import JSON, LocalWorkspace, Person, local_workspace
from tests.workflow.balancer import Balancer, balancing
from tests.workflow.earshot import MANIFEST, free_port, until

SECRET = "sandbox-signing-secret"
_CLIENT = {"SLACK_CLIENT_ID": "1795219200.0000000001", "SLACK_CLIENT_SECRET": "sandbox-client-secret"}
_ENDED = {"white_check_mark", "warning"}


@dataclass(frozen=True)
class Tenant:
    """One workspace, with the person who uses the bot in its first channel."""

    workspace: LocalWorkspace
    folder: Path

    @property
    def team(self) -> str:
        """Its id."""
        return str(self.workspace.info["team"]["id"])

    @property
    def bot_user(self) -> str:
        """The bot's user there."""
        return str(self.workspace.info["bot"]["user_id"])

    @property
    def ada(self) -> Person:
        """The person."""
        return self.workspace.person("ada")

    @property
    def general(self) -> str:
        """The channel that the bot is in."""
        return self.workspace.channel("general")

    async def share(self, hertz: float, name: str) -> tuple[str, str]:
        """Share a recording of its own pitch; the file's id and the ts of its message."""
        path = self.folder / f"{hertz}.mp3"
        await asyncio.to_thread(write_tone, path, 3.0, hertz=hertz)
        return await self.ada.share(self.general, await asyncio.to_thread(path.read_bytes), name)

    async def replies(self, ts: str) -> list[JSON]:
        """What the bot said in a thread."""
        return [m for m in (await self.ada.thread(self.general, ts))[1:] if m["user"] == self.bot_user]

    async def ended(self, ts: str) -> list[JSON]:
        """The same, when the recap there has ended."""

        async def look() -> bool:
            message = (await self.ada.thread(self.general, ts))[0]
            return bool(_ENDED & {reaction["name"] for reaction in message.get("reactions", ())})

        await until(look)
        return await self.replies(ts)

    async def said(self, ts: str, words: str) -> JSON:
        """The bot's post in a thread that holds these words, when it is there."""

        async def look() -> JSON | None:
            return next((m for m in await self.replies(ts) if words in m["text"]), None)

        found = await until(look)
        assert found is not None
        return found


@dataclass
class Tenants:
    """The local Slack, the bots that serve it, and what they share."""

    workspace: LocalWorkspace
    folder: Path
    port: int
    balancer: Balancer
    database: str | None = None
    key: str = field(default_factory=lambda: Fernet.generate_key().decode())
    bots: dict[str, asyncio.subprocess.Process] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """Where Slack and people reach the bots."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> str:
        """All that the bots have written. Reads a file."""
        return (self.folder / "log.txt").read_text()

    async def start(self, name: str, role: str = "all") -> None:
        """Start one more bot and wait until it is ready."""
        port = free_port()
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": os.environ.get("HOME", "/"),
            **_CLIENT,
            "SLACK_SIGNING_SECRET": SECRET,
            "TOKEN_KEY": self.key,
            "SLACK_API_URL": self.workspace.api_url,
            "PUBLIC_URL": self.url,
            "DATA_DIR": str(self.folder / "data"),
            "DATABASE_URL": self.database or "",
            "LINK_SECRET": "0" * 32,
            "HEARD": str(self.folder / "heard.txt"),
            "PORT": str(port),
            "ROLE": role,
            "EXECUTOR_ID": name,
            "LOG_LEVEL": "INFO",
            "LOG_FORMAT": "json",
        }
        with (self.folder / "log.txt").open("a") as log:
            command = (sys.executable, "-m", "tests.workflow.bot_process")
            self.bots[name] = await asyncio.create_subprocess_exec(
                *command, env=environment, cwd=MANIFEST.parent, stderr=log.fileno()
            )

        async def ready() -> bool:
            assert self.bots[name].returncode is None, self.log
            with contextlib.suppress(aiohttp.ClientError):
                async with self.workspace.session.get(f"http://127.0.0.1:{port}/ready") as answer:
                    return answer.ok
            return False

        await until(ready, 120)
        if role != "worker":
            self.balancer.ports.append(port)

    async def open(self, name: str) -> Tenant:
        """One more workspace, where the app is not installed."""
        opened = await self.workspace.control("workspaces", name=name, domain=name.lower(), install=False)
        return Tenant(dataclasses.replace(self.workspace, info=opened), self.folder)

    async def install(self, tenant: Tenant, *, allow: bool = True) -> str:
        """Install the app as a person does in a browser; the page that it ends on. The bot is then invited."""
        async with self.browser() as browser:
            consent = await self.consent_page(browser)
            page = await self.answer_consent(browser, consent, tenant.ada.id if allow else None)
        if allow:
            await tenant.ada.client.conversations_invite(channel=tenant.general, users=tenant.bot_user)
        return page

    def browser(self) -> aiohttp.ClientSession:
        """A browser, for which this machine is as good as https."""
        jar = aiohttp.CookieJar(unsafe=True, treat_as_secure_origin=[URL(self.url)])
        return aiohttp.ClientSession(cookie_jar=jar)

    async def consent_page(self, browser: aiohttp.ClientSession) -> str:
        """Press the button of the install page."""
        async with browser.get(f"{self.url}/slack/install") as answer:
            assert answer.status == 200
            found = re.search(r'class="button" href="([^"]+)"', await answer.text())
        assert found
        async with browser.get(html.unescape(found[1])) as answer:
            return await answer.text()

    async def answer_consent(self, browser: aiohttp.ClientSession, page: str, user: str | None) -> str:
        """Allow, as that user, or cancel; the page that it ends on."""
        key = re.search(r'name="consent" value="([^"]+)"', page)
        assert key, page
        decision = {"decision": "allow", "user": user} if user else {"decision": "cancel"}
        async with browser.post(
            f"{self.workspace.url}/oauth/v2/authorize", data={"consent": key[1], **decision}
        ) as end:
            assert str(end.url).startswith(self.url), end.url
            return await end.text()

    async def deliver(self, payload: JSON, **changes: str) -> tuple[int, str]:
        """Post to the bots what Slack would; `changes` are of the headers. Events as JSON, all else as forms."""
        if payload.get("type") == "event_callback":
            body, kind = json.dumps(payload), "application/json"
        else:
            form = payload if "command" in payload else {"payload": json.dumps(payload)}
            body, kind = urlencode(form), "application/x-www-form-urlencoded"
        headers = {**signature(SECRET, body), "Content-Type": kind} | changes
        async with self.workspace.session.post(f"{self.url}/slack/events", data=body, headers=headers) as answer:
            return answer.status, await answer.text()

    async def rows(self, statement: str, **values: Any) -> list[Any]:
        """What is in the bots' tables."""
        return await self._ask("earshot.db", statement, values)

    async def engine_rows(self, statement: str, **values: Any) -> list[Any]:
        """What is in the tables of the durable engine."""
        return await self._ask("engine.db", statement, values)

    async def _ask(self, file: str, statement: str, values: JSON) -> list[Any]:
        url = self.database or f"sqlite:///{self.folder / 'data' / file}"
        engine = await asyncio.to_thread(open_database, url)
        try:
            async with engine.begin() as connection:
                result = await connection.execute(text(statement), values)
                return list(result.all()) if result.returns_rows else []
        finally:
            await engine.dispose()

    def blobs(self, team: str) -> dict[str, bytes]:
        """What is kept of a workspace, by name. Reads files."""
        folder = self.folder / "data" / "blobs" / team
        return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def rotating_manifest(url: str) -> Manifest:
    """The manifest for HTTP, of an app whose tokens change. Reads a file."""
    content = over_http(read_manifest(), url)
    content["settings"]["token_rotation_enabled"] = True
    return parse_manifest(content)


@contextlib.asynccontextmanager
async def tenants(folder: Path, database: str | None = None) -> AsyncIterator[Tenants]:
    """A local Slack and room for bots; whatever runs at the end is killed."""
    port = free_port()
    manifest = await asyncio.to_thread(rotating_manifest, f"http://127.0.0.1:{port}")
    async with local_workspace(manifest=manifest) as workspace, balancing(port, []) as balancer:
        stage = Tenants(workspace, folder, port, balancer, database)
        try:
            yield stage
        finally:
            for process in stage.bots.values():
                if process.returncode is None:
                    process.send_signal(signal.SIGKILL)
                    await process.wait()
