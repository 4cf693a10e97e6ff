"""What a message says: the arguments text, markdown_text, blocks, attachments and metadata, checked."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from sandbox.slack.arguments import Arguments
from sandbox.slack.blocks import MARKDOWN_CHARACTERS, checked_blocks
from sandbox.slack.errors import JSON, SlackError
from sandbox.slack.ids import Ids
from sandbox.slack.model import Message
from sandbox.slack.richtext import normalize, rich_text
from sandbox.slack.workspace import Workspace

_MOST_TEXT = 40_000
_MOST_ATTACHMENTS = 100
# Slack gives no figure for metadata; this is far above what is sensible.
_MOST_METADATA = 65_536


@dataclass(frozen=True)
class Content:
    """What a message says. `metadata` None leaves it as it was, an empty object removes it."""

    text: str
    blocks: list[JSON]
    attachments: list[JSON]
    metadata: JSON | None

    def fill(self, message: Message) -> None:
        """Put this content into a message."""
        message.text, message.blocks, message.attachments = self.text, self.blocks, self.attachments
        if self.metadata is not None:
            message.metadata = self.metadata or None


class Composer:
    """Makes content of arguments, as `chat.postMessage` and its relatives understand them."""

    def __init__(self, workspace: Workspace, ids: Ids) -> None:
        self._workspace = workspace
        self._ids = ids

    def content(self, args: Arguments, *, most_text: int | None = None, may_be_empty: bool = False) -> Content:
        """Return what the arguments say. Text above 40,000 characters is cut, above `most_text` refused.

        Raises:
            SlackError: `no_text`, `msg_too_long`, `markdown_text_conflict`, `too_many_attachments`,
                `invalid_attachments`, `invalid_metadata_format`, `metadata_too_large` or what blocks may cause.
        """
        markdown = args.text("markdown_text")
        blocks = args.structure("blocks", "invalid_blocks_format")
        text = args.text("text") or ""
        if markdown is not None:
            if text or blocks:
                raise SlackError("markdown_text_conflict")
            if len(markdown) > MARKDOWN_CHARACTERS:
                raise SlackError("msg_too_long")
            text, blocks = markdown, [{"type": "markdown", "text": markdown}]
        attachments = _attachments(args)
        if not (text.strip() or blocks or attachments or may_be_empty):
            raise SlackError("no_text")
        if most_text is not None and len(text) > most_text:
            raise SlackError("msg_too_long")
        named = args.flag("link_names") or args.text("parse") == "full"
        stored = text if markdown else normalize(text[:_MOST_TEXT], self._mention if named else None)
        checked = checked_blocks(blocks, self.block_id) if blocks else rich_text(stored, self.block_id())
        return Content(stored, checked, attachments, _metadata(args))

    def block_id(self) -> str:
        """Return an id like those that Slack gives to blocks without one."""
        return self._ids.secret()[:5]

    def _mention(self, sign: str, name: str) -> str | None:
        wanted = name.lower()
        if sign == "@":
            if wanted in {"here", "channel", "everyone"}:
                return f"<!{wanted}>"
            users = (user for user in self._workspace.users.values() if wanted == user.name)
            user = next(users, None)
            return f"<@{user.id}>" if user else None
        channels = (channel for channel in self._workspace.channels.values() if channel.name == wanted)
        channel = next(channels, None)
        return f"<#{channel.id}|{channel.name}>" if channel else None


def _attachments(args: Arguments) -> list[JSON]:
    attachments = args.structure("attachments", "invalid_attachments") or []
    if not isinstance(attachments, list) or not all(isinstance(item, dict) for item in attachments):
        raise SlackError("invalid_attachments")
    if len(attachments) > _MOST_ATTACHMENTS:
        raise SlackError("too_many_attachments")
    return [{"id": number, **item} for number, item in enumerate(attachments, 1)]


def _metadata(args: Arguments) -> JSON | None:
    metadata: Any = args.structure("metadata", "invalid_metadata_format")
    if metadata is None:
        return None
    if metadata == {}:
        return {}
    if not isinstance(metadata, dict) or not isinstance(metadata.get("event_payload"), dict):
        raise SlackError("invalid_metadata_format")
    if not re.fullmatch(r"[A-Za-z0-9_.:-]{1,255}", str(metadata.get("event_type", ""))):
        raise SlackError("invalid_metadata_schema")
    if len(json.dumps(metadata)) > _MOST_METADATA:
        raise SlackError("metadata_too_large")
    return metadata
