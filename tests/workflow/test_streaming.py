"""Answers that people see being written, from the question to the last word, and what cuts in."""

from __future__ import annotations

import asyncio
import signal
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.engines import LINES
from tests.workflow.earshot import Earshot, until
from tests.workflow.test_crashes import Victim, _share, _thread, victim

_ALL = "What is everything that was said about the lamp"


async def _recapped(bot: Earshot, hertz: float) -> str:
    _, ts = await bot.ada.share(bot.general, await bot.tone(3.0, hertz=hertz), "talk.mp3")
    await bot.finished(ts)

    async def attached() -> bool:
        return len(await bot.replies(ts)) == 3

    await until(attached)
    return ts


async def _answers(bot: Earshot, ts: str) -> list[dict[str, Any]]:
    return [m for m in (await bot.replies(ts))[3:] if not m.get("files")]


async def _begun(bot: Earshot, ts: str, line: int) -> dict[str, Any]:
    """The answer, when so many lines of it can be read."""

    async def look() -> dict[str, Any] | None:
        return next((m for m in await _answers(bot, ts) if LINES[line] in m["text"]), None)

    found = await until(look)
    assert found is not None
    return found


async def _calls(bot: Earshot, method: str, ts: str) -> list[dict[str, Any]]:
    calls = (await bot.workspace.journal(method))["calls"]
    return [call for call in calls if ts in (call["args"].get("thread_ts"), call["args"].get("ts"))]


async def test_an_answer_is_read_while_it_is_written(bot: Earshot) -> None:
    ts = await _recapped(bot, 1010)
    await bot.ada.post(bot.general, f"{_ALL}?", ts)
    first = await _begun(bot, ts, 0)
    assert first["streaming_state"] == "in_progress"
    assert LINES[3] not in first["text"]

    async def ended() -> bool:
        return bool((await _answers(bot, ts))[0]["streaming_state"] == "completed")

    await until(ended)
    (answer,) = await _answers(bot, ts)
    assert [line in answer["text"] for line in LINES] == [True] * 4
    assert "#t=" in str(answer["blocks"]), "each sentence opens its second"
    assert answer["blocks"][-1]["type"] == "context_actions", "and can be rated"
    (start,) = await _calls(bot, "chat.startStream", ts)
    assert start["args"]["recipient_user_id"] == bot.ada.id
    assert not await _calls(bot, "chat.update", answer["ts"])


async def test_where_streams_are_refused_the_answer_is_posted(bot: Earshot) -> None:
    ts = await _recapped(bot, 1020)
    await bot.workspace.fault(method="chat.startStream", error="channel_type_not_supported")
    await bot.ada.post(bot.general, f"{_ALL}?", ts)
    answer = await _begun(bot, ts, 3)
    assert answer.get("streaming_state") is None
    assert len(await _answers(bot, ts)) == 1


async def test_a_stream_that_slack_ends_early_is_finished_by_an_edit(bot: Earshot) -> None:
    ts = await _recapped(bot, 1030)
    await bot.workspace.fault(method="chat.appendStream", error="message_not_in_streaming_state")
    await bot.ada.post(bot.general, f"{_ALL}?", ts)
    await _begun(bot, ts, 3)
    (answer,) = await _answers(bot, ts)
    assert [answer["text"].count(line.rstrip(".")) for line in LINES] == [1] * 4


async def test_stop_ends_the_answer_with_what_was_said(bot: Earshot) -> None:
    ts = await _recapped(bot, 1040)
    await bot.ada.post(bot.general, f"{_ALL}?", ts)
    await _begun(bot, ts, 0)
    await bot.ada.act("stop", channel=bot.general, thread_ts=ts)
    await bot.reply_with(ts, "Stopped, as you asked.")
    await asyncio.sleep(1)
    half, word = await _answers(bot, ts)
    assert LINES[0] in half["text"]
    assert LINES[3] not in half["text"]
    assert half["streaming_state"] == "completed"
    assert word["text"] == "Stopped, as you asked."
    state = await bot.ada.state()
    assert {s["status"] for s in state["sessions"] if s["thread_ts"] == ts} == {"active"}
    assert not [s for s in state["statuses"] if s["thread_ts"] == ts and s["status"]]
    await bot.ada.post(bot.general, "When will the lamp be replaced?", ts)
    await bot.answered(ts, "The lamp will be replaced on the third of March")


async def _victims_answer(bot: Victim, ts: str) -> list[str]:
    return [m["text"] for m in await _thread(bot, ts) if LINES[0] in m["text"] and "Recap of" not in m["text"]]


@pytest.mark.soak
async def test_killed_in_the_middle_of_an_answer_it_is_finished_and_not_repeated(
    tmp_path: Path, fresh_database: str | None
) -> None:
    async with victim(tmp_path, fresh_database) as bot:
        await bot.start()
        ts, _ = await _share(bot, 1)

        async def done() -> bool:
            return sum(len(m.get("files", ())) for m in await _thread(bot, ts)) >= 4

        await until(done, seconds=120)
        await bot.workspace.person("ada").post(bot.workspace.channel("general"), f"{_ALL}?", ts)

        async def begun() -> bool:
            return any(LINES[1] in text for text in await _victims_answer(bot, ts))

        await until(begun)
        await bot.end(signal.SIGKILL)
        (half,) = await _victims_answer(bot, ts)
        assert LINES[3] not in half
        await bot.start()

        async def whole() -> bool:
            return any(LINES[3].rstrip(".") in text for text in await _victims_answer(bot, ts))

        await until(whole, seconds=120)
        (answer,) = await _victims_answer(bot, ts)
        assert [answer.count(line.rstrip(".")) for line in LINES] == [1] * 4
