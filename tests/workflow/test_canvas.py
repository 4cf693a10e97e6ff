"""The transcript as a canvas: there once, read by the channel, gone with the recap; files alone where there is none."""

from __future__ import annotations

from typing import Any

from sandbox.slack.canvases import markdown_of
from tests.slack.local_workspace import JSON
from tests.workflow.channels import new_channel, recapped
from tests.workflow.earshot import Earshot, until


def _canvases(bot: Earshot, title: str) -> list[Any]:
    files = bot.workspace.slack.workspace.files.values()
    return [file for file in files if file.canvas is not None and file.title == title and file.state == "completed"]


async def _files(bot: Earshot, channel: str, ts: str) -> JSON | None:
    """The post with the transcript's files."""
    replies = await bot.replies(ts, channel)
    return next((m for m in replies if any(f["name"].endswith(".srt") for f in m.get("files", ()))), None)


async def _transcript(bot: Earshot, channel: str, ts: str) -> JSON:
    found = await until(lambda: _files(bot, channel, ts))
    assert found is not None
    return found


async def test_the_channel_reads_the_transcript_in_a_canvas_and_nobody_else_does(bot: Earshot) -> None:
    channel = await new_channel(bot, "canvas-here", "grace")
    _, ts = await bot.ada.share(channel, await bot.tone(3.0, hertz=660), "Canvas.mp3")
    post = await _transcript(bot, channel, ts)
    assert "The whole transcript, to read here" in post["text"]
    assert {file["name"].rpartition(".")[2] for file in post["files"]} == {"md", "srt", "vtt"}
    [canvas] = _canvases(bot, "Transcript of Canvas")
    markdown = markdown_of(canvas)
    assert "lighthouse" in markdown or "lamp" in markdown
    assert f"]({bot.settings.public_url}/r/" in markdown
    assert "#t=" in markdown
    access = bot.workspace.slack.canvases.level
    assert access(bot.workspace.person("grace").id, canvas) == 1, "read only"
    assert access(bot.workspace.person("alan").id, canvas) == 0


async def test_a_canvas_goes_with_its_recap_and_the_receipt_counts_it(bot: Earshot) -> None:
    channel = await new_channel(bot, "canvas-gone")
    _, ts = await bot.ada.share(channel, await bot.tone(3.0, hertz=661), "Gone.mp3")
    await _transcript(bot, channel, ts)
    recap = await recapped(bot, channel, ts)
    assert len(_canvases(bot, "Transcript of Gone")) == 1
    earlier = str((await bot.ada.state())["ephemeral"]).count("1 canvas")  # of what other tests deleted

    async def deleted() -> bool:
        await bot.ada.press(channel, recap["ts"], "recap_delete")  # not while it is still worked on
        return str((await bot.ada.state())["ephemeral"]).count("1 canvas") > earlier

    assert await until(deleted)
    assert not _canvases(bot, "Transcript of Gone")


async def test_what_was_done_twice_is_there_once(bot: Earshot) -> None:
    """The answer of Slack is lost after the canvas was filled: it is filled again, and no second one is made."""
    channel = await new_channel(bot, "canvas-twice")
    await bot.workspace.fault(method="canvases.access.set", drop="after", times=1)
    _, ts = await bot.ada.share(channel, await bot.tone(3.0, hertz=662), "Twice.mp3")
    await _transcript(bot, channel, ts)
    [canvas] = _canvases(bot, "Transcript of Twice")
    markdown = markdown_of(canvas)
    assert markdown.count("heard by Earshot") == 1
    assert sum("to read here" in m["text"] for m in await bot.replies(ts, channel)) == 1


async def test_where_slack_takes_no_canvas_there_are_the_files_and_no_word_of_it(bot: Earshot) -> None:
    channel = await new_channel(bot, "canvas-none")
    await bot.workspace.fault(method="canvases.edit", error="canvas_editing_failed", times=1)
    _, ts = await bot.ada.share(channel, await bot.tone(3.0, hertz=663), "None.mp3")
    post = await _transcript(bot, channel, ts)
    assert "canvas" not in str(post["text"])
    assert len(post["files"]) == 3
    assert not _canvases(bot, "Transcript of None"), "what was begun is taken away"
    assert "could not" not in str((await recapped(bot, channel, ts))["blocks"])


async def test_a_recap_for_one_person_gets_a_canvas_for_that_person(bot: Earshot) -> None:
    direct = await bot.ada.direct(bot.workspace.info["bot"]["user_id"])
    _, ts = await bot.ada.share(direct, await bot.tone(3.0, hertz=664), "Mine.mp3")
    await _transcript(bot, direct, ts)
    [canvas] = _canvases(bot, "Transcript of Mine")
    access = bot.workspace.slack.canvases.level
    assert access(bot.ada.id, canvas) == 1
    assert access(bot.workspace.person("grace").id, canvas) == 0
