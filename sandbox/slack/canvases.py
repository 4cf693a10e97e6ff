"""Canvases: documents of markdown sections, alone or as the tab of a channel."""

from __future__ import annotations

import html
import re
from typing import Any

from sandbox.slack.clock import Clock
from sandbox.slack.errors import JSON, SlackError
from sandbox.slack.ids import Ids
from sandbox.slack.model import StoredFile, User
from sandbox.slack.workspace import Workspace

# The limit of the method reference for the markdown of one call; a whole canvas may be as long here.
MOST_CHARACTERS = 1_048_576
_PIECES = re.compile(r"```.*?(?:```|\Z)|^#{1,3} [^\n]*$|(?:(?!^#{1,3} |^```)[^\n]+\n?)+", re.DOTALL | re.MULTILINE)
_LEVELS = {"read": 1, "write": 2, "owner": 3}


class Canvases:
    """Makes and changes canvases.

    A canvas is a file of type `quip`, as in Slack, whose `canvas` holds `sections` (`id`, `type` h1, h2, h3
    or paragraph, `markdown`), `access` (an id's level) and `channel`.
    """

    def __init__(self, workspace: Workspace, ids: Ids, clock: Clock) -> None:
        self._workspace = workspace
        self._ids = ids
        self._clock = clock

    def create(self, owner: User, title: str, markdown: str, channel: str | None) -> StoredFile:
        """Make a canvas; with `channel` it is that channel's tab, which its members may write to."""
        access = {owner.id: "owner"} | ({channel: "write"} if channel else {})
        canvas: JSON = {"sections": self._sections(markdown), "access": access, "channel": channel}
        file = StoredFile(
            id=self._ids.new("F"),
            name=title or "Untitled",
            title=title or "Untitled",
            size=len(markdown),
            user=owner.id,
            created=int(self._clock.now()),
            mimetype="application/vnd.slack-docs",
            filetype="quip",
            state="completed",
            canvas=canvas,
        )
        self._workspace.save(file)
        return file

    def get(self, canvas_id: str, user: str, level: str) -> StoredFile:
        """Return a canvas on which `user` may do what `level` (read, write, owner) allows.

        Raises:
            SlackError: `canvas_not_found`, or `restricted_action` when the user may only do less.
        """
        file = self._workspace.files.get(canvas_id)
        if file is None or file.canvas is None or file.state != "completed":
            raise SlackError("canvas_not_found")
        held = self.level(user, file)
        if held == 0:
            raise SlackError("canvas_not_found")
        if held < _LEVELS[level]:
            raise SlackError("restricted_action")
        return file

    def level(self, user: str, file: StoredFile) -> int:
        """Return what a user may do: 0 nothing, 1 read, 2 write, 3 everything."""
        held = 0
        for holder, level in (file.canvas or {"access": {}})["access"].items():
            channel = self._workspace.channels.get(holder)
            if holder == user or (channel is not None and user in channel.members):
                held = max(held, _LEVELS[level])
        return held

    def of_channel(self, channel: str) -> StoredFile | None:
        """Return the canvas that is a channel's tab."""
        files = [file for file in self._workspace.files.values() if file.canvas and file.state == "completed"]
        return next((file for file in files if (file.canvas or {})["channel"] == channel), None)

    def edit(self, file: StoredFile, change: JSON) -> None:
        """Apply one checked change; raises `canvas_editing_failed` or `canvas_too_large`."""
        canvas: JSON = file.canvas or {}
        operation, target = change["operation"], change.get("section_id")
        if operation == "rename":
            file.title = file.name = str(change["title_content"]["markdown"])
        else:
            new = self._sections(change["document_content"]["markdown"]) if operation != "delete" else []
            canvas["sections"] = _edited(canvas["sections"], operation, target, new)
        file.size = len(markdown_of(file))
        if file.size > MOST_CHARACTERS:
            raise SlackError("canvas_too_large")
        self._workspace.save(file)

    def grant(self, file: StoredFile, holders: list[str], level: str) -> None:
        """Let users and the members of channels read, write or own the canvas."""
        (file.canvas or {})["access"].update(dict.fromkeys(holders, level))
        self._workspace.save(file)

    def revoke(self, file: StoredFile, holders: list[str]) -> None:
        """Take access away again."""
        for holder in holders:
            (file.canvas or {})["access"].pop(holder, None)
        self._workspace.save(file)

    def _sections(self, markdown: str) -> list[JSON]:
        pieces = [piece.strip("\n") for piece in _PIECES.findall(markdown) if piece.strip()]
        return [{"id": f"temp:C:{self._ids.secret()}", "type": _kind(piece), "markdown": piece} for piece in pieces]


def markdown_of(file: StoredFile) -> str:
    """Return a canvas as one markdown text."""
    sections: list[JSON] = (file.canvas or {"sections": []})["sections"]
    return "\n\n".join(section["markdown"] for section in sections)


def canvas_page(file: StoredFile) -> str:
    """Return the page that a canvas downloads as: its markdown, not rendered, one element per section."""
    sections: list[JSON] = (file.canvas or {"sections": []})["sections"]
    body = "".join(f'<pre id="{section["id"]}">{html.escape(section["markdown"])}</pre>' for section in sections)
    return f"<!DOCTYPE html><html><head><title>{html.escape(file.title)}</title></head><body>{body}</body></html>"


def _kind(piece: str) -> str:
    heading = re.match(r"(#{1,3}) ", piece)
    return f"h{len(heading[1])}" if heading else "paragraph"


def _edited(sections: list[JSON], operation: str, target: object, new: list[JSON]) -> list[JSON]:
    if operation == "insert_at_start":
        return [*new, *sections]
    if operation == "insert_at_end":
        return [*sections, *new]
    if operation == "replace" and target is None:
        return new
    places: list[Any] = [section["id"] for section in sections]
    if target not in places:
        raise SlackError("canvas_editing_failed", detail="section not found")
    at = places.index(target)
    before, after = sections[:at], sections[at + 1 :]
    if operation == "insert_before":
        return [*before, *new, sections[at], *after]
    if operation == "insert_after":
        return [*before, sections[at], *new, *after]
    return [*before, *new, *after]
