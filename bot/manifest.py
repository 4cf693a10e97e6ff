"""The app's manifest, as it is for Socket Mode, and as it is where Slack calls us over HTTP."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from services.vocabulary.errors import OperatorError, UserError

INSTALL_PATH, REDIRECT_PATH, EVENTS_PATH = "/slack/install", "/slack/oauth_redirect", "/slack/events"
_FILE = Path(__file__).resolve().parents[1] / "manifest.yml"


def read_manifest() -> dict[str, Any]:
    """The manifest of the checkout. Reads a file. Raises OperatorError where it is missing."""
    try:
        manifest: dict[str, Any] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    except OSError as error:
        raise OperatorError(f"{_FILE} is missing; it comes with Earshot") from error
    return manifest


def scopes_of(manifest: dict[str, Any]) -> tuple[str, ...]:
    """All scopes that the bot asks for, the optional ones last. Slack knows from the app's settings which those are."""
    scopes = manifest["oauth_config"]["scopes"]
    return tuple(dict.fromkeys([*scopes["bot"], *scopes.get("bot_optional", ())]))


def over_http(manifest: dict[str, Any], url: str) -> dict[str, Any]:
    """The manifest for an Earshot that Slack calls at `url`, where people can install it, too."""
    events_url = url.rstrip("/") + EVENTS_PATH
    features, settings = dict(manifest["features"]), dict(manifest["settings"])
    features["slash_commands"] = [command | {"url": events_url} for command in features["slash_commands"]]
    settings["event_subscriptions"] = {"request_url": events_url, **settings["event_subscriptions"]}
    settings["interactivity"] = {**settings["interactivity"], "request_url": events_url}
    settings["socket_mode_enabled"] = False
    oauth = {"redirect_urls": [url.rstrip("/") + REDIRECT_PATH], **manifest["oauth_config"]}
    return manifest | {"features": features, "settings": settings, "oauth_config": oauth}


def unfurling(manifest: dict[str, Any], public_url: str) -> dict[str, Any]:
    """The manifest for an Earshot whose player is at `public_url`: Slack tells it of links there."""
    host = urlsplit(public_url).hostname or ""
    return manifest | {"features": manifest["features"] | {"unfurl_domains": [host]}}


def print_manifest(url: str | None, public_url: str | None) -> None:
    """Write it to standard output as YAML, for HTTP where a `url` is given. Raises OperatorError, UserError.

    `public_url` is where the player is, None where it cannot be reached; with HTTP it is at `url` unless it is said.
    """
    manifest = read_manifest()
    if url is not None:
        if not url.startswith("https://"):
            raise UserError("Give the address with https://, for Slack calls no other.")
        manifest = over_http(manifest, url)
    if player := public_url or url:
        manifest = unfurling(manifest, player)
    sys.stdout.write(yaml.safe_dump(manifest, sort_keys=False, allow_unicode=True, width=120))
