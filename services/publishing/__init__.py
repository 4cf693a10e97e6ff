"""Every write to Slack. The contract is here; rendering is pure and stands beside it, one module per surface."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from services.publishing.budget import EditBudget, WorkspaceBudget
from services.publishing.message import Edit, Mark, Message, Priority, Upload

__all__ = ["Edit", "EditBudget", "Mark", "Message", "Priority", "Publisher", "Upload", "WorkspaceBudget"]


class Publisher(Protocol):
    """Writes to one workspace.

    A `key` names one thing that is to be in Slack, starting with the id of the recap or question it belongs to and a
    colon. `post` and `upload` with a key that is in Slack already write nothing and return what is there, also when
    the process died between writing and remembering it. One key is never written by two tasks at once.
    Times in Slack (`ts`) are strings. Edits go through `budget`, which the whole workspace shares.

    Raises UserError where the channel or the workspace does not let us write (its sentence says why and what to do),
    RetryableError where Slack is busy or away, OperatorError where our token or a scope is at fault, naming the scope.
    `react`, `unreact` and `status` are decoration: what goes wrong with them is logged and nothing is raised.
    """

    @property
    def budget(self) -> WorkspaceBudget:
        """What the workspace takes from us in a minute."""
        ...

    async def post(
        self,
        key: str,
        *,
        channel: str,
        thread_ts: str | None,
        message: Message,
        priority: Priority = Priority.RESULT,
    ) -> str:
        """Post once under that key, when it is its turn in the channel; returns the message's ts.

        Results go before what only begins to show progress.
        """
        ...

    async def update(self, channel: str, ts: str, message: Message, *, priority: Priority = Priority.RESULT) -> Edit:
        """Replace a message's content. A result waits for room in the budget; progress without room is not sent."""
        ...

    async def upload(
        self, key: str, *, channel: str, thread_ts: str | None, files: Sequence[Upload], comment: str = ""
    ) -> tuple[str, ...]:
        """Share the files in one post, once under that key; returns the files' ids in their order.

        `comment` is mrkdwn. UserError also where the workspace does not take such files.
        """
        ...

    async def delete(self, subject: str) -> None:
        """Delete all posts and files whose keys begin with `subject` and a colon; what is gone already is fine."""
        ...

    async def ephemeral(self, channel: str, user: str, message: Message, *, thread_ts: str | None = None) -> None:
        """Show a message to one person only; it is not kept by Slack and cannot be edited."""
        ...

    async def respond(self, response_url: str, message: Message, *, replace: bool = False) -> None:
        """Answer a command or shortcut privately, also where we are not a member; within 30 minutes, five times.

        `replace` puts the answer in the place of the message whose button was pressed.
        """
        ...

    async def open_view(self, trigger_id: str, view: dict[str, Any], *, over: bool = False) -> None:
        """Open a modal within the three seconds that a trigger lives. UserError when it was too late.

        `over`: the press was in a modal, and this one goes on top of it.
        """
        ...

    async def react(self, channel: str, ts: str, mark: Mark) -> None:
        """Put our reaction on a message."""
        ...

    async def unreact(self, channel: str, ts: str, mark: Mark) -> None:
        """Take our reaction away."""
        ...

    async def status(self, channel: str, thread_ts: str, words: str) -> None:
        """Say under a thread what we are doing, for up to two minutes; empty words clear it."""
        ...
