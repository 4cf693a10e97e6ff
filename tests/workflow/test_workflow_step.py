"""The step 'Summarize media': what a workflow gets, what it is told where nothing can be had, and that once."""

from __future__ import annotations

import asyncio
import signal
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.engines import write_tone
from tests.slack.local_workspace import JSON, LocalWorkspace, Person
from tests.workflow.channels import new_channel, recapped
from tests.workflow.earshot import Earshot, until
from tests.workflow.tables import engine_rows
from tests.workflow.test_crashes import victim


async def _run(person: Person, **inputs: str) -> str:
    answer = await person.act("functions", callback_id="summarize_media", inputs=inputs)
    assert answer["ok"], answer
    return str(answer["function_execution_id"])


async def _ended(person: Person, execution: str) -> JSON:
    async def look() -> JSON | None:
        state = await person.act("functions/state", function_execution_id=execution)
        return state if state["state"] != "running" else None

    state = await until(look)
    assert state is not None
    return state


async def _message(bot: Earshot, channel: str, ts: str) -> str:
    return str((await bot.ada.client.chat_getPermalink(channel=channel, message_ts=ts))["permalink"])


async def _calls(bot: Earshot, execution: str) -> list[JSON]:
    calls = (await bot.workspace.journal())["calls"]
    return [
        call
        for call in calls
        if call["method"].startswith("functions.") and call["args"].get("function_execution_id") == execution
    ]


async def _share_quietly(bot: Earshot, channel: str, hertz: float) -> str:
    """A recording that is not recapped by itself: its name says nothing."""
    _, ts = await bot.ada.share(channel, await bot.tone(3.0, hertz=hertz), "talk.bin")
    return ts


async def test_a_workflow_gets_the_words_of_a_recording_in_the_channel(bot: Earshot) -> None:
    channel = await new_channel(bot, "step-here")
    ts = await _share_quietly(bot, channel, 640)
    execution = await _run(bot.ada, media=f"<{await _message(bot, channel, ts)}>", channel=channel, language="German")
    state = await _ended(bot.ada, execution)
    assert state["state"] == "completed", state
    outputs: dict[str, Any] = state["outputs"]
    assert set(outputs) == {"summary", "permalink", "action_items"}
    assert "lamp" in outputs["summary"] or "lighthouse" in outputs["summary"]
    recap = await recapped(bot, channel, ts)
    assert outputs["permalink"] == await _message(bot, channel, recap["ts"])
    assert len(await _calls(bot, execution)) == 1


async def test_what_has_a_recap_is_not_recapped_again(bot: Earshot) -> None:
    channel = await new_channel(bot, "step-again")
    _, ts = await bot.ada.share(channel, await bot.tone(3.0, hertz=641), "talk.mp3")
    await recapped(bot, channel, ts)
    state = await _ended(bot.ada, await _run(bot.ada, media=await _message(bot, channel, ts), channel=channel))
    assert state["state"] == "completed", state
    assert sum(m["text"].startswith("Recap of") for m in await bot.replies(ts, channel)) == 1
    assert "A workflow asked me" not in str(await bot.ada.messages(channel))


async def test_words_of_a_private_channel_do_not_get_out(bot: Earshot) -> None:
    private = await bot.ada.client.conversations_create(name="step-private", is_private=True)
    secret = str(private["channel"]["id"])
    await bot.ada.client.conversations_invite(channel=secret, users=[bot.workspace.info["bot"]["user_id"]])
    ts = await _share_quietly(bot, secret, 642)
    state = await _ended(bot.ada, await _run(bot.ada, media=await _message(bot, secret, ts), channel=bot.general))
    assert state["state"] == "failed"
    assert "everybody in the channel may open" in state["error_message"]
    assert not await bot.replies(ts, secret)


async def test_what_cannot_be_done_is_said_in_one_sentence(bot: Earshot) -> None:
    random = bot.workspace.channel("random")
    cases = {
        "invite": {"media": "https://www.youtube.com/watch?v=aaaaaaaaaaa", "channel": random},
        "language": {"media": "https://www.youtube.com/watch?v=aaaaaaaaaaa", "channel": random, "language": "Elvish"},
        "link": {"media": "no link at all", "channel": bot.general},
    }
    for words, inputs in cases.items():
        state = await _ended(bot.ada, await _run(bot.ada, **inputs))
        assert state["state"] == "failed", words
        assert words in state["error_message"].lower()
        assert "Traceback" not in state["error_message"]


async def test_a_step_that_slack_tells_of_again_and_again_is_run_once_and_its_token_is_kept_by_nobody(
    bot: Earshot,
) -> None:
    channel = await new_channel(bot, "step-once")
    ts = await _share_quietly(bot, channel, 643)
    await bot.workspace.fault(delivery="duplicate", event="function_executed", times=1)
    execution = await _run(bot.ada, media=await _message(bot, channel, ts), channel=channel)
    assert (await _ended(bot.ada, execution))["state"] == "completed"
    assert len(await _calls(bot, execution)) == 1
    token = bot.workspace.slack.executions.runs[execution].token
    kept = str(await engine_rows(bot, "SELECT * FROM ~workflow_status"))
    assert execution in kept
    assert token not in kept
    data = bot.settings.data_dir
    held = await asyncio.to_thread(lambda: [p.read_bytes() for p in Path(data).rglob("*") if p.is_file()])
    assert not [content for content in held if token.encode() in content]


async def test_a_token_that_has_worn_out_is_replaced_by_the_workspaces_own(bot: Earshot) -> None:
    channel = await new_channel(bot, "step-worn")
    ts = await _share_quietly(bot, channel, 644)
    await bot.workspace.fault(method="functions.completeSuccess", error="token_expired", times=1)
    execution = await _run(bot.ada, media=await _message(bot, channel, ts), channel=channel)
    assert (await _ended(bot.ada, execution))["state"] == "completed"
    assert [call["answer"]["ok"] for call in await _calls(bot, execution)] == [False, True]


@pytest.mark.soak
async def test_a_step_outlives_kills_and_its_workflow_is_told_once(tmp_path: Path, fresh_database: str | None) -> None:
    async with victim(tmp_path, fresh_database) as bot:
        await bot.start()
        ada, channel = bot.workspace.person("ada"), bot.workspace.channel("general")
        path = tmp_path / "talk.wav"
        await asyncio.to_thread(write_tone, path, 20.0)
        _, ts = await ada.share(channel, await asyncio.to_thread(path.read_bytes), "talk.bin")
        link = str((await ada.client.chat_getPermalink(channel=channel, message_ts=ts))["permalink"])
        execution = await _run(ada, media=link, channel=channel)
        for method in ("chat.postMessage", "chat.update"):  # while it begins, and while it waits
            await until(partial(_called, bot.workspace, method))
            await bot.end(signal.SIGKILL)
            await bot.start()
        assert (await _ended(ada, execution))["state"] == "completed"
        calls = (await bot.workspace.journal("functions.completeSuccess"))["calls"]
        assert sum(call["answer"]["ok"] for call in calls) == 1
        thread = await ada.thread(channel, ts)
        assert sum(m["text"].startswith("Recap of") for m in thread) == 1


async def _called(workspace: LocalWorkspace, method: str) -> bool:
    return bool((await workspace.journal(method))["calls"])
