"""The committed table of Slack's reference, and how it drives the server."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sandbox.slack.contract import TABLE, read_contract
from sandbox.slack.contract.checking import check_arguments
from sandbox.slack.contract.derive import derive, to_text
from sandbox.slack.errors import SlackError
from sandbox.slack.events import SCOPES
from tests.slack.local_workspace import LocalWorkspace


def test_the_table_is_what_the_reference_says(shared: Path) -> None:
    folder = shared / "fixtures" / "slack-api"
    if not folder.is_dir():
        pytest.skip("the published method reference does not stand beside this checkout")
    text = to_text(derive(folder))
    assert text == TABLE.read_text(encoding="utf-8")
    assert json.loads(text)["methods"]["chat.postMessage"]["args"]["channel"] == {"kind": "string", "required": True}


def test_the_table_says_what_slack_is_known_for() -> None:
    contract = read_contract()
    post = contract.methods["chat.postMessage"]
    assert (post.tier, post.takes_json, post.scopes["bot"]) == ("t5", True, frozenset({"chat:write"}))
    assert contract.methods["chat.startStream"].tokens == {"bot"}
    assert contract.events["app_mention"] == {"app_mentions:read"}
    assert len(contract.methods) > 200
    assert "admin.users.list" in contract.undescribed


def test_events_ask_for_the_scopes_of_the_reference() -> None:
    events = read_contract().events
    assert {name: {scope} for name, scope in SCOPES.items()} == {name: set(events[name]) for name in SCOPES}


@pytest.mark.parametrize(
    ("method", "values", "message"),
    [
        ("conversations.history", {"channel": "C1", "limit": "ten"}, "must be a number [json-pointer:/limit]"),
        ("chat.postMessage", {}, "missing required field: channel"),
        ("chat.postMessage", {"channel": ["C1"]}, "must be a string [json-pointer:/channel]"),
        ("chat.postMessage", {"channel": "C1", "mrkdwn": "maybe"}, "must be a boolean [json-pointer:/mrkdwn]"),
        ("canvases.edit", {"canvas_id": "F1", "changes": []}, "no fewer than 1 items allowed [json-pointer:/changes]"),
        (
            "bookmarks.add",
            {"title": "x" * 257, "type": "link"},
            "must be less than 257 characters [json-pointer:/title]",
        ),
        (
            "canvases.access.set",
            {"canvas_id": "F1", "access_level": "all"},
            "must be one of: owner, read, write [json-pointer:/access_level]",
        ),
        (
            "assistant.threads.setStatus",
            {"channel_id": "C1", "thread_ts": "1.1", "status": "", "loading_messages": ["x" * 51]},
            "must be less than 51 characters [json-pointer:/loading_messages/0]",
        ),
    ],
)
def test_a_wrong_argument_is_named_with_its_place(method: str, values: dict[str, Any], message: str) -> None:
    with pytest.raises(SlackError) as raised:
        check_arguments(read_contract().methods[method], values)
    assert raised.value.code == "invalid_arguments"
    assert raised.value.details["response_metadata"] == {"messages": [f"[ERROR] {message}"]}


@pytest.mark.parametrize(
    ("method", "values"),
    [
        # Text stands for everything in a form, numbers for text in JSON.
        ("conversations.history", {"channel": "C1", "limit": "10", "inclusive": "true", "oldest": 1.5}),
        ("chat.postMessage", {"channel": "C1", "blocks": '[{"type":"divider"}]', "metadata": "{}", "text": None}),
        ("chat.postMessage", {"channel": "C1", "blocks": [], "mrkdwn": 1, "thread_ts": ""}),
        ("canvases.access.set", {"canvas_id": "F1", "access_level": "read", "channel_ids": "C1"}),
    ],
)
def test_arguments_are_taken_in_every_spelling_of_slacks_clients(method: str, values: dict[str, Any]) -> None:
    check_arguments(read_contract().methods[method], values)


async def _error(sandbox: LocalWorkspace, method: str, **call: Any) -> str:
    headers = {"Authorization": "Bearer xoxb-sandbox"}
    async with sandbox.session.post(f"{sandbox.api_url}{method}", headers=headers, **call) as response:
        assert response.status == 200
        return str((await response.json())["error"])


async def test_what_is_not_here_is_refused_in_slacks_form(sandbox: LocalWorkspace) -> None:
    assert await _error(sandbox, "chat.shout") == "unknown_method"
    assert await _error(sandbox, "usergroups.list") == "not_implemented"
    assert await _error(sandbox, "admin.users.list") == "not_allowed_token_type"


async def test_a_method_that_takes_no_json_finds_nothing_in_it(sandbox: LocalWorkspace) -> None:
    """As conversations.replies and its relatives do, to the surprise of many."""
    general = sandbox.channel("general")
    assert await _error(sandbox, "conversations.info", json={"channel": general}) == "invalid_arguments"
