"""A local Slack on which the methods of the contract are tried, and what they need to be tried with."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import cast

import aiohttp

from sandbox.slack.errors import JSON
from sandbox.slack.local_slack import LocalSlack
from sandbox.slack.manifest import Manifest
from sandbox.slack.page_state import info

BOT, APP, ADA = "xoxb-sandbox", "xapp-sandbox", "xoxp-ada"
STEP = "step"
# An app with what some methods need: a step of workflows and a domain of its own.
MANIFEST = Manifest(functions={STEP: {"title": "Step"}}, unfurl_domains=("example.com",))
MODAL: JSON = {"type": "modal", "title": {"type": "plain_text", "text": "Title"}, "blocks": []}


@dataclass(frozen=True)
class Stage:
    """A running local Slack and a session with which it is called."""

    slack: LocalSlack
    session: aiohttp.ClientSession

    @property
    def url(self) -> str:
        """Where the local Slack listens."""
        return self.slack.rendering.base_url

    @property
    def info(self) -> JSON:
        """The ids in the workspace."""
        return info(self.slack)

    async def call(self, method: str, token: str = BOT, **arguments: object) -> JSON:
        """Call a method that has to succeed and return its answer."""
        body = {name: value if isinstance(value, str) else json.dumps(value) for name, value in arguments.items()}
        headers = {"Authorization": f"Bearer {token}"}
        async with self.session.post(f"{self.url}/api/{method}", data=body, headers=headers) as response:
            answer = cast("JSON", await response.json())
        if not answer["ok"]:
            raise AssertionError(f"{method} was to succeed: {answer}")
        return answer

    @property
    def user(self) -> str:
        """A person."""
        return str(self.info["users"][0]["id"])

    @property
    def other(self) -> str:
        """Another person."""
        return str(self.info["users"][1]["id"])

    def channel(self, name: str = "research") -> str:
        """A channel: `general` and `research` are the app's too, `random` and `plans` are not."""
        return str(next(channel["id"] for channel in self.info["channels"] if channel["name"] == name))

    async def message(self) -> JSON:
        """Post a message of the app."""
        answer = await self.call("chat.postMessage", channel=self.channel(), text="words")
        return {"channel": self.channel(), "ts": str(answer["ts"])}

    async def thread(self) -> JSON:
        """Begin a thread in the direct message of the person and the app."""
        bot = self.info["bot"]["user_id"]
        direct = str((await self.call("conversations.open", ADA, users=bot))["channel"]["id"])
        answer = await self.call("chat.postMessage", ADA, channel=direct, text="question")
        return {"channel": direct, "ts": str(answer["ts"])}

    async def new_channel(self) -> str:
        """Make a channel of the app's own with the other person in it."""
        name = f"made-{await self._number()}"
        made = str((await self.call("conversations.create", name=name))["channel"]["id"])
        await self.call("conversations.invite", channel=made, users=self.other)
        return made

    async def _number(self) -> str:
        return str((await self.message())["ts"]).replace(".", "-")

    async def file(self, *, complete: bool = True) -> str:
        """Upload a file, and share it when it is to be complete."""
        ticket = await self.call("files.getUploadURLExternal", filename="a.txt", length=3)
        async with self.session.post(ticket["upload_url"], data=b"abc") as response:
            response.raise_for_status()
        if complete:
            await self.call("files.completeUploadExternal", files=[{"id": ticket["file_id"]}])
        return str(ticket["file_id"])

    async def canvas(self) -> str:
        """Make a canvas."""
        document = {"type": "markdown", "markdown": "# One\n\nwords"}
        return str((await self.call("canvases.create", title="T", document_content=document))["canvas_id"])

    async def stream(self) -> JSON:
        """Begin a streamed message."""
        place = await self.thread()
        answer = await self.call("chat.startStream", channel=place["channel"], thread_ts=place["ts"])
        return {"channel": place["channel"], "ts": answer["ts"]}

    async def modal(self) -> str:
        """Open a modal and return its id."""
        answer = await self.call("views.open", trigger_id=self.trigger(), view=MODAL)
        return str(answer["view"]["id"])

    def trigger(self, view: str | None = None) -> str:
        """Return a trigger id, as for something that the person did."""
        return self.slack.triggers.new(self.user, view)

    def run(self) -> str:
        """Begin a run of a workflow step and return its id."""
        return self.slack.executions.start(STEP, {}, self.user, str(self.slack.workspace.bot.app_id))[0].id
