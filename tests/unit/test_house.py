"""The house rules that no other checker keeps: settings are documented, the manifest is true, rooms are placed."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

import handlers
from bot.report import RecapReport
from bot.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = {"bot", "handlers", "services", "sandbox", "benchmarks", "tests", "docs", "deploy", "requirements"}


@pytest.fixture(scope="module")
def manifest() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "manifest.yml").read_text())
    return loaded


def test_every_setting_has_its_sentence_in_the_example() -> None:
    example = (ROOT / ".env.example").read_text()
    documented = set(re.findall(r"^([A-Z0-9_]+)=", example, re.MULTILINE))
    assert documented == {name.upper() for name in Settings.model_fields}


def test_the_top_level_holds_what_the_design_names() -> None:
    folders = {path.name for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith(".")}
    assert folders - {"var", "node_modules"} == FOLDERS


def test_the_manifest_is_valid_for_slack(manifest: dict[str, Any], shared: Path) -> None:
    schema = json.loads((shared / "fixtures/slack-manifest/schemas/manifest.schema.1.0.0.json").read_text())
    jsonschema.validate(manifest, schema)


def test_the_manifest_names_what_the_code_listens_to(manifest: dict[str, Any]) -> None:
    features = manifest["features"]
    assert [command["command"] for command in features["slash_commands"]] == [handlers.COMMAND]
    assert [shortcut["callback_id"] for shortcut in features["shortcuts"]] == [
        handlers.SHORTCUT,
        handlers.GLOBAL_SHORTCUT,
    ]
    events = set(manifest["settings"]["event_subscriptions"]["bot_events"])
    assert events == {
        "app_mention",
        "app_uninstalled",
        "message.channels",
        "message.groups",
        "message.im",
        "message.mpim",
        "reaction_added",
        "tokens_revoked",
        "app_home_opened",
        "agent_session_stopped",
        "function_executed",
        "link_shared",
    }
    assert list(manifest["functions"]) == [handlers.STEP]


def test_every_scope_is_needed_by_a_method_that_is_called_or_an_event(manifest: dict[str, Any], shared: Path) -> None:
    """And every method that the code calls is covered by a scope of the manifest."""
    scopes = {scope for kind in manifest["oauth_config"]["scopes"].values() for scope in kind}
    code = "".join(path.read_text() for room in ("bot", "handlers", "services") for path in (ROOT / room).rglob("*.py"))
    for reference in (shared / "fixtures/slack-api").rglob("methods/*.json"):
        method = reference.stem
        if not re.search(rf"\.{method.replace('.', '_')}\(", code):
            continue
        accepted = _bot_scopes(json.loads(reference.read_text()))
        assert not accepted or accepted & scopes, f"{method} needs one of {accepted}"


def _bot_scopes(reference: dict[str, Any]) -> set[str]:
    found = reference.get("scope") or reference.get("scopes") or {}
    bot = found.get("bot", []) if isinstance(found, dict) else []
    return set(bot if isinstance(bot, list) else [bot])


def test_the_published_schema_is_that_of_the_code() -> None:
    published = json.loads((ROOT / "docs/recap.schema.json").read_text())
    assert published == RecapReport.model_json_schema()


def test_no_module_is_long_without_saying_why() -> None:
    long = []
    for room in ("bot", "handlers", "services", "sandbox", "benchmarks"):
        for path in (ROOT / room).rglob("*.py"):
            text = path.read_text()
            if text.count("\n") > 250 and "long because" not in text.lower():
                long.append(str(path.relative_to(ROOT)))
    assert not long
