"""The coverage command: what the product calls is here."""

from __future__ import annotations

from pathlib import Path

from sandbox.slack.contract import read_contract
from sandbox.slack.contract.__main__ import table
from sandbox.slack.contract.coverage import Coverage, events_emitted
from sandbox.slack.contract.usage import methods_used
from sandbox.slack.methods import all_methods

_CHECKOUT = Path(__file__).resolve().parents[3]


def test_every_method_that_the_product_uses_is_here() -> None:
    rooms = [_CHECKOUT / room for room in ("bot", "handlers", "services")]
    sources = [path.read_text(encoding="utf-8") for room in rooms for path in room.rglob("*.py")]
    used = methods_used(sources, read_contract())
    assert len(used) > 20
    assert used - all_methods().keys() == set()


def test_calls_are_found_however_they_are_written() -> None:
    source = """
async def work(self, client):
    await client.chat_postMessage(channel="C1")
    send = self._client.pins_add
    await client.api_call("team.info")
    await client.files_upload_v2(file="x")
    await client.canvases_paint(canvas_id="F1")
    self.chat_log("no call of the client")
"""
    assert methods_used([source], read_contract()) == {
        "apps.connections.open",
        "auth.test",
        "canvases_paint",
        "chat.postMessage",
        "files.completeUploadExternal",
        "files.getUploadURLExternal",
        "pins.add",
        "team.info",
    }


def test_the_events_that_an_app_lives_on_are_emitted() -> None:
    emitted = events_emitted(read_contract())
    wanted = {"app_home_opened", "app_mention", "app_uninstalled", "agent_session_stopped", "file_shared"}
    wanted |= {"function_executed", "link_shared", "message.channels", "message.im", "tokens_revoked"}
    assert wanted <= emitted


def test_the_table_names_what_is_missing() -> None:
    nothing: frozenset[str] = frozenset()
    coverage = Coverage(
        implemented=frozenset({"auth.test"}),
        described=frozenset({"auth.test", "team.info"}),
        used=frozenset({"auth.test", "team.info"}),
        emitted=nothing,
        events=frozenset({"app_mention"}),
        exercised=frozenset({("auth.test", "invalid_auth"), ("auth.test", "not_authed")}),
        listed=frozenset({("auth.test", "invalid_auth"), ("auth.test", "internal_error")}),
        attempts=2,
        broken=(),
    )
    text = table(coverage)
    assert "methods implemented                  1 / 2" in text
    assert "error codes exercised                1 / 2" in text
    assert "MISSING, and used by the product: team.info" in text
