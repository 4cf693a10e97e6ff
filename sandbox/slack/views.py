"""Modals and home views: who sees which, and in which order."""

from __future__ import annotations

from typing import Literal

from sandbox.slack.blocks import checked_view
from sandbox.slack.composing import Composer
from sandbox.slack.errors import JSON, SlackError
from sandbox.slack.ids import Ids
from sandbox.slack.live import Live
from sandbox.slack.model import View
from sandbox.slack.rendering import Rendering
from sandbox.slack.workspace import Workspace

_DEEPEST = 3


class Views:
    """The stack of modals of every person (three at most, the visible one last) and their home views."""

    def __init__(self, workspace: Workspace, rendering: Rendering, live: Live, ids: Ids, composer: Composer) -> None:
        self._workspace = workspace
        self._rendering = rendering
        self._live = live
        self._ids = ids
        self._composer = composer

    def stack(self, user: str) -> list[View]:
        """Return the person's open modals, the root first."""
        mine = {view.id: view for view in self._own() if view.user == user and view.kind == "modal"}
        roots = [view for view in mine.values() if view.previous_view_id not in mine]
        stack = roots[-1:]
        while stack and (above := [view for view in mine.values() if view.previous_view_id == stack[-1].id]):
            stack.append(above[-1])
        return stack

    def home(self, user: str) -> View | None:
        """Return the person's home view of the app, when there is one."""
        return next((view for view in self._own() if view.user == user and view.kind == "home"), None)

    def _own(self) -> list[View]:
        """Return the views of the app; a view of an earlier version names no app."""
        known = {None, self._workspace.bot.app_id}
        return [view for view in self._workspace.views.values() if view.app_id in known]

    def get(self, view_id: str) -> View:
        """Return an open view; raises `not_found`."""
        for view in self._own():
            if view.id == view_id:
                return view
        raise SlackError("not_found")

    def by_external_id(self, external_id: str) -> View:
        """Return the open view that the app gave this id; raises `not_found`."""
        for view in self._own():
            if view.content.get("external_id") == external_id:
                return view
        raise SlackError("not_found")

    def checked_modal(self, content: object) -> JSON:
        """Return a modal's content with its ids filled in; raises `invalid_arguments` or `view_too_large`."""
        return self._checked(content, "modal")

    def open(self, user: str, modal: JSON) -> View:
        """Open a checked modal in place of what the person had open."""
        for view in self.stack(user):
            self._workspace.remove_view(view)
        return self._place(user, modal, None)

    def push(self, user: str, modal: JSON) -> View:
        """Put a checked modal on top of the open one; raises `not_found` or `push_limit_reached`."""
        stack = self.stack(user)
        if not stack:
            raise SlackError("not_found")
        if len(stack) >= _DEEPEST:
            raise SlackError("push_limit_reached")
        return self._place(user, modal, stack[-1])

    def update(self, view: View, content: object, expected_hash: str | None) -> View:
        """Change an open view; raises `hash_conflict` when it is not any more the one that the app knew."""
        if expected_hash and expected_hash != view.hash:
            raise SlackError("hash_conflict")
        view.content = self._checked(content, view.kind, of=view)
        view.hash = self._new_hash()
        self._workspace.save(view)
        self._show(view.user, view.kind)
        return view

    def publish(self, user: str, content: object, expected_hash: str | None) -> View:
        """Set the person's home view; raises `hash_conflict`."""
        known = self.home(user)
        if known is not None:
            return self.update(known, content, expected_hash)
        return self._place(user, self._checked(content, "home"), None)

    def close(self, view: View, *, whole_stack: bool) -> None:
        """Close the visible modal, or all modals of its person."""
        for each in self.stack(view.user) if whole_stack else [view]:
            self._workspace.remove_view(each)
        self._show(view.user, "modal")

    def _checked(self, content: object, kind: str, of: View | None = None) -> JSON:
        checked = checked_view(content, kind, self._composer.block_id)
        external_id = checked.get("external_id")
        taken = [view for view in self._own() if view.content.get("external_id") == external_id]
        if external_id and any(view is not of for view in taken):
            raise SlackError("duplicate_external_id")
        return checked

    def _place(self, user: str, content: JSON, below: View | None) -> View:
        kind: Literal["modal", "home"] = "home" if content["type"] == "home" else "modal"
        view_id = self._ids.new("V")
        root = below.root_view_id if below else view_id
        app_id = self._workspace.bot.app_id
        view = View(view_id, user, kind, content, self._new_hash(), root, below.id if below else None, app_id)
        self._workspace.save(view)
        self._show(user, kind)
        return view

    def _new_hash(self) -> str:
        return f"{self._ids.ts().split('.')[0]}.{self._ids.secret()[:8]}"

    def _show(self, user: str, kind: str) -> None:
        if kind == "home":
            home = self.home(user)
            event: JSON = {"type": "home", "view": self._rendering.view(home) if home else None}
        else:
            event = {"type": "views", "views": [self._rendering.view(view) for view in self.stack(user)]}
        self._live.publish(event, frozenset({user}))
