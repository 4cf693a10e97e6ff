from __future__ import annotations

from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError

from sandbox.slack.manifest import Manifest
from tests.slack.local_workspace import JSON, LocalWorkspace, local_workspace


def _section(text: str) -> JSON:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def _button(**changes: Any) -> JSON:
    button = {"type": "button", "text": {"type": "plain_text", "text": "Go"}, "action_id": "go", **changes}
    return {"type": "actions", "elements": [button]}


async def _error(sandbox: LocalWorkspace, **message: Any) -> JSON:
    with pytest.raises(SlackApiError) as raised:
        await sandbox.bot.chat_postMessage(channel=sandbox.channel("general"), **message)
    assert isinstance(raised.value.response.data, dict)
    return raised.value.response.data


@pytest.mark.parametrize(
    ("block", "problem"),
    [
        (_section("x" * 3001), "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"),
        (_section(""), "must be more than 0 characters [json-pointer:/blocks/0/text/text]"),
        ({"type": "section"}, "missing required field: text [json-pointer:/blocks/0]"),
        ({"type": "nonsense"}, "unsupported type: nonsense [json-pointer:/blocks/0/type]"),
        ({"type": "divider", "color": "red"}, "invalid additional property: color [json-pointer:/blocks/0]"),
        (
            {"type": "header", "text": {"type": "mrkdwn", "text": "x"}},
            "must be one of: plain_text [json-pointer:/blocks/0/text/type]",
        ),
        (
            {"type": "header", "text": {"type": "plain_text", "text": "x" * 151}},
            "must be less than 151 characters [json-pointer:/blocks/0/text/text]",
        ),
        (_button(value="x" * 2001), "must be less than 2001 characters [json-pointer:/blocks/0/elements/0/value]"),
        (_button(style="huge"), "must be one of: primary, danger [json-pointer:/blocks/0/elements/0/style]"),
        (_button(url="javascript:alert(1)"), "must be a valid URL [json-pointer:/blocks/0/elements/0/url]"),
        (
            {"type": "context", "elements": [{"type": "mrkdwn", "text": "x"}] * 11},
            "no more than 10 items allowed [json-pointer:/blocks/0/elements]",
        ),
        (
            {"type": "actions", "elements": [*_button()["elements"], *_button()["elements"]]},
            '`action_id` "go" already exists for `block_id` [json-pointer:/blocks/0]',
        ),
        (
            {"type": "markdown", "text": "x" * 12_001},
            "must be less than 12001 characters [json-pointer:/blocks/0/text]",
        ),
    ],
)
async def test_a_wrong_block_is_refused_with_its_place(sandbox: LocalWorkspace, block: JSON, problem: str) -> None:
    answer = await _error(sandbox, text="x", blocks=[block])
    assert answer["error"] == "invalid_blocks"
    assert problem in answer["errors"]
    assert f"[ERROR] {problem}" in answer["response_metadata"]["messages"]


async def test_a_message_takes_50_blocks_of_13_thousand_characters(sandbox: LocalWorkspace) -> None:
    general = sandbox.channel("general")
    await sandbox.bot.chat_postMessage(channel=general, text="x", blocks=[{"type": "divider"}] * 50)
    assert (await _error(sandbox, text="x", blocks=[{"type": "divider"}] * 51))["error"] == "invalid_blocks"
    await sandbox.bot.chat_postMessage(channel=general, text="x", blocks=[_section("x" * 2900)] * 4)
    assert (await _error(sandbox, text="x", blocks=[_section("x" * 2900)] * 5))["error"] == "msg_blocks_too_long"


async def test_every_block_of_the_product_is_accepted(sandbox: LocalWorkspace) -> None:
    """One message with one of each kind, so that a limit that is too strict is noticed."""
    rich = {
        "type": "rich_text",
        "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "x"}]}],
    }
    feedback = {
        "type": "feedback_buttons",
        "action_id": "feedback",
        "positive_button": {"text": {"type": "plain_text", "text": "Good"}, "value": "good"},
        "negative_button": {"text": {"type": "plain_text", "text": "Bad"}, "value": "bad"},
    }
    overflow = {
        "type": "overflow",
        "action_id": "more",
        "options": [{"text": {"type": "plain_text", "text": "Delete"}, "value": "delete"}],
    }
    blocks: list[JSON] = [
        {"type": "header", "text": {"type": "plain_text", "text": "Title", "emoji": True}},
        {**_section("*bold* <https://example.com|link>"), "accessory": overflow},
        {"type": "section", "fields": [{"type": "mrkdwn", "text": "a"}, {"type": "plain_text", "text": "b"}]},
        {"type": "divider"},
        {"type": "context", "elements": [{"type": "mrkdwn", "text": "footer"}]},
        {"type": "markdown", "text": "**bold**"},
        rich,
        {"type": "image", "image_url": "https://example.com/a.png", "alt_text": "a"},
        _button(url="https://example.com", confirm=None),
        {"type": "context_actions", "elements": [feedback]},
        {"type": "alert", "text": {"type": "mrkdwn", "text": "careful"}, "level": "warning"},
        {"type": "card", "title": {"type": "plain_text", "text": "Card"}},
        {
            "type": "plan",
            "title": "Plan",
            "tasks": [{"type": "task_card", "task_id": "1", "title": "A", "status": "complete"}],
        },
        {"type": "table", "rows": [[{"type": "raw_text", "text": "a"}, rich]], "column_settings": [{"align": "right"}]},
        {
            "type": "container",
            "title": {"type": "plain_text", "text": "Chapters"},
            "is_collapsible": True,
            "child_blocks": [_section("inside"), {**_button(), "block_id": "inner"}],
        },
    ]
    answer = await sandbox.bot.chat_postMessage(channel=sandbox.channel("general"), text="x", blocks=blocks)
    stored = answer["message"]["blocks"]
    assert all(block["block_id"] for block in stored)
    assert stored[-1]["child_blocks"][1]["block_id"] == "inner"


async def test_texts_have_their_limits(sandbox: LocalWorkspace) -> None:
    general = sandbox.channel("general")
    posted = await sandbox.bot.chat_postMessage(channel=general, text="x" * 40_001)
    assert len(posted["message"]["text"]) == 40_000
    with pytest.raises(SlackApiError, match="msg_too_long"):
        await sandbox.bot.chat_update(channel=general, ts=posted["ts"], text="x" * 4001)
    await sandbox.bot.chat_update(channel=general, ts=posted["ts"], text="x" * 4000)
    with pytest.raises(SlackApiError, match="no_text"):
        await sandbox.bot.api_call("chat.postMessage", json={"channel": general, "text": " ", "blocks": []})
    assert (await _error(sandbox, text="a", markdown_text="b"))["error"] == "markdown_text_conflict"
    assert (await _error(sandbox, text="a", thread_ts="1.000001"))["error"] == "thread_not_found"


async def test_a_modal_is_checked_like_a_message(sandbox: LocalWorkspace) -> None:
    view = {"type": "modal", "title": {"type": "plain_text", "text": "x" * 25}, "blocks": [_section("x")]}
    trigger = sandbox.slack.triggers.new(sandbox.person("ada").id)
    with pytest.raises(SlackApiError) as raised:
        await sandbox.bot.views_open(trigger_id=trigger, view=view)
    assert raised.value.response["error"] == "invalid_arguments"
    assert "must be less than 25 characters [json-pointer:/view/title/text]" in raised.value.response["errors"]
    await sandbox.bot.views_open(trigger_id=trigger, view={**view, "title": {"type": "plain_text", "text": "fine"}})


async def _edit_again_and_again(limited: LocalWorkspace, channel: str, ts: str) -> None:
    """Some 50 edits: on a slow machine there is room for a few more before one is refused."""
    for _ in range(50):
        await limited.bot.chat_update(channel=channel, ts=ts, text="too often")


async def test_tiers_are_kept_with_429_and_a_time_to_wait() -> None:
    async with local_workspace(rate_limits=True) as limited:
        general = limited.channel("general")
        ts = (await limited.bot.chat_postMessage(channel=general, text="x"))["ts"]
        for _ in range(50):
            await limited.bot.chat_update(channel=general, ts=ts, text="again")
        with pytest.raises(SlackApiError) as raised:
            await _edit_again_and_again(limited, general, ts)
        assert raised.value.response.status_code == 429
        assert raised.value.response["error"] == "ratelimited"
        wait = int(raised.value.response.headers["Retry-After"])
        assert 1 <= wait <= 2
        limited.clock.advance(wait)
        await limited.bot.chat_update(channel=general, ts=ts, text="in time")


async def test_posting_is_limited_per_channel_and_bursts_are_short() -> None:
    async with local_workspace(rate_limits=True) as limited:
        general, research = limited.channel("general"), limited.channel("research")
        for _ in range(10):
            await limited.bot.chat_postMessage(channel=general, text="x")
        with pytest.raises(SlackApiError, match="ratelimited"):
            await limited.bot.chat_postMessage(channel=general, text="x")
        await limited.bot.chat_postMessage(channel=research, text="x")
        ada = limited.person("ada")
        for _ in range(15):
            await ada.post(general, "people are not limited")


async def test_faults_break_calls_as_often_as_asked(sandbox: LocalWorkspace) -> None:
    general = sandbox.channel("general")
    await sandbox.fault(method="chat.postMessage", error="fatal_error", times=2)
    assert (await _error(sandbox, text="1"))["error"] == "fatal_error"
    assert (await _error(sandbox, text="2"))["error"] == "fatal_error"
    await sandbox.bot.chat_postMessage(channel=general, text="3")
    await sandbox.fault(method="chat.postMessage", status=429, retry_after=7)
    with pytest.raises(SlackApiError) as raised:
        await sandbox.bot.chat_postMessage(channel=general, text="4")
    assert raised.value.response.headers["Retry-After"] == "7"
    await sandbox.fault(method="chat.postMessage", status=503)
    with pytest.raises(SlackApiError, match="503"):
        await sandbox.bot.chat_postMessage(channel=general, text="5")
    await sandbox.fault(method="*", error="fatal_error", times=0)
    assert (await sandbox.control("faults", reset=True))["faults"] == []
    assert [message["text"] for message in await sandbox.person("ada").messages(general)] == ["3"]
    assert (await sandbox.control("faults", times=3))["error"] == "invalid_arguments"


async def test_a_dropped_answer_loses_the_answer_but_not_always_the_effect(sandbox: LocalWorkspace) -> None:
    general = sandbox.channel("general")
    await sandbox.fault(method="chat.postMessage", drop="before")
    await sandbox.fault(method="chat.postMessage", drop="after")
    sandbox.bot.retry_handlers.clear()
    for text in ("before", "after"):
        with pytest.raises(aiohttp.ClientConnectionError):
            await sandbox.bot.chat_postMessage(channel=general, text=text)
    assert [message["text"] for message in await sandbox.person("ada").messages(general)] == ["after"]


async def test_tokens_scopes_and_methods_are_checked() -> None:
    async with local_workspace(manifest=Manifest(scopes=frozenset({"reactions:read"}))) as narrow:
        answers = []
        for token, method in (
            ("", "auth.test"),
            ("xoxb-wrong", "auth.test"),
            ("xapp-sandbox", "chat.postMessage"),
            ("xoxb-sandbox", "chat.postMessage"),
            ("xoxb-sandbox", "admin.nothing"),
            ("xoxp-ada", "views.open"),
        ):
            headers = {"Authorization": f"Bearer {token}"} if token else {}
            async with narrow.session.get(f"{narrow.api_url}{method}", headers=headers) as response:
                assert response.status == 200
                answers.append((await response.json())["error"])
    assert answers == [
        "not_authed",
        "invalid_auth",
        "not_allowed_token_type",
        "missing_scope",
        "unknown_method",
        "not_allowed_token_type",
    ]


async def test_arguments_are_understood_wherever_they_are(sandbox: LocalWorkspace) -> None:
    """Query, form, multipart and JSON, with nested values as text or as objects."""
    general, session = sandbox.channel("general"), sandbox.session
    url = f"{sandbox.api_url}chat.postMessage"
    values = {"channel": general, "text": "x", "blocks": '[{"type":"divider"}]'}
    headers = {"Authorization": "Bearer xoxb-sandbox"}
    requests: list[Any] = [
        session.get(url, params={**values, "token": "xoxb-sandbox"}),
        session.post(url, params=values, headers=headers),
        session.post(url, data={**values, "token": "xoxb-sandbox"}),
        session.post(url, json={**values, "blocks": [{"type": "divider"}]}, headers=headers),
    ]
    for request in requests:
        async with request as response:
            assert (await response.json())["message"]["blocks"][0]["type"] == "divider"
    async with session.post(url, data="{", headers={**headers, "Content-Type": "application/json"}) as response:
        assert (await response.json())["error"] == "invalid_json"
