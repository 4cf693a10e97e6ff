"""What can be asked of Earshot.

Each request's `id` is the identity of the act in Slack, so that an act that is delivered again starts nothing again.
"""

from __future__ import annotations

from enum import StrEnum

from services.vocabulary.base import Value


class RecapRequest(Value):
    """Recap one shared file. `thread_ts` is where to answer, `ts` the message that gets the reactions.

    `arrived` orders the waiting line: the seconds of the act. `source` is the file's name as it was shared.
    """

    team: str
    channel: str
    thread_ts: str
    ts: str
    user: str
    file_id: str
    arrived: float
    name: str = ""
    language: str | None = None

    @property
    def id(self) -> str:
        """team:channel:ts:media."""
        return f"{self.team}:{self.channel}:{self.ts}:{self.file_id}"


class QuestionRequest(Value):
    """Answer a question that was asked in a recap's thread.

    `act` is the identity of the act: the ts of the reply, or the view that it was typed into. `quoted`: the thread
    does not show the question, so the answer repeats it.
    """

    team: str
    channel: str
    thread_ts: str
    act: str
    user: str
    text: str
    quoted: bool = False

    @property
    def id(self) -> str:
        """team:channel:act:question."""
        return f"{self.team}:{self.channel}:{self.act}:question"


class Summons(Value):
    """Find the recording that a person means, then recap it.

    `act` is the identity of the act: a message's ts, or the trigger of a command or shortcut. What is meant is the
    first of: `file_ids`, the Slack link in `text`, the files of `thread_ts`. `response_url` reaches the person where
    the bot is not a member; without it an ephemeral message does. `ts` is the person's own message, where there is one.
    """

    team: str
    channel: str
    user: str
    act: str
    arrived: float
    text: str = ""
    file_ids: tuple[str, ...] = ()
    thread_ts: str | None = None
    ts: str | None = None
    response_url: str | None = None

    @property
    def id(self) -> str:
        """team:channel:act:summons."""
        return f"{self.team}:{self.channel}:{self.act}:summons"


class Act(StrEnum):
    """What the buttons of a recap do."""

    CANCEL = "cancel"
    RETRY = "retry"
    DELETE = "delete"


class Control(Value):
    """A button of a recap was pressed. `press` is the identity of the press."""

    act: Act
    recap_id: str
    team: str
    channel: str
    user: str
    press: str

    @property
    def id(self) -> str:
        """recap:act:press."""
        return f"{self.recap_id}:{self.act}:{self.press}"
