from __future__ import annotations

import pytest
from slack_sdk.errors import SlackApiError

from tests.slack.local_workspace import LocalWorkspace
from tests.slack.sandbox.app import connected, new_app


async def test_a_stream_is_begun_added_to_and_ended(sandbox: LocalWorkspace) -> None:
    ada, bot = sandbox.person("ada"), sandbox.bot
    direct = await ada.direct(sandbox.info["bot"]["user_id"])
    question = await ada.post(direct, "what was decided?")
    stream = await bot.chat_stream(channel=direct, thread_ts=question, buffer_size=1)
    await stream.append(markdown_text="They ")
    with pytest.raises(SlackApiError, match="streaming_state_conflict"):
        await bot.chat_update(channel=direct, ts=str(stream.ts), text="no")
    await stream.append(markdown_text="agreed.")
    await stream.stop(blocks=[{"type": "divider"}])
    answer = (await ada.thread(direct, question))[1]
    assert answer["text"] == "They agreed."
    assert [block["type"] for block in answer["blocks"]] == ["markdown", "divider"]
    assert answer["streaming_state"] == "completed"
    with pytest.raises(SlackApiError, match="message_not_in_streaming_state"):
        await bot.chat_appendStream(channel=direct, ts=str(stream.ts), markdown_text="more")
    await bot.chat_update(channel=direct, ts=str(stream.ts), text="now it can be edited")


async def test_a_stream_dies_after_five_minutes(sandbox: LocalWorkspace) -> None:
    ada, bot = sandbox.person("ada"), sandbox.bot
    direct = await ada.direct(sandbox.info["bot"]["user_id"])
    question = await ada.post(direct, "and?")
    ts = (await bot.chat_startStream(channel=direct, thread_ts=question))["ts"]
    sandbox.clock.advance(290)
    await bot.chat_appendStream(channel=direct, ts=ts, markdown_text="still here")
    sandbox.clock.advance(20)
    for call in (bot.chat_appendStream, bot.chat_stopStream):
        with pytest.raises(SlackApiError, match="message_not_in_streaming_state"):
            await call(channel=direct, ts=ts, markdown_text="too late")


async def test_in_a_channel_a_stream_has_a_recipient(sandbox: LocalWorkspace) -> None:
    ada, general = sandbox.person("ada"), sandbox.channel("general")
    question = await ada.post(general, "and?")
    with pytest.raises(SlackApiError, match="missing_recipient_team_id"):
        await sandbox.bot.chat_startStream(channel=general, thread_ts=question)
    team = sandbox.info["team"]["id"]
    await sandbox.bot.chat_startStream(
        channel=general, thread_ts=question, recipient_team_id=team, recipient_user_id=ada.id
    )


async def test_the_stop_button_ends_streams_and_tells_the_app(sandbox: LocalWorkspace) -> None:
    heard = new_app(sandbox)
    ada, bot = sandbox.person("ada"), sandbox.bot
    direct = await ada.direct(sandbox.info["bot"]["user_id"])
    async with connected(sandbox, heard.app):
        question = await ada.post(direct, "and?")
        await bot.agents_sessions_setStatus(channel_id=direct, thread_ts=question, status="processing")
        ts = (await bot.chat_startStream(channel=direct, thread_ts=question))["ts"]
        assert (await ada.act("stop", channel=direct, thread_ts=question))["ok"]
        event = await heard.one("agent_session_stopped")
    assert event["streaming_message_ts"] == [ts]
    assert (await ada.state())["sessions"][0]["status"] == "processing"
    with pytest.raises(SlackApiError, match="stopped_by_user"):
        await bot.chat_appendStream(channel=direct, ts=ts, markdown_text="more")


async def test_a_status_goes_after_two_minutes_or_with_a_message(sandbox: LocalWorkspace) -> None:
    ada, bot, general = sandbox.person("ada"), sandbox.bot, sandbox.channel("general")
    ts = await ada.post(general, "and?")
    await bot.assistant_threads_setStatus(channel_id=general, thread_ts=ts, status="is listening")
    assert (await ada.state())["statuses"][0]["status"] == "is listening"
    sandbox.clock.advance(121)
    assert (await ada.state())["statuses"] == []
    await bot.assistant_threads_setStatus(channel_id=general, thread_ts=ts, status="is thinking")
    await bot.chat_postMessage(channel=general, thread_ts=ts, text="done")
    assert (await ada.state())["statuses"] == []


async def test_suggested_prompts_in_a_thread_do_nothing(sandbox: LocalWorkspace) -> None:
    ada, bot = sandbox.person("ada"), sandbox.bot
    direct = await ada.direct(sandbox.info["bot"]["user_id"])
    ts = await ada.post(direct, "hello")
    prompts = [{"title": "Summarize", "message": "Summarize this"}]
    await bot.assistant_threads_setSuggestedPrompts(channel_id=direct, thread_ts=ts, prompts=prompts)
    assert (await ada.state())["prompts"] == []
    await bot.assistant_threads_setSuggestedPrompts(channel_id=direct, prompts=prompts)
    assert (await ada.state())["prompts"][0]["prompts"] == prompts
