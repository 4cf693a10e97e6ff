"""What can be asked of Earshot.

Each request's `id` is the identity of the act in Slack, so that an act that is delivered again starts nothing again.
"""

from __future__ import annotations

import hashlib
from enum import StrEnum

from services.vocabulary.base import Strict, Value
from services.vocabulary.manner import Manner
from services.vocabulary.recap import Length
from services.vocabulary.source import Link


class RecapRequest(Value):
    """Recap one shared file, or what one link leads to.

    `thread_ts` is where to answer, `ts` the message that gets the reactions. `arrived` orders the waiting line: the
    seconds of the act. `name` is the file's as it was shared, or the link's address. `language` is the one that the
    recap was asked for in, ISO 639-1. `attached` is the file of a transcript that a person gave for it, of the form
    `attached_kind` (see `services.media.captions`). `audio` False wants nothing spoken. `again`: the person knows that
    there is a recap already and wants another. `preferred` names the fields that nobody asked for this time: they are
    as the person likes them in general.
    """

    team: str
    channel: str
    thread_ts: str
    ts: str
    user: str
    arrived: float
    file_id: str = ""
    link: Link | None = None
    name: str = ""
    language: str | None = None
    length: Length | None = None
    attached: str = ""
    attached_kind: str = ""
    audio: bool = True
    again: bool = False
    preferred: tuple[str, ...] = ()

    @property
    def direct(self) -> bool:
        """Whether it was shared in a conversation with us alone."""
        return self.channel.startswith("D")

    @property
    def id(self) -> str:
        """team:channel:ts:media."""
        media = self.file_id or (hashlib.sha256(self.link.identity.encode()).hexdigest()[:16] if self.link else "")
        return f"{self.team}:{self.channel}:{self.ts}:{media}"


class QuestionRequest(Value):
    """Answer a question that was asked in a recap's thread, or of us alone.

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

    @property
    def direct(self) -> bool:
        """Whether it was asked in a conversation with us alone."""
        return self.channel.startswith("D")


class Stop(Value):
    """End what goes on in a thread: Stop was pressed in the agent session. `act` is the identity of the press."""

    team: str
    channel: str
    thread_ts: str
    user: str
    act: str

    @property
    def id(self) -> str:
        """team:channel:thread:stop:act."""
        return f"{self.team}:{self.channel}:{self.thread_ts}:stop:{self.act}"


class Welcome(Value):
    """A person opened the agent chat, `channel`, in the `hour` (of Unix time) of theirs that counts as one visit."""

    team: str
    channel: str
    user: str
    hour: int

    @property
    def id(self) -> str:
        """team:channel:welcome:hour, so that a person is welcomed once in it, however often they come."""
        return f"{self.team}:{self.channel}:welcome:{self.hour}"


class Summons(Value):
    """Find the recording that a person means, then recap it.

    `act` is the identity of the act: a message's ts, or the trigger of a command or shortcut. What is meant is the
    first of: `file_ids`, `picked` (a file's id, which may be one that the person must not see), `urls`, the Slack link
    in `text`, the files of `thread_ts`. `language`, `length` and `first` (how many of a playlist or feed) are as in the
    words beside the link. `response_url` reaches the person where the bot is not a member; without it an ephemeral
    message does. `ts` is the message with the recording, where there is one. `direct`: the recap is for the person
    alone. `quiet`: nothing is said where nothing is found. `abroad`: the channel is shared with another organization.
    `audio`, `again` and `preferred` are as in a `RecapRequest`. `chosen`: the person was asked for language, length and
    audio.
    """

    team: str
    channel: str
    user: str
    act: str
    arrived: float
    text: str = ""
    file_ids: tuple[str, ...] = ()
    picked: str = ""
    urls: tuple[str, ...] = ()
    language: str | None = None
    length: Length | None = None
    first: int | None = None
    thread_ts: str | None = None
    ts: str | None = None
    response_url: str | None = None
    audio: bool = True
    again: bool = False
    preferred: tuple[str, ...] = ()
    direct: bool = False
    quiet: bool = False
    abroad: bool = False
    chosen: bool = False

    @property
    def id(self) -> str:
        """team:channel:act:summons."""
        return f"{self.team}:{self.channel}:{self.act}:summons"


class Again(Strict):
    """A wish for a recording that there is a recap of, as a button carries it: for another recap all the same."""

    url: str = ""
    file_id: str = ""
    language: str | None = None
    length: Length | None = None
    audio: bool = True
    direct: bool = False


class MannerChange(Value):
    """A person wants another manner in a channel. `act` is the identity of the act."""

    team: str
    channel: str
    user: str
    act: str
    manner: Manner
    response_url: str | None = None

    @property
    def id(self) -> str:
        """team:channel:act:manner."""
        return f"{self.team}:{self.channel}:{self.act}:manner"


class OutputRequest(Value):
    """Write one output of a finished recap. `press` is the identity of the press that asked for it again."""

    recap_id: str
    name: str
    channel: str
    thread_ts: str
    press: str = ""

    @property
    def id(self) -> str:
        """recap:output:name, and the press."""
        return f"{self.recap_id}:output:{self.name}" + (f":{self.press}" if self.press else "")

    @property
    def team(self) -> str:
        """The workspace that the recap belongs to."""
        return self.recap_id.partition(":")[0]

    @property
    def value(self) -> str:
        """What a button that asks for it carries."""
        return f"{self.recap_id}|{self.name}"


class Attachment(Value):
    """A transcript that a person put into a thread, for the recording there that could not be read.

    `kind` is its form (see `services.media.captions`), `ts` the message that holds it.
    """

    team: str
    channel: str
    thread_ts: str
    ts: str
    user: str
    file_id: str
    kind: str


class Act(StrEnum):
    """What the buttons of a recap do; `GIVE_UP` is our own, for work that the engine does not try any more."""

    CANCEL = "cancel"
    RETRY = "retry"
    DELETE = "delete"
    GIVE_UP = "give-up"


class Control(Value):
    """A button of a recap was pressed. `press` is the identity of the press.

    A retry can bring a transcript, `attached`, in the form `attached_kind`.
    """

    act: Act
    recap_id: str
    team: str
    channel: str
    user: str
    press: str
    attached: str = ""
    attached_kind: str = ""

    @property
    def id(self) -> str:
        """recap:act:press."""
        return f"{self.recap_id}:{self.act}:{self.press}"
