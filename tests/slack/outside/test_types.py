"""What the local Slack sends, against Slack's own types."""

from __future__ import annotations

from typing import Any

import pytest

from tests.slack.local_workspace import LocalWorkspace, eventually
from tests.slack.outside.types import SlackTypes
from tests.slack.sandbox.app import connected, new_app

_GOOD: list[dict[str, Any]] = [{"type": "header", "text": {"type": "plain_text", "text": "Title"}}, {"type": "divider"}]
_BAD: list[list[dict[str, Any]]] = [
    [{"type": "header", "text": {"type": "mrkdwn", "text": "Title"}}],
    [{"type": "sectoin", "text": {"type": "mrkdwn", "text": "Title"}}],
    [{"type": "section", "text": {"type": "mrkdwn", "text": "Title"}, "colour": "red"}],
    [{"type": "actions"}],
]


@pytest.mark.parametrize("blocks", _BAD)
def test_the_schemas_tell_good_from_bad(slack_types: SlackTypes, blocks: list[dict[str, Any]]) -> None:
    assert slack_types.complaints("WrittenBlocks", _GOOD) == []
    assert slack_types.complaints("WrittenBlocks", blocks)


async def test_every_event_of_a_busy_day_has_slack_s_shape(sandbox: LocalWorkspace, slack_types: SlackTypes) -> None:
    heard = new_app(sandbox)
    ada, grace = sandbox.person("ada"), sandbox.person("grace")
    general, bot = sandbox.channel("general"), sandbox.info["bot"]["user_id"]
    async with connected(sandbox, heard.app):
        ts = await ada.post(general, f"hello <@{bot}> see https://example.com/a")
        await grace.client.chat_postMessage(channel=general, text="so", thread_ts=ts, reply_broadcast=True)
        edited = await ada.post(general, "a typo")
        await ada.client.chat_update(channel=general, ts=edited, text="no typo")
        await ada.client.chat_delete(channel=general, ts=edited)
        await ada.client.reactions_add(channel=general, timestamp=ts, name="eyes")
        await ada.client.reactions_remove(channel=general, timestamp=ts, name="eyes")
        file, _ = await ada.share(general, b"words", "note.txt")
        await ada.client.files_delete(file=file)
        direct = await ada.direct(bot)
        root = await ada.post(direct, "in private")
        await ada.act("home", tab="home")
        await ada.act("home", tab="messages")
        await sandbox.bot.agents_sessions_setStatus(channel_id=direct, thread_ts=root, status="processing")
        await ada.act("stop", channel=direct, thread_ts=root)
        random = sandbox.channel("random")
        await ada.client.conversations_invite(channel=random, users=bot)
        await sandbox.bot.chat_postMessage(channel=random, text="thank you", blocks=_GOOD)
        await eventually(lambda: heard.of("agent_session_stopped"), seconds=60)
        await eventually(lambda: any(event.get("text") == "thank you" for event in heard.events), seconds=60)
    kinds = {(event["type"], event.get("subtype")) for event in heard.events}
    assert len(kinds) > 12, kinds
    wrong = {complaint for event in heard.events for complaint in slack_types.complaints_about_event(event)}
    assert not wrong, "\n".join(sorted(wrong))
