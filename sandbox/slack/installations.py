"""An app's place in a workspace."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Installation:
    """Whether an app is installed in a workspace, by whom, and with which scopes (None means all)."""

    active: bool = False
    installer: str = ""
    scopes: frozenset[str] | None = None
