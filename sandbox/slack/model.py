"""What a workspace is made of. Plain records; the rules are elsewhere."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from sandbox.slack.errors import JSON

ChannelKind = Literal["channel", "private", "im", "mpim"]
FileState = Literal["announced", "uploaded", "completed", "deleted"]
StreamState = Literal["in_progress", "completed", "errored"]


@dataclass(frozen=True)
class Team:
    """The workspace itself."""

    id: str
    name: str
    domain: str


@dataclass(frozen=True)
class User:
    """A person, the app's bot user, or Slackbot. Bots have a `bot_id`; Slackbot has no token.

    A guest is restricted; `home_team` is a stranger's own workspace, empty for everybody else.
    """

    id: str
    name: str
    real_name: str
    token: str = ""
    color: str = "9f69e7"
    tz: str = "Europe/London"
    tz_offset: int = 0
    bot_id: str | None = None
    app_id: str | None = None
    is_bot: bool = False
    deleted: bool = False
    locale: str = "en-GB"
    email: str = ""
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    home_team: str = ""


@dataclass
class Channel:
    """A public or private channel, or a direct message between `members`."""

    id: str
    name: str
    kind: ChannelKind
    members: list[str]
    created: int
    creator: str = ""
    topic: str = ""
    purpose: str = ""
    is_general: bool = False
    archived: bool = False
    is_ext_shared: bool = False
    pins: list[JSON] = field(default_factory=list)
    bookmarks: list[JSON] = field(default_factory=list)


@dataclass
class Message:
    """A message. `files` are ids, `reactions` map a name to the users in order, `recipient` marks an ephemeral one."""

    channel: str
    ts: str
    user: str
    text: str = ""
    subtype: str | None = None
    thread_ts: str | None = None
    blocks: list[JSON] = field(default_factory=list)
    attachments: list[JSON] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    reactions: dict[str, list[str]] = field(default_factory=dict)
    metadata: JSON | None = None
    edited: JSON | None = None
    bot_id: str | None = None
    app_id: str | None = None
    username: str | None = None
    icons: JSON | None = None
    client_msg_id: str | None = None
    recipient: str | None = None
    stream: StreamState | None = None
    stream_started: float = 0.0
    stream_text: str = ""
    stopped_by_user: bool = False
    inviter: str | None = None


@dataclass
class StoredFile:
    """A file from its upload ticket to its tombstone. `shares` are `{"channel", "ts", "thread_ts"?}`.

    A canvas has its sections and who may do what in `canvas`, and no bytes.
    """

    id: str
    name: str
    size: int
    user: str
    created: int
    mimetype: str
    filetype: str
    title: str = ""
    alt_txt: str | None = None
    ticket: str = ""
    state: FileState = "announced"
    shares: list[JSON] = field(default_factory=list)
    canvas: JSON | None = None


@dataclass
class View:
    """A modal or home view that `user` sees. `content` is what the app gave, with ids filled in."""

    id: str
    user: str
    kind: Literal["modal", "home"]
    content: JSON
    hash: str
    root_view_id: str
    previous_view_id: str | None = None
    app_id: str | None = None
