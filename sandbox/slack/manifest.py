"""An app manifest, read as Slack reads it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from sandbox.slack.errors import JSON


@dataclass(frozen=True)
class Manifest:
    """What the workspace lets the app do. `scopes` and `events` are None when nothing was said: then all is allowed."""

    name: str = "Earshot"
    bot_name: str = "earshot"
    description: str = ""
    scopes: frozenset[str] | None = None
    events: frozenset[str] | None = None
    commands: tuple[JSON, ...] | None = None
    shortcuts: tuple[JSON, ...] | None = None
    interactive: bool = True
    home_tab: bool = True
    messages_tab: bool = True
    agent_view: bool = True
    agent: bool = True
    suggested_prompts: tuple[JSON, ...] = ()
    unfurl_domains: tuple[str, ...] = ()
    functions: dict[str, JSON] = field(default_factory=dict)

    def command(self, name: str) -> JSON | None:
        """Return the slash command of that name; without a manifest every command exists."""
        if self.commands is None:
            return {"command": name}
        return next((command for command in self.commands if command["command"] == name), None)

    def shortcut(self, callback_id: str, kind: str) -> JSON | None:
        """Return the shortcut with that callback id and type (`message` or `global`)."""
        if self.shortcuts is None:
            return {"callback_id": callback_id, "type": kind}
        same = (item for item in self.shortcuts if item["callback_id"] == callback_id and item["type"] == kind)
        return next(same, None)


def read_manifest(path: Path) -> Manifest:
    """Read an app manifest in YAML or JSON.

    Raises:
        OSError: the file cannot be read.
        ValueError: it is not a manifest.
    """
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise ValueError(f"{path} is not YAML: {error}") from error
    if not isinstance(content, dict) or "display_information" not in content:
        raise ValueError(f"{path} is not an app manifest: it has no display_information")
    return parse_manifest(content)


def parse_manifest(content: JSON) -> Manifest:
    """Turn a manifest's content into what the local Slack needs of it."""
    display = content["display_information"]
    features = content.get("features") or {}
    settings = content.get("settings") or {}
    home = features.get("app_home") or {}
    agent = features.get("agent_view") or {}
    return Manifest(
        name=display["name"],
        bot_name=features.get("bot_user", {}).get("display_name", display["name"]),
        description=display.get("description", ""),
        scopes=_scopes(content.get("oauth_config", {}).get("scopes", {})),
        events=frozenset(settings.get("event_subscriptions", {}).get("bot_events", [])),
        commands=tuple(features.get("slash_commands", [])),
        shortcuts=tuple(features.get("shortcuts", [])),
        interactive=bool(settings.get("interactivity", {}).get("is_enabled", False)),
        home_tab=bool(home.get("home_tab_enabled", False)),
        messages_tab=bool(home.get("messages_tab_enabled", False)),
        agent_view="agent_view" in features,
        agent=not features.keys().isdisjoint({"agent_view", "assistant_view"}),
        suggested_prompts=tuple(agent.get("suggested_prompts", [])),
        unfurl_domains=tuple(features.get("unfurl_domains", [])),
        functions=dict(content.get("functions") or {}),
    )


def _scopes(scopes: dict[str, Any]) -> frozenset[str]:
    return frozenset([*scopes.get("bot", []), *scopes.get("bot_optional", [])])
