"""Streamed messages: begun, added to for at most five minutes, ended."""

from __future__ import annotations

from typing import Any

from sandbox.slack.arguments import Arguments
from sandbox.slack.blocks import MARKDOWN_CHARACTERS, checked_blocks
from sandbox.slack.clock import Clock
from sandbox.slack.composing import Composer
from sandbox.slack.errors import JSON, SlackError
from sandbox.slack.messaging import Messaging
from sandbox.slack.model import Message
from sandbox.slack.rendering import Rendering

# Slack ends a stream about five minutes after its start, however often it is added to.
_LIFETIME_SECONDS = 300.0


class Streams:
    """The state machine of a streamed message: in progress, then completed (by the app, a person or time)."""

    def __init__(self, messaging: Messaging, rendering: Rendering, composer: Composer, clock: Clock) -> None:
        self._messaging = messaging
        self._rendering = rendering
        self._composer = composer
        self._clock = clock

    def start(self, message: Message, args: Arguments) -> None:
        """Post a message that text will be added to."""
        message.stream, message.stream_started = "in_progress", self._clock.now()
        self._add(message, args)
        self._messaging.post(message)

    def append(self, message: Message, args: Arguments) -> None:
        """Add text or chunks; raises `message_not_in_streaming_state`, `stopped_by_user` or `invalid_chunks`."""
        if message.stopped_by_user:
            raise SlackError("stopped_by_user")
        self._require_running(message)
        self._add(message, args)
        self._messaging.keep(message)

    def stop(self, message: Message, args: Arguments) -> None:
        """Add what is left and end the stream; blocks of the call come after the text."""
        self._require_running(message)
        previous = self._rendering.message(message)
        self._add(message, args)
        blocks = args.structure("blocks", "invalid_blocks_format")
        if blocks:
            message.blocks = checked_blocks([*message.blocks, *blocks], self._composer.block_id)
        content = self._composer.content(Arguments({"metadata": args.values.get("metadata")}), may_be_empty=True)
        message.metadata = content.metadata or message.metadata
        message.stream = "completed"
        self._messaging.changed(message, previous)

    def stop_by_user(self, message: Message) -> None:
        """End a stream because a person pressed Stop."""
        previous = self._rendering.message(message)
        message.stream, message.stopped_by_user = "completed", True
        self._messaging.changed(message, previous)

    def is_running(self, message: Message) -> bool:
        """Return whether a message is being streamed; one that is too old ends here."""
        expired = self._clock.now() - message.stream_started > _LIFETIME_SECONDS
        if message.stream == "in_progress" and expired:
            message.stream = "completed"
            self._messaging.keep(message)
        return message.stream == "in_progress"

    def _require_running(self, message: Message) -> None:
        if not self.is_running(message):
            raise SlackError("message_not_in_streaming_state")

    def _add(self, message: Message, args: Arguments) -> None:
        blocks = list(message.blocks)
        text = message.stream_text
        for chunk in _chunks(args):
            kind = chunk.get("type")
            if kind == "markdown_text" and isinstance(chunk.get("text"), str):
                text += chunk["text"]
                _put(blocks, {"type": "markdown", "block_id": "text", "text": text[:MARKDOWN_CHARACTERS]})
            elif kind == "task_update" and chunk.get("id"):
                _put(blocks, _task(chunk))
            elif kind == "plan_update" and chunk.get("title"):
                _put(blocks, {"type": "plan", "block_id": "plan", "title": chunk["title"], "tasks": []})
            elif kind == "blocks" and isinstance(chunk.get("blocks"), list):
                blocks += checked_blocks(chunk["blocks"], self._composer.block_id)
            else:
                raise SlackError("invalid_chunks")
        message.blocks = checked_blocks(blocks, self._composer.block_id)
        message.stream_text = message.text = text


def _chunks(args: Arguments) -> list[JSON]:
    text = args.text("markdown_text") or ""
    if len(text) > MARKDOWN_CHARACTERS:
        raise SlackError("msg_too_long")
    chunks: Any = args.structure("chunks", "invalid_chunks") or []
    if not isinstance(chunks, list) or not all(isinstance(chunk, dict) for chunk in chunks):
        raise SlackError("invalid_chunks")
    return [*([{"type": "markdown_text", "text": text}] if text else []), *chunks]


def _task(chunk: JSON) -> JSON:
    task = {"type": "task_card", "block_id": f"task-{chunk['id']}", "task_id": chunk["id"]}
    shown: JSON = {"title": chunk.get("title") or "Task", "status": chunk.get("status") or "pending"}
    for name in ("details", "output"):
        if chunk.get(name):
            shown[name] = _paragraph(chunk[name])
    return {**task, **shown, **({"sources": chunk["sources"]} if chunk.get("sources") else {})}


def _paragraph(content: object) -> object:
    if not isinstance(content, str):
        return content
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": content}]}
    return {"type": "rich_text", "elements": [section]}


def _put(blocks: list[JSON], block: JSON) -> None:
    """Replace the block with the same id, or add this one at the end."""
    for index, known in enumerate(blocks):
        if known["block_id"] == block["block_id"]:
            blocks[index] = block
            return
    blocks.append(block)
