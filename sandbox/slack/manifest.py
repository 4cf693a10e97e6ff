"""An app manifest, read as Slack reads it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from sandbox.slack.errors import JSON


@dataclass(frozen=True)
class Endpoints:
    """The addresses at which an app takes deliveries over HTTP; `commands` are those of single slash commands."""

    events: str | None = None
    interactivity: str | None = None
    options: str | None = None
    commands: tuple[tuple[str, str], ...] = ()
    other_commands: str | None = None

    def command(self, name: str) -> str | None:
        """Return the address for a slash command."""
        return dict(self.commands).get(name, self.other_commands)

    def all(self) -> set[str]:
        """Return every address."""
        known = {self.events, self.interactivity, self.options, self.other_commands, *dict(self.commands).values()}
        return {url for url in known if url}


def everything_at(url: str) -> Endpoints:
    """Return endpoints that are all at one address, as Bolt has them."""
    return Endpoints(events=url, interactivity=url, options=url, other_commands=url)


@dataclass(frozen=True)
class Manifest:
    """What the workspace lets the app do. `scopes` and `events` are None when nothing was said: then all is allowed.

    `endpoints` is None for an app with Socket Mode. `redirect_urls` None lets a sign-in lead to any address on this
    machine.
    """

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
    endpoints: Endpoints | None = None
    redirect_urls: tuple[str, ...] | None = None
    user_scopes: frozenset[str] = frozenset()
    token_rotation: bool = False

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
    oauth = content.get("oauth_config") or {}
    scopes = oauth.get("scopes") or {}
    redirects = oauth.get("redirect_urls")
    return Manifest(
        name=display["name"],
        bot_name=features.get("bot_user", {}).get("display_name", display["name"]),
        description=display.get("description", ""),
        scopes=_scopes(scopes, "bot"),
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
        endpoints=_endpoints(settings, features.get("slash_commands", [])),
        redirect_urls=None if redirects is None else tuple(redirects),
        user_scopes=_scopes(scopes, "user"),
        token_rotation=bool(settings.get("token_rotation_enabled", False)),
    )


def app_manifest(content: JSON) -> Manifest:
    """Return the manifest of an app that is registered with this content: a manifest's, or nothing but a `name`.

    Raises:
        ValueError: it is neither.
    """
    if content.keys() == {"name"}:
        return Manifest(name=str(content["name"]), bot_name=str(content["name"]))
    if "display_information" not in content:
        raise ValueError("an app manifest has display_information")
    return parse_manifest(content)


def _scopes(scopes: dict[str, Any], kind: str) -> frozenset[str]:
    return frozenset([*scopes.get(kind, []), *scopes.get(f"{kind}_optional", [])])


def _endpoints(settings: JSON, commands: list[JSON]) -> Endpoints | None:
    """Return the addresses for HTTP; None when Socket Mode is on, which goes first, or there are none."""
    interactivity = settings.get("interactivity", {})
    found = Endpoints(
        events=settings.get("event_subscriptions", {}).get("request_url"),
        interactivity=interactivity.get("request_url"),
        options=interactivity.get("message_menu_options_url"),
        commands=tuple((command["command"], command["url"]) for command in commands if command.get("url")),
    )
    return found if found.all() and not settings.get("socket_mode_enabled", False) else None
