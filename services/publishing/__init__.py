"""Every write to Slack. The contract is here; rendering is pure and stands beside it, one module per surface."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from services.publishing.agent import AgentSurface, Prompt, Session
from services.publishing.budget import EditBudget, WorkspaceBudget
from services.publishing.message import Edit, Mark, Message, Priority, Upload

__all__ = [
    "AgentSurface",
    "Block",
    "Edit",
    "EditBudget",
    "Mark",
    "Message",
    "Priority",
    "Prompt",
    "Publisher",
    "Session",
    "Stream",
    "Upload",
    "WorkspaceBudget",
]

Block = dict[str, Any]


class Stream(Protocol):
    """A message that people see being written, under one key of a `Publisher`; for one task.

    Where streaming is not possible, here or now, nothing is shown before `end`, which then posts. Where the process
    died in the middle, the same key again shows nothing more of it before `end`, which then puts the whole in the place
    of what was there: there is never a second message that says the same.
    """

    async def say(self, words: str) -> bool:
        """Show one more paragraph of Markdown. False where the reader pressed Stop: no more will be shown.

        Raises nothing: what Slack does not take now is shown at the end.
        """
        ...

    async def end(self, whole: Message, closing: Sequence[Block] = ()) -> str:
        """End it; the message's ts. Raises as `Publisher.post` and `update` do.

        `closing` goes under what was said, which says the same as `whole`; where that did not all arrive, `whole`
        takes its place.
        """
        ...

    async def halt(self) -> bool:
        """Leave what was shown as it is, and end it there, also for an earlier process; whether there was anything."""
        ...


class Publisher(Protocol):
    """Writes to one workspace.

    A `key` names one thing that is to be in Slack, starting with the id of the recap or question it belongs to and a
    colon. `post` and `upload` with a key that is in Slack already write nothing and return what is there, also when
    the process died between writing and remembering it. One key is never written by two tasks at once.
    Times in Slack (`ts`) are strings. Edits go through `budget`, which the whole workspace shares.

    Raises UserError where the channel or the workspace does not let us write (its sentence says why and what to do),
    RetryableError where Slack is busy or away, OperatorError where our token or a scope is at fault, naming the scope.
    `react`, `unreact` and all of `agent` are decoration: what goes wrong with them is logged and nothing is raised.
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

    @property
    def agent(self) -> AgentSurface:
        """What people see of our work while it goes on."""
        ...

    def stream(self, key: str, *, channel: str, thread_ts: str, reader: str) -> Stream:
        """A message in a thread that is shown while it is written, once under that key, for the user `reader`."""
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
