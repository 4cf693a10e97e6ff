"""The local Slack against Slack's published method reference, which nobody here wrote."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sandbox.slack.methods import all_methods
from tests.slack.local_workspace import JSON, LocalWorkspace

# Errors that belong to every method, or that Slack is known to answer although its reference does not list them.
_EVERYWHERE = {
    "invalid_arguments",
    "missing_scope",
    "account_inactive",
    "token_expired",
    "token_revoked",
    "not_allowed_token_type",
    "user_not_found",
    "channel_not_found",
    "invalid_limit",
    "invalid_types",
    "not_in_channel",
    "access_denied",
    "msg_too_long",
    "thread_not_found",
    "invalid_attachments",
    "internal_error",
    "invalid_metadata_format",
}
# Scopes that we ask for in another way, or that one kind of conversation asks for.
_BY_CONVERSATION = {"conversations.list", "conversations.info", "conversations.members", "users.conversations"}
_NONSENSE: list[Any] = ["x", "C0GENERAL01", "1795224385.000100", -1, True, [], ["x"], {"a": 1}, "[{}]", "{"]


def _reference(shared: Path, name: str) -> JSON:
    path = shared / "fixtures" / "slack-api" / "methods" / f"{name}.json"
    if not path.is_file():
        pytest.skip("the published method reference does not stand beside this checkout")
    return json.loads(path.read_text(encoding="utf-8"))  # type: ignore[no-any-return]


@pytest.mark.parametrize("name", sorted(all_methods()))
def test_tier_and_scopes_are_those_of_the_reference(shared: Path, name: str) -> None:
    reference, method = _reference(shared, name), all_methods()[name]
    assert method.tier == reference["rate_limits"]
    documented = set(reference["scope"].get("bot", []))
    if name not in _BY_CONVERSATION:
        assert method.scopes == documented


@pytest.mark.parametrize("name", sorted(all_methods()))
async def test_whatever_is_sent_is_answered_with_a_documented_error(
    sandbox: LocalWorkspace, shared: Path, name: str
) -> None:
    """Nonsense in each argument: never a broken answer, never an error that Slack does not know."""
    reference = _reference(shared, name)
    arguments = [argument for argument in reference["args"]["properties"] if argument != "token"]
    plausible = {
        "channel": "C0GENERAL01",
        "channel_id": "C0GENERAL01",
        "text": "x",
        "users": "U0GRACE0001",
        "user": "U0ADA000001",
        "ts": "1.000001",
        "name": "eyes",
        "timestamp": "1.000001",
        "view": {"type": "modal", "title": {"type": "plain_text", "text": "T"}, "blocks": []},
    }
    known = {"ok", *_EVERYWHERE, *reference.get("errors", {})}
    token = "xapp-sandbox" if name == "apps.connections.open" else "xoxb-sandbox"
    headers = {"Authorization": f"Bearer {token}"}
    for argument in arguments:
        for value in _NONSENSE:
            body = {key: given for key, given in plausible.items() if key in arguments} | {argument: value}
            async with sandbox.session.post(f"{sandbox.api_url}{name}", json=body, headers=headers) as response:
                assert response.status == 200, (argument, value)
                answer = await response.json()
            if name != "api.test":
                assert answer.get("error", "ok") in known, (argument, value, answer)
