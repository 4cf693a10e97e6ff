"""Slack's Bolt for JavaScript, unchanged, as an app of the local Slack."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest_asyncio

from tests.slack.local_workspace import LocalWorkspace, Person
from tests.slack.outside.node import Script, running


@pytest_asyncio.fixture
async def app(sandbox: LocalWorkspace, packages: Path) -> AsyncIterator[Script]:
    tokens = {"BOT_TOKEN": "xoxb-sandbox", "APP_TOKEN": "xapp-sandbox"}
    script = packages / "bolt_app.mjs"
    async with running(packages, script, API_URL=sandbox.api_url, **tokens) as program:
        assert await _told(program, "ready") == sandbox.info["bot"]["user_id"]
        yield program


async def _told(script: Script, name: str) -> Any:
    said, value = json.loads(await script.line())
    assert said == name
    return value


async def test_messages_buttons_and_reactions(sandbox: LocalWorkspace, app: Script) -> None:
    ada, general = sandbox.person("ada"), sandbox.channel("general")
    ts = await ada.post(general, "hello")
    answer_ts = await _told(app, "greeted")
    root, answer = await ada.thread(general, ts)
    assert [reaction["name"] for reaction in root["reactions"]] == ["wave"]
    assert answer["ts"] == answer_ts

    await ada.press(general, answer_ts, "more")
    assert await _told(app, "updated") == answer_ts
    _, answer = await ada.thread(general, ts)
    assert answer["text"] == "You pressed 42"
    assert "edited" in answer


async def test_a_command_a_modal_with_a_mistake_and_its_submission(sandbox: LocalWorkspace, app: Script) -> None:
    ada, general = sandbox.person("ada"), sandbox.channel("general")
    await ada.command(general, "/form")
    view = await _told(app, "opened")
    shown = (await ada.state())["ephemeral"][general]
    assert [message["text"] for message in shown] == ["One moment, ada"]

    refused = await ada.submit(view, _typed("no"))
    assert refused["response"] == {"response_action": "errors", "errors": {"what": "Say more."}}
    await ada.submit(view, _typed("something"))
    ts = await _told(app, "submitted")
    assert (await _message(ada, general, ts))["text"] == "They said: something"
    assert (await ada.state())["views"] == []


def _typed(text: str) -> dict[str, Any]:
    return {"what": {"text": {"type": "plain_text_input", "value": text}}}


async def _message(person: Person, channel: str, ts: str) -> dict[str, Any]:
    return next(message for message in await person.messages(channel) if message["ts"] == ts)


async def test_a_shortcut_reads_threads_and_pages(sandbox: LocalWorkspace, app: Script) -> None:
    ada, general = sandbox.person("ada"), sandbox.channel("general")
    posted = [await ada.post(general, f"number {n}") for n in range(5)]
    await ada.shortcut("look", general, posted[0])
    text, count = await _told(app, "looked")
    assert (text, count) == ("number 0", len(await ada.messages(general)))


async def test_files_are_read_and_uploaded(sandbox: LocalWorkspace, app: Script) -> None:
    ada, general = sandbox.person("ada"), sandbox.channel("general")
    await ada.share(general, b"words", "note.txt")
    assert await _told(app, "copied") == ["words", 1]
    copy = await _shared(ada, general, "A copy")
    assert copy["files"][0]["name"] == "copy.txt"


async def test_home_streams_and_errors(sandbox: LocalWorkspace, app: Script) -> None:
    ada, general = sandbox.person("ada"), sandbox.channel("general")
    await ada.act("home", tab="home")
    assert await _told(app, "home") == "home"
    assert [block["type"] for block in (await ada.state())["home"]["blocks"]] == ["divider"]

    ts = await ada.post(general, "stream please")
    streamed = await _told(app, "streamed")
    answer = (await ada.thread(general, ts))[1]
    assert (answer["ts"], answer["streaming_state"]) == (streamed, "completed")
    assert "one" in answer["text"]
    assert "three" in answer["text"]

    await ada.post(general, "errors please")
    assert await _told(app, "refused") == ["channel_not_found", "message_not_found", "unknown_method", "invalid_auth"]


async def _shared(person: Person, channel: str, comment: str) -> dict[str, Any]:
    """The message of an upload, which Slack shares in its own time."""
    async with asyncio.timeout(60):
        while True:
            for message in await person.messages(channel):
                if message["text"] == comment:
                    return message
            await asyncio.sleep(0.05)
