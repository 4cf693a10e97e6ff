"""A local Slack for tests: a server on a free port and people who act in it over its real interfaces."""

from __future__ import annotations

import asyncio
import contextlib
import io
import re
import time
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient
from yarl import URL

from sandbox.slack.clock import Clock
from sandbox.slack.local_slack import LocalSlack
from sandbox.slack.manifest import Manifest
from sandbox.slack.server import serve

JSON = dict[str, Any]


@dataclass(frozen=True)
class Person:
    """Somebody in the workspace. `client` is the official client with their own token."""

    id: str
    name: str
    token: str
    client: AsyncWebClient
    session: aiohttp.ClientSession
    url: str

    async def post(self, channel: str, text: str, thread_ts: str | None = None) -> str:
        """Post a message, or a reply, and return its ts."""
        answer = await self.client.chat_postMessage(channel=channel, text=text, thread_ts=thread_ts)
        return str(answer["ts"])

    async def share(
        self, channel: str, content: bytes | Path, name: str, comment: str = "", thread_ts: str | None = None
    ) -> tuple[str, str]:
        """Share a file with the three-step upload; return its id and the ts of its message."""
        body = io.BytesIO(content) if isinstance(content, bytes) else await asyncio.to_thread(content.open, "rb")
        length = body.seek(0, io.SEEK_END)
        body.seek(0)
        ticket = await self.client.files_getUploadURLExternal(filename=name, length=length)
        async with self.session.post(ticket["upload_url"], data=body) as response:
            response.raise_for_status()
        file_id = str(ticket["file_id"])
        await self.client.files_completeUploadExternal(
            files=[{"id": file_id, "title": name}], channel_id=channel, initial_comment=comment, thread_ts=thread_ts
        )
        return file_id, await self._shared_ts(file_id)

    async def _shared_ts(self, file_id: str) -> str:
        while True:
            info = await self.client.files_info(file=file_id)
            for group in cast("dict[str, JSON]", info["file"]["shares"]).values():
                for places in group.values():
                    return str(places[0]["ts"])
            await asyncio.sleep(0.02)

    async def direct(self, user_id: str) -> str:
        """Open the direct message with a user, the app's for example, and return its channel id."""
        return str((await self.client.conversations_open(users=user_id))["channel"]["id"])

    async def messages(self, channel: str) -> list[JSON]:
        """Return the channel's messages, oldest first."""
        return cast("list[JSON]", (await self.client.conversations_history(channel=channel))["messages"][::-1])

    async def thread(self, channel: str, ts: str) -> list[JSON]:
        """Return a thread, its parent first."""
        found = await self.client.conversations_replies(channel=channel, ts=ts, limit=999)
        return cast("list[JSON]", found["messages"])

    async def command(self, channel: str, command: str, text: str = "") -> JSON:
        """Type a slash command."""
        return await self.act("commands", channel=channel, command=command, text=text)

    async def press(self, channel: str, message_ts: str, action_id: str, **choice: object) -> JSON:
        """Use a button or another element of a message."""
        return await self.act("actions", channel=channel, message_ts=message_ts, action_id=action_id, **choice)

    async def shortcut(self, callback_id: str, channel: str | None = None, message_ts: str | None = None) -> JSON:
        """Use a shortcut, on a message or globally."""
        return await self.act("shortcuts", callback_id=callback_id, channel=channel, message_ts=message_ts)

    async def submit(self, view_id: str, values: JSON) -> JSON:
        """Submit a modal with these `state.values`."""
        return await self.act("actions", view_id=view_id, type="view_submission", state={"values": values})

    async def act(self, kind: str, **body: object) -> JSON:
        """Do what cannot be done with a token: `POST /sandbox/<kind>`."""
        async with self.session.post(f"{self.url}/sandbox/{kind}", json={"user": self.id, **body}) as response:
            return cast("JSON", await response.json())

    async def state(self) -> JSON:
        """Return everything that this person sees, ephemeral messages and open modals included."""
        async with self.session.get(f"{self.url}/sandbox/state", params={"user": self.id}) as response:
            return cast("JSON", await response.json())


@dataclass(frozen=True, repr=False)
class LocalWorkspace:
    """A running local Slack. `bot` is the official client with the app's token; `info` is `/sandbox/info`."""

    url: str
    info: JSON
    slack: LocalSlack
    session: aiohttp.ClientSession
    bot: AsyncWebClient

    @property
    def api_url(self) -> str:
        """Where the Web API is."""
        return f"{self.url}/api/"

    @property
    def team(self) -> str:
        """The workspace's id."""
        return str(self.info["team"]["id"])

    @property
    def clock(self) -> Clock:
        """The server's clock: `clock.advance(seconds)`."""
        return self.slack.clock

    def person(self, name: str) -> Person:
        """Return ada, grace, alan or katherine."""
        user = next(user for user in self.info["users"] if user["name"] == name)
        client = AsyncWebClient(token=user["token"], base_url=self.api_url, session=self.session)
        return Person(user["id"], name, user["token"], client, self.session, self.url)

    def channel(self, name: str) -> str:
        """Return the id of general, research, random or plans."""
        return str(next(channel["id"] for channel in self.info["channels"] if channel["name"] == name))

    async def fault(self, **fault: object) -> None:
        """Make something go wrong, as the README of the local Slack describes it."""
        answer = await self.control("faults", **fault)
        assert answer["ok"], answer

    async def control(self, name: str, /, **body: object) -> JSON:
        """Post to a control: faults, disconnect, clock."""
        async with self.session.post(f"{self.url}/sandbox/{name}", json=body) as response:
            return cast("JSON", await response.json())

    async def over_http(self, url: str, app: str | None = None) -> None:
        """Deliver to the app (the first one by default) at this address from now on, once it answered the challenge."""
        answer = await self.control("transport", url=url, app=app)
        assert answer["ok"], answer

    async def another(self, name: str | None = None, *, install: bool = True) -> LocalWorkspace:
        """Open a further workspace on the same server and return it; the app is installed there unless told not to."""
        info = await self.control("workspaces", name=name, install=install)
        assert info["ok"], info
        slack = self.slack.directory.seat(info["team"]["id"])
        bot = AsyncWebClient(token=slack.workspace.bot.token, base_url=self.api_url, session=self.session)
        return LocalWorkspace(self.url, info, slack, self.session, bot)

    async def install(self, user: str, scopes: Iterable[str], user_scopes: Iterable[str] = ()) -> JSON:
        """Let a person install the first app in their workspace; return the answer of `oauth.v2.access`."""
        keys = await self.app()
        asked = {"client_id": keys["client_id"], "scope": ",".join(scopes), "user_scope": ",".join(user_scopes)}
        redirect = (self.slack.manifest.redirect_urls or ("http://127.0.0.1:9/",))[0]
        async with self.session.get(keys["authorize_url"], params={**asked, "redirect_uri": redirect}) as response:
            consent = re.findall(r'name="consent" value="(\w+)"', await response.text())[0]
        form = {"consent": consent, "user": user, "decision": "allow"}
        async with self.session.post(keys["authorize_url"], data=form, allow_redirects=False) as response:
            code = URL(response.headers["Location"]).query["code"]
        form = {"client_id": keys["client_id"], "client_secret": keys["client_secret"], "code": code}
        async with self.session.post(f"{self.api_url}oauth.v2.access", data=form) as response:
            return cast("JSON", await response.json())

    async def app(self, app: str | None = None) -> JSON:
        """Return an app's credentials and installations, of the first app by default."""
        async with self.session.get(f"{self.url}/sandbox/apps") as response:
            apps = (await response.json())["apps"]
        return next(cast("JSON", each) for each in apps if app in {None, each["app_id"]})

    async def journal(self, method: str = "", since: float = 0.0) -> JSON:
        """Return what the app called (of `method` only, when given) and was sent, `since` a time: all is megabytes."""
        params = {"since": str(since)} | ({"method": method} if method else {})
        async with self.session.get(f"{self.url}/sandbox/journal", params=params) as response:
            return cast("JSON", await response.json())


async def eventually(condition: Callable[[], object], seconds: float = 10.0) -> None:
    """Wait until `condition` holds; fail after `seconds`."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it never happened"
        await asyncio.sleep(0.02)


@contextlib.asynccontextmanager
async def local_workspace(
    *, manifest: Manifest | None = None, state: Path | None = None, rate_limits: bool = False, port: int = 0
) -> AsyncIterator[LocalWorkspace]:
    """Run a local Slack for as long as the block lasts."""
    async with (
        serve(port=port, state=state, manifest=manifest, rate_limits=rate_limits) as running,
        aiohttp.ClientSession() as session,
    ):
        async with session.get(f"{running.url}/sandbox/info") as response:
            info = await response.json()
        bot = AsyncWebClient(token="xoxb-sandbox", base_url=f"{running.url}/api/", session=session)
        yield LocalWorkspace(running.url, info, running.slack, session, bot)
