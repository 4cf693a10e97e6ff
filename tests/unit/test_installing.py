"""Installing: the manifest for HTTP, who we are where an event came from, the pages, the settings."""

from __future__ import annotations

import asyncio
import json
import os
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from cryptography.fernet import Fernet
from pydantic import SecretStr
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.__main__ import main
from bot.app import _without_environment, authorizing
from bot.bootstrap.installed import seal_of
from bot.doctor_workspaces import installed
from bot.install_pages import failure_page, install_page, success_page
from bot.manifest import over_http, read_manifest, scopes_of
from bot.settings import Settings
from services.storage.database import open_database
from services.storage.installations import Installations
from services.vocabulary.errors import OperatorError
from services.vocabulary.installation import Installation
from services.workflows.workspaces import Workspace


def test_the_manifest_for_http_is_valid_and_differs_in_addresses_alone(shared: Path) -> None:
    schema = json.loads((shared / "fixtures/slack-manifest/schemas/manifest.schema.1.0.0.json").read_text())
    manifest, derived = read_manifest(), over_http(read_manifest(), "https://earshot.example/")
    jsonschema.validate(derived, schema)
    events = "https://earshot.example/slack/events"
    assert derived["settings"]["event_subscriptions"].pop("request_url") == events
    assert derived["settings"]["interactivity"].pop("request_url") == events
    assert [command.pop("url") for command in derived["features"]["slash_commands"]] == [events]
    assert derived["oauth_config"].pop("redirect_urls") == ["https://earshot.example/slack/oauth_redirect"]
    assert derived["settings"].pop("socket_mode_enabled") is False
    assert manifest["settings"].pop("socket_mode_enabled") is True
    assert derived == manifest


def test_all_scopes_are_asked_for_the_optional_ones_last() -> None:
    manifest: dict[str, Any] = {"oauth_config": {"scopes": {"bot": ["b", "a"], "bot_optional": ["c", "a"]}}}
    assert scopes_of(manifest) == ("b", "a", "c")


def test_the_manifest_is_printed_and_only_for_https(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["manifest", "--http", "https://earshot.example"]) == 0
    printed = yaml.safe_load(capsys.readouterr().out)
    assert printed["settings"]["interactivity"]["request_url"] == "https://earshot.example/slack/events"
    assert printed["features"]["unfurl_domains"] == ["earshot.example"]
    assert main(["manifest", "--http", "http://earshot.example"]) == 1
    assert "https://" in capsys.readouterr().err


class _Roster:
    """Workspaces that are counted when they are looked up."""

    def __init__(self, *teams: str) -> None:
        self.teams = set(teams)
        self.asked = 0

    async def of(self, team: str) -> Workspace:
        raise NotImplementedError

    async def installed(self, team: str) -> bool:
        return team in self.teams

    async def installation(self, team: str) -> Installation | None:
        self.asked += 1
        return Installation(team=team, bot="B1", bot_user=f"U{team}", token="t") if team in self.teams else None


async def test_who_we_are_is_looked_up_once_for_many_events_but_absence_every_time() -> None:
    roster = _Roster("T1")
    authorize = authorizing(roster)
    results = [await authorize("T1") for _ in range(5)]
    assert {result.bot_user_id for result in results if result} == {"UT1"}
    assert roster.asked == 1
    assert await authorize("T2") is None
    roster.teams.add("T2")
    assert await authorize("T2") is not None
    assert await authorize(None) is None


def test_bolt_takes_nothing_from_the_environment(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    for name in ("SLACK_BOT_TOKEN", "SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET"):
        monkeypatch.setenv(name, "from-the-environment")

    def app() -> AsyncApp:
        return AsyncApp(client=AsyncWebClient(), authorize=authorizing(_Roster()))  # type: ignore[arg-type]

    app()
    assert "token" in caplog.text, "Bolt warns no more by itself: then nothing has to be kept from it"
    caplog.clear()
    with _without_environment():
        made = app()
    assert not caplog.text
    assert made.oauth_flow is None
    assert os.environ["SLACK_BOT_TOKEN"] == "from-the-environment"


def test_pages_hold_what_strangers_sent_as_text_alone() -> None:
    hostile = '"><script>alert(1)</script>'
    for page in (install_page(hostile, 3), success_page(hostile, hostile), failure_page(hostile, hostile)):
        assert "<script>" not in page
    assert "Slack says" in failure_page("team_not_allowed", "/slack/install")


def _settings(folder: Path, **changes: Any) -> Settings:
    given = {
        "slack_client_id": "1.2",
        "slack_client_secret": SecretStr("s"),
        "token_key": SecretStr(Fernet.generate_key().decode()),
        "public_url": "https://earshot.example",
        "data_dir": folder,
        **changes,
    }
    return Settings(_env_file=None, **given)


@pytest.mark.parametrize(
    ("missing", "remedy"),
    [
        ("slack_client_secret", "both SLACK_CLIENT_ID and SLACK_CLIENT_SECRET"),
        ("slack_client_id", "both SLACK_CLIENT_ID and SLACK_CLIENT_SECRET"),
        ("token_key", "openssl rand"),
    ],
)
def test_what_is_missing_is_named_with_its_remedy(tmp_path: Path, missing: str, remedy: str) -> None:
    settings = _settings(tmp_path, **{missing: None})
    assert settings.many_workspaces
    with pytest.raises(OperatorError, match=remedy):
        seal_of(settings)


async def test_the_doctor_opens_every_token(tmp_path: Path) -> None:
    settings = _settings(tmp_path)
    assert (await installed(settings)).startswith("0 installed")
    database = await asyncio.to_thread(open_database, settings.tables_url)
    await Installations(database, seal_of(settings)).keep(Installation(team="T1", bot_user="U1", token="t"))
    await database.dispose()
    assert (await installed(settings)).startswith("1 installed")
    with pytest.raises(OperatorError, match="TOKEN_KEY"):
        await installed(_settings(tmp_path))
    with pytest.raises(OperatorError, match="PUBLIC_URL"):
        await installed(_settings(tmp_path, public_url=None))


def test_a_setting_of_one_workspace_makes_none_of_many(tmp_path: Path) -> None:
    none = {"slack_client_id": None, "slack_client_secret": None}
    assert not _settings(tmp_path, slack_bot_token=SecretStr("xoxb-1"), **none).many_workspaces
    assert "SLACK_CLIENT_ID" not in os.environ
