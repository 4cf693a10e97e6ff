from __future__ import annotations

import pytest
from slack_sdk.errors import SlackApiError

from tests.slack.local_workspace import LocalWorkspace, eventually
from tests.slack.sandbox.app import connected, new_app


async def test_a_persons_message_reaches_the_app_as_slack_would_send_it(sandbox: LocalWorkspace) -> None:
    heard = new_app(sandbox)
    ada, general = sandbox.person("ada"), sandbox.channel("general")
    async with connected(sandbox, heard.app):
        ts = await ada.post(general, "see https://example.com/a?b=1&c=2, please")
        event = await heard.one("message")
    assert event["text"] == "see <https://example.com/a?b=1&amp;c=2>, please"
    assert event["user"] == ada.id
    assert event["channel"] == general
    assert event["channel_type"] == "channel"
    assert event["ts"] == event["event_ts"] == ts
    link = event["blocks"][0]["elements"][0]["elements"][1]
    assert link == {"type": "link", "url": "https://example.com/a?b=1&c=2"}


async def test_a_mention_is_told_twice_once_as_message_and_once_as_mention(sandbox: LocalWorkspace) -> None:
    heard = new_app(sandbox)
    bot = sandbox.info["bot"]["user_id"]
    async with connected(sandbox, heard.app):
        ts = await sandbox.person("ada").post(sandbox.channel("general"), f"<@{bot}> hello")
        mention, message = await heard.one("app_mention"), await heard.one("message")
    assert mention["ts"] == message["ts"] == ts
    assert "channel_type" not in mention


async def test_a_mention_in_a_direct_message_is_told_once(sandbox: LocalWorkspace) -> None:
    heard = new_app(sandbox)
    bot = sandbox.info["bot"]["user_id"]
    async with connected(sandbox, heard.app):
        ada = sandbox.person("ada")
        await ada.post(await ada.direct(bot), f"<@{bot}> hello")
        event = await heard.one("message")
        await ada.post(sandbox.channel("general"), "later")
        await eventually(lambda: len(heard.of("message")) == 2)
    assert event["channel_type"] == "im"
    assert not heard.of("app_mention")


async def test_the_app_hears_nothing_from_a_channel_it_is_not_in(sandbox: LocalWorkspace) -> None:
    heard = new_app(sandbox)
    ada = sandbox.person("ada")
    async with connected(sandbox, heard.app):
        await ada.post(sandbox.channel("random"), "nobody listens")
        await ada.post(sandbox.channel("general"), "somebody listens")
        event = await heard.one("message")
    assert event["text"] == "somebody listens"
    with pytest.raises(SlackApiError, match="not_in_channel"):
        await sandbox.bot.chat_postMessage(channel=sandbox.channel("random"), text="hello")
    with pytest.raises(SlackApiError, match="channel_not_found"):
        await sandbox.bot.chat_postMessage(channel=sandbox.channel("plans"), text="hello")


async def test_the_app_hears_its_own_messages_with_its_bot_id(sandbox: LocalWorkspace) -> None:
    heard = new_app(sandbox)
    async with connected(sandbox, heard.app):
        await sandbox.bot.chat_postMessage(channel=sandbox.channel("general"), text="here I am")
        event = await heard.one("message")
    assert event["bot_id"] == sandbox.info["bot"]["bot_id"]
    assert event["app_id"] == sandbox.info["bot"]["app_id"]


async def test_replies_are_counted_on_their_parent(sandbox: LocalWorkspace) -> None:
    ada, grace, general = sandbox.person("ada"), sandbox.person("grace"), sandbox.channel("general")
    parent = await ada.post(general, "who knows?")
    first = await grace.post(general, "I do", thread_ts=parent)
    last = await ada.post(general, "tell me", thread_ts=first)
    thread = await ada.thread(general, parent)
    assert [message["ts"] for message in thread] == [parent, first, last]
    assert thread[0]["reply_count"] == 2
    assert thread[0]["reply_users"] == [grace.id, ada.id]
    assert thread[0]["latest_reply"] == last
    assert thread[1]["parent_user_id"] == ada.id
    assert [message["ts"] for message in await ada.messages(general)] == [parent]


async def test_an_edit_and_a_deletion_are_told(sandbox: LocalWorkspace) -> None:
    heard = new_app(sandbox)
    ada, general = sandbox.person("ada"), sandbox.channel("general")
    async with connected(sandbox, heard.app):
        ts = await ada.post(general, "first")
        await ada.client.chat_update(channel=general, ts=ts, text="second")
        changed = await heard.one("message", "message_changed")
        await ada.client.chat_delete(channel=general, ts=ts)
        deleted = await heard.one("message", "message_deleted")
    assert changed["message"]["text"] == "second"
    assert changed["previous_message"]["text"] == "first"
    assert changed["message"]["edited"]["user"] == ada.id
    assert deleted["deleted_ts"] == ts
    assert await ada.messages(general) == []


async def test_a_deleted_parent_of_a_thread_leaves_a_tombstone(sandbox: LocalWorkspace) -> None:
    ada, general = sandbox.person("ada"), sandbox.channel("general")
    ts = await ada.post(general, "a question")
    await ada.post(general, "an answer", thread_ts=ts)
    await ada.client.chat_delete(channel=general, ts=ts)
    [parent, reply] = await ada.thread(general, ts)
    assert parent["subtype"] == "tombstone"
    assert reply["text"] == "an answer"


async def test_nobody_edits_or_deletes_what_others_wrote(sandbox: LocalWorkspace) -> None:
    ada, general = sandbox.person("ada"), sandbox.channel("general")
    ts = await ada.post(general, "mine")
    with pytest.raises(SlackApiError, match="cant_update_message"):
        await sandbox.bot.chat_update(channel=general, ts=ts, text="yours")
    with pytest.raises(SlackApiError, match="cant_delete_message"):
        await sandbox.bot.chat_delete(channel=general, ts=ts)
    with pytest.raises(SlackApiError, match="message_not_found"):
        await sandbox.bot.chat_update(channel=general, ts="1.000001", text="nothing")


async def test_an_ephemeral_message_is_seen_by_one_person_and_in_no_history(sandbox: LocalWorkspace) -> None:
    ada, grace, general = sandbox.person("ada"), sandbox.person("grace"), sandbox.channel("general")
    await sandbox.bot.chat_postEphemeral(channel=general, user=ada.id, text="between us")
    assert [message["text"] for message in (await ada.state())["ephemeral"][general]] == ["between us"]
    assert (await grace.state())["ephemeral"] == {}
    assert await ada.messages(general) == []


async def test_metadata_is_shown_only_to_those_who_ask(sandbox: LocalWorkspace) -> None:
    general = sandbox.channel("general")
    metadata = {"event_type": "recap", "event_payload": {"job": "1"}}
    ts = (await sandbox.bot.chat_postMessage(channel=general, text="done", metadata=metadata))["ts"]
    plain = await sandbox.bot.conversations_history(channel=general)
    asked = await sandbox.bot.conversations_history(channel=general, include_all_metadata=True)
    assert "metadata" not in plain["messages"][0]
    assert asked["messages"][0]["metadata"] == metadata
    await sandbox.bot.chat_update(channel=general, ts=ts, text="still done")
    asked = await sandbox.bot.conversations_history(channel=general, include_all_metadata=True)
    assert asked["messages"][0]["metadata"] == metadata
    await sandbox.bot.chat_update(channel=general, ts=ts, text="no more", metadata={})
    asked = await sandbox.bot.conversations_history(channel=general, include_all_metadata=True)
    assert "metadata" not in asked["messages"][0]


async def test_reactions_are_kept_and_told(sandbox: LocalWorkspace) -> None:
    heard = new_app(sandbox)
    ada, general = sandbox.person("ada"), sandbox.channel("general")
    async with connected(sandbox, heard.app):
        ts = await ada.post(general, "hello")
        await sandbox.bot.reactions_add(channel=general, timestamp=ts, name="eyes")
        await ada.client.reactions_add(channel=general, timestamp=ts, name="eyes")
        event = await heard.one("reaction_added")
        with pytest.raises(SlackApiError, match="already_reacted"):
            await sandbox.bot.reactions_add(channel=general, timestamp=ts, name="eyes")
        message = (await sandbox.bot.reactions_get(channel=general, timestamp=ts))["message"]
        await sandbox.bot.reactions_remove(channel=general, timestamp=ts, name="eyes")
        with pytest.raises(SlackApiError, match="no_reaction"):
            await sandbox.bot.reactions_remove(channel=general, timestamp=ts, name="eyes")
        with pytest.raises(SlackApiError, match="invalid_name"):
            await sandbox.bot.reactions_add(channel=general, timestamp=ts, name="not a name")
    assert event["reaction"] == "eyes"
    assert event["item"] == {"type": "message", "channel": general, "ts": ts}
    assert message["reactions"] == [{"name": "eyes", "users": [sandbox.info["bot"]["user_id"], ada.id], "count": 2}]


async def test_the_app_can_be_invited_and_hears_of_it(sandbox: LocalWorkspace) -> None:
    heard = new_app(sandbox)
    ada, random, bot = sandbox.person("ada"), sandbox.channel("random"), sandbox.info["bot"]["user_id"]
    async with connected(sandbox, heard.app):
        await ada.post(random, f"<@{bot}> are you there?")
        await ada.client.conversations_invite(channel=random, users=bot)
        joined = await heard.one("member_joined_channel")
        await ada.post(random, f"<@{bot}> and now?")
        mention = await heard.one("app_mention")
    assert joined["user"] == bot
    assert joined["inviter"] == ada.id
    assert mention["text"].endswith("and now?")
    assert "not in this channel" in (await ada.state())["ephemeral"][random][0]["text"]


async def test_history_comes_in_pages(sandbox: LocalWorkspace) -> None:
    ada, general = sandbox.person("ada"), sandbox.channel("general")
    written = [await ada.post(general, f"number {number}") for number in range(5)]
    read: list[str] = []
    async for page in await ada.client.conversations_history(channel=general, limit=2):
        read += [message["ts"] for message in page["messages"]]
    assert read == written[::-1]
    newer = await ada.client.conversations_history(channel=general, oldest=written[2], inclusive=True)
    assert [message["ts"] for message in newer["messages"]] == written[:1:-1]
    with pytest.raises(SlackApiError, match="invalid_cursor"):
        await ada.client.conversations_history(channel=general, cursor="nonsense")
