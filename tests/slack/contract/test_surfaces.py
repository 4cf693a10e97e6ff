"""What the product's surfaces stand on: canvases, unfurls, steps of workflows, scheduled messages, streams, prompts."""

from __future__ import annotations

import pytest
from slack_sdk.errors import SlackApiError

from sandbox.slack.manifest import Manifest, parse_manifest
from tests.slack.local_workspace import JSON, LocalWorkspace, eventually, local_workspace
from tests.slack.sandbox.app import connected, new_app

_STEP: JSON = {
    "title": "Summarize media",
    "input_parameters": {"link": {"type": "string", "title": "Link", "is_required": True}},
    "output_parameters": {"gist": {"type": "string", "title": "Gist", "is_required": True}},
}


def _document(markdown: str) -> JSON:
    return {"type": "markdown", "markdown": markdown}


async def _sections(sandbox: LocalWorkspace, canvas: str, **criteria: object) -> list[str]:
    answer = await sandbox.bot.canvases_sections_lookup(canvas_id=canvas, criteria=criteria)
    return [section["id"] for section in answer["sections"]]


async def test_a_canvas_is_made_edited_shared_and_deleted(sandbox: LocalWorkspace) -> None:
    bot, ada, general = sandbox.bot, sandbox.person("ada"), sandbox.channel("general")
    made = await bot.canvases_create(
        title="Transcript", document_content=_document("# One\n\nfirst\n\n# Two\n\nsecond")
    )
    canvas = made["canvas_id"]
    assert len(await _sections(sandbox, canvas, section_types=["h1"])) == 2
    [second] = await _sections(sandbox, canvas, contains_text="second")
    for change in (
        {"operation": "replace", "section_id": second, "document_content": _document("changed")},
        {"operation": "insert_at_end", "document_content": _document("last")},
        {"operation": "rename", "title_content": _document("Renamed")},
    ):
        await bot.canvases_edit(canvas_id=canvas, changes=[change])
    with pytest.raises(SlackApiError, match="canvas_editing_failed"):
        await bot.canvases_edit(canvas_id=canvas, changes=[{"operation": "delete", "section_id": second + "x"}])
    with pytest.raises(SlackApiError, match="file_not_found"):
        await ada.client.files_info(file=canvas)
    await bot.canvases_access_set(canvas_id=canvas, access_level="read", channel_ids=[general])
    shown = (await ada.client.files_info(file=canvas))["file"]
    assert (shown["title"], shown["filetype"], shown["mode"]) == ("Renamed", "quip", "quip")
    headers = {"Authorization": f"Bearer {ada.token}"}
    async with sandbox.session.get(shown["url_private_download"], headers=headers) as response:
        page = await response.text()
    assert page.index("# One") < page.index("changed") < page.index("last")
    with pytest.raises(SlackApiError, match="restricted_action"):
        await ada.client.canvases_edit(
            canvas_id=canvas, changes=[{"operation": "rename", "title_content": _document("x")}]
        )
    await bot.canvases_delete(canvas_id=canvas)
    with pytest.raises(SlackApiError, match="canvas_not_found"):
        await bot.canvases_delete(canvas_id=canvas)


async def test_a_channel_has_one_canvas_and_outsiders_none(sandbox: LocalWorkspace) -> None:
    general = sandbox.channel("general")
    await sandbox.bot.conversations_canvases_create(channel_id=general, document_content=_document("hello"))
    with pytest.raises(SlackApiError, match="channel_canvas_already_exists"):
        await sandbox.bot.conversations_canvases_create(channel_id=general, document_content=_document("x"))
    with pytest.raises(SlackApiError, match="channel_canvas_creation_failed"):
        await sandbox.bot.conversations_canvases_create(
            channel_id=sandbox.channel("random"), document_content=_document("x")
        )


async def test_a_canvas_survives_a_restart(tmp_path: object) -> None:
    async with local_workspace(state=tmp_path) as before:  # type: ignore[arg-type]
        made = await before.bot.canvases_create(title="Kept", document_content=_document("kept words"))
    async with local_workspace(state=tmp_path) as after:  # type: ignore[arg-type]
        assert len(await _sections(after, made["canvas_id"], contains_text="kept words")) == 1


async def test_links_to_the_apps_domain_are_offered_and_unfurled() -> None:
    manifest = Manifest(unfurl_domains=("example.com",))
    async with local_workspace(manifest=manifest) as sandbox:
        ada, random, heard = sandbox.person("ada"), sandbox.channel("random"), new_app(sandbox)
        async with connected(sandbox, heard.app):
            ts = await ada.post(random, "see https://play.example.com/r/1?a=1&b=2 and https://other.org/")
            event = await heard.one("link_shared")
        assert event["links"] == [{"url": "https://play.example.com/r/1?a=1&b=2", "domain": "example.com"}]
        assert (event["source"], event["is_bot_user_member"]) == ("conversations_history", False)
        url = event["links"][0]["url"]
        blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "A recap"}}]
        await sandbox.bot.chat_unfurl(channel=random, ts=ts, unfurls={url: {"blocks": blocks}})
        [attachment] = (await ada.messages(random))[-1]["attachments"]
        assert (attachment["from_url"], attachment["is_app_unfurl"]) == (url, True)
        await sandbox.bot.chat_unfurl(
            unfurl_id=event["unfurl_id"], source="conversations_history", unfurls={url: {"text": "again"}}
        )
        [attachment] = (await ada.messages(random))[-1]["attachments"]
        assert attachment["text"] == "again"
        refused: dict[str, JSON] = {
            "cannot_unfurl_message": {"channel": random, "ts": ts, "unfurls": {"https://other.org/": {"text": "x"}}},
            "cannot_find_message": {"channel": random, "ts": "1.000001", "unfurls": {}},
            "missing_unfurls": {"channel": random, "ts": ts},
            "missing_ts": {"channel": random},
            "missing_source": {"unfurl_id": event["unfurl_id"]},
        }
        for code, arguments in refused.items():
            with pytest.raises(SlackApiError, match=code):
                await sandbox.bot.api_call("chat.unfurl", json=arguments)


async def test_a_link_in_the_composer_is_previewed() -> None:
    async with local_workspace(manifest=Manifest(unfurl_domains=("example.com",))) as sandbox:
        ada, heard = sandbox.person("ada"), new_app(sandbox)
        async with connected(sandbox, heard.app):
            answer = await ada.act("compose", text="https://example.com/r/1")
            event = await heard.one("link_shared")
        assert (event["source"], event["channel"]) == ("composer", "COMPOSER")
        unfurls = {"https://example.com/r/1": {"text": "preview"}}
        await sandbox.bot.chat_unfurl(unfurl_id=event["unfurl_id"], source="composer", unfurls=unfurls)
        seen = await ada.act("compose", unfurl_id=answer["unfurl_id"])
        assert [preview["text"] for preview in seen["previews"]] == ["preview"]


async def test_a_step_of_a_workflow_ends_once() -> None:
    content = {"display_information": {"name": "E"}, "functions": {"summarize_media": _STEP}}
    manifest = parse_manifest(content | {"settings": {"event_subscriptions": {"bot_events": ["function_executed"]}}})
    async with local_workspace(manifest=manifest) as sandbox:
        ada, heard = sandbox.person("ada"), new_app(sandbox)
        async with connected(sandbox, heard.app):
            assert (await ada.act("functions", callback_id="summarize_media"))["error"] == "parameter_validation_failed"
            inputs = {"link": "https://example.com/a.mp3"}
            run = (await ada.act("functions", callback_id="summarize_media", inputs=inputs))["function_execution_id"]
            event = await heard.one("function_executed")
        assert (event["function_execution_id"], event["inputs"]) == (run, inputs)
        token = event["bot_access_token"]
        bot = sandbox.bot
        with pytest.raises(SlackApiError, match="parameter_validation_failed"):
            await bot.functions_completeSuccess(token=token, function_execution_id=run, outputs={"gist": 1})
        await bot.functions_completeSuccess(token=token, function_execution_id=run, outputs={"gist": "short"})
        state = await ada.act("functions/state", function_execution_id=run)
        assert (state["state"], state["outputs"]) == ("completed", {"gist": "short"})
        with pytest.raises(SlackApiError, match="execution_not_in_running_state"):
            await bot.functions_completeError(function_execution_id=run, error="late")
        with pytest.raises(SlackApiError, match="invalid_auth"):
            await bot.auth_test(token=token)


async def test_a_scheduled_message_waits_for_its_second(sandbox: LocalWorkspace) -> None:
    bot, general, ada = sandbox.bot, sandbox.channel("general"), sandbox.person("ada")
    at = int(sandbox.clock.now()) + 600
    first = await bot.chat_scheduleMessage(channel=general, post_at=at, text="later")
    second = await bot.chat_scheduleMessage(channel=general, post_at=at + 1, text="never")
    assert [item["text"] for item in (await bot.chat_scheduledMessages_list())["scheduled_messages"]] == [
        "later",
        "never",
    ]
    await bot.chat_deleteScheduledMessage(channel=general, scheduled_message_id=second["scheduled_message_id"])
    sandbox.clock.advance(601)
    await eventually(lambda: not sandbox.slack.scheduled.of(sandbox.slack.workspace.bot.id, None))
    assert [message["text"] for message in await ada.messages(general)] == ["later"]
    for code, when in {"time_in_past": at - 10_000, "time_too_far": at + 121 * 86_400}.items():
        with pytest.raises(SlackApiError, match=code):
            await bot.chat_scheduleMessage(channel=general, post_at=when, text="x")
    with pytest.raises(SlackApiError, match="invalid_scheduled_message_id"):
        await bot.chat_deleteScheduledMessage(channel=general, scheduled_message_id=first["scheduled_message_id"])


async def test_an_old_stream_can_be_edited_although_nobody_ended_it(sandbox: LocalWorkspace) -> None:
    ada, bot = sandbox.person("ada"), sandbox.bot
    direct = await ada.direct(sandbox.info["bot"]["user_id"])
    question = await ada.post(direct, "and?")
    ts = (await bot.chat_startStream(channel=direct, thread_ts=question, markdown_text="so"))["ts"]
    with pytest.raises(SlackApiError, match="streaming_state_conflict"):
        await bot.chat_update(channel=direct, ts=ts, text="no")
    sandbox.clock.advance(301)
    await bot.chat_update(channel=direct, ts=ts, text="the whole answer")


async def test_after_stop_appending_and_ending_say_why_not(sandbox: LocalWorkspace) -> None:
    ada, bot = sandbox.person("ada"), sandbox.bot
    direct = await ada.direct(sandbox.info["bot"]["user_id"])
    question = await ada.post(direct, "and?")
    ts = (await bot.chat_startStream(channel=direct, thread_ts=question))["ts"]
    await ada.act("stop", channel=direct, thread_ts=question)
    with pytest.raises(SlackApiError, match="stopped_by_user"):
        await bot.chat_appendStream(channel=direct, ts=ts, markdown_text="more")
    with pytest.raises(SlackApiError, match="message_not_in_streaming_state"):
        await bot.chat_stopStream(channel=direct, ts=ts)
    await bot.chat_update(channel=direct, ts=ts, text="stopped")


async def test_a_session_is_renamed_where_there_is_one(sandbox: LocalWorkspace) -> None:
    ada, bot = sandbox.person("ada"), sandbox.bot
    direct = await ada.direct(sandbox.info["bot"]["user_id"])
    question = await ada.post(direct, "and?")
    with pytest.raises(SlackApiError, match="session_not_found"):
        await bot.agents_sessions_rename(channel_id=direct, thread_ts=question, title="x")
    await bot.agents_sessions_setStatus(channel_id=direct, thread_ts=question, status="processing")
    await bot.agents_sessions_rename(channel_id=direct, thread_ts=question, title="Plans")
    [session] = (await ada.state())["sessions"]
    assert (session["status"], session["title"]) == ("processing", "Plans")


async def test_prompts_with_a_thread_do_nothing_in_an_app_with_an_agent_view(sandbox: LocalWorkspace) -> None:
    ada, bot = sandbox.person("ada"), sandbox.bot
    direct = await ada.direct(sandbox.info["bot"]["user_id"])
    question = await ada.post(direct, "and?")
    prompts = [{"title": "T", "message": "M"}]
    await bot.assistant_threads_setSuggestedPrompts(channel_id=direct, thread_ts=question, prompts=prompts)
    assert (await ada.state())["prompts"] == []
    await bot.assistant_threads_setSuggestedPrompts(channel_id=direct, prompts=prompts)
    assert [item["prompts"] for item in (await ada.state())["prompts"]] == [prompts]
