"""What outlives a restart beside the records of workspaces: workspaces, apps, installations and tokens."""

from __future__ import annotations

import asyncio
import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sandbox.slack.errors import JSON
from sandbox.slack.manifest import app_manifest
from sandbox.slack.tokens import Grant

if TYPE_CHECKING:
    from sandbox.slack.directory import Directory


class DirectoryFile:
    """One JSON file in the state folder, replaced whole. Without a folder nothing is written."""

    def __init__(self, folder: Path | None) -> None:
        self._path = folder / "directory.json" if folder else None
        self._written = ""
        self._writing = asyncio.Lock()

    async def read(self) -> JSON | None:
        """Return what an earlier run wrote, None when there was none."""
        if self._path is None or not await asyncio.to_thread(self._path.is_file):
            return None
        self._written = await asyncio.to_thread(self._path.read_text, encoding="utf-8")
        found: JSON = json.loads(self._written)
        return found

    async def write(self, directory: Directory) -> None:
        """Write down what changed; on return it is on disk."""
        if self._path is None:
            return
        async with self._writing:
            content = json.dumps(_dump(directory), indent=1)
            if content != self._written:
                await asyncio.to_thread(_replace, self._path, content)
                self._written = content


async def restore(directory: Directory, content: JSON) -> None:
    """Register an earlier run's further apps, open its further workspaces, and make its tokens what they were."""
    for manifest in content["apps"]:
        directory.register(app_manifest(manifest), source=manifest)
    for team in content["workspaces"]:
        await directory.open_workspace(team["name"], team["domain"])
    for place in content["installations"]:
        seat = directory.seat(place["team"], place["app"])
        directory.installer.restore(seat, _scopes(place["scopes"]), place["installer"], active=place["active"])
    for grant in content["grants"]:
        directory.tokens.add(_grant(grant))
    for token, used, grant in content["refreshes"]:
        directory.tokens.add_refresh(token, _grant(grant), used=used)


def _dump(directory: Directory) -> JSON:
    teams = [parts.workspace.team for parts in directory.workspaces.values()]
    return {
        "apps": [app.source for app in list(directory.apps.values())[1:]],
        "workspaces": [{"name": team.name, "domain": team.domain} for team in teams[1:]],
        "installations": [
            {
                "team": seat.workspace.team.id,
                "app": seat.app.id,
                "active": seat.installation.active,
                "installer": seat.installation.installer,
                "scopes": _listed(seat.installation.scopes),
            }
            for seat in directory.seats()
            if seat.installation.installer
        ],
        "grants": [_shown(grant) for grant in directory.tokens.of_apps()],
        "refreshes": [[token, item.used, _shown(item.grant)] for token, item in directory.tokens.refreshes()],
    }


def _shown(grant: Grant) -> JSON:
    return {**asdict(grant), "scopes": _listed(grant.scopes)}


def _grant(content: dict[str, Any]) -> Grant:
    return Grant(**{**content, "scopes": _scopes(content["scopes"])})


def _listed(scopes: frozenset[str] | None) -> list[str] | None:
    return None if scopes is None else sorted(scopes)


def _scopes(listed: list[str] | None) -> frozenset[str] | None:
    return None if listed is None else frozenset(listed)


def _replace(path: Path, content: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_text(content, encoding="utf-8")
    part.replace(path)
