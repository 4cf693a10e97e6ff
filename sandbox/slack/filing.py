"""Files from the upload ticket to the tombstone."""

from __future__ import annotations

import asyncio
import mimetypes
from collections.abc import AsyncIterator
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from sandbox.slack.clock import Clock
from sandbox.slack.errors import SlackError
from sandbox.slack.events import Events
from sandbox.slack.ids import Ids
from sandbox.slack.messaging import Messaging
from sandbox.slack.model import Channel, Message, StoredFile, User
from sandbox.slack.workspace import Workspace

MOST_BYTES = 1024**3
_TYPES = {
    ".m4a": ("audio/mp4", "m4a"),
    ".mp3": ("audio/mpeg", "mp3"),
    ".wav": ("audio/wav", "wav"),
    ".ogg": ("audio/ogg", "ogg"),
    ".opus": ("audio/ogg", "opus"),
    ".flac": ("audio/flac", "flac"),
    ".aac": ("audio/aac", "aac"),
    ".webm": ("video/webm", "webm"),
    ".mp4": ("video/mp4", "mp4"),
    ".mov": ("video/quicktime", "mov"),
    ".mkv": ("video/x-matroska", "mkv"),
    ".srt": ("text/plain", "text"),
    ".vtt": ("text/vtt", "vtt"),
    ".md": ("text/plain", "markdown"),
    ".txt": ("text/plain", "text"),
}


class WrongLengthError(Exception):
    """The bytes that came are not as many as were announced."""


def file_type(name: str) -> tuple[str, str]:
    """Return the media type and Slack's file type that a name stands for; the content is never looked at."""
    suffix = PurePosixPath(name.lower()).suffix
    if suffix in _TYPES:
        return _TYPES[suffix]
    guessed = mimetypes.guess_type(name)[0]
    return guessed or "application/octet-stream", suffix.removeprefix(".") or "binary"


class Filing:
    """Keeps files in a folder and shares them in channels."""

    def __init__(
        self, *, workspace: Workspace, messaging: Messaging, events: Events, ids: Ids, clock: Clock, folder: Path
    ) -> None:
        self._workspace = workspace
        self._messaging = messaging
        self._events = events
        self._ids = ids
        self._clock = clock
        self._folder = folder

    def path(self, file: StoredFile) -> Path:
        """Return where the bytes of a file are."""
        return self._folder / file.id

    def announce(self, name: str, size: int, owner: User, alt_txt: str | None) -> StoredFile:
        """Make a ticket for an upload of `size` bytes; raises `file_upload_size_restricted` above 1 GB."""
        if size > MOST_BYTES:
            raise SlackError("file_upload_size_restricted")
        mimetype, filetype = file_type(name)
        file = StoredFile(
            id=self._ids.new("F"),
            name=name,
            size=size,
            user=owner.id,
            created=int(self._clock.now()),
            mimetype=mimetype,
            filetype=filetype,
            alt_txt=alt_txt,
            ticket=self._ids.secret(),
        )
        self._workspace.save(file)
        return file

    def by_ticket(self, ticket: str) -> StoredFile | None:
        """Return the file that still waits for its bytes under this ticket."""
        files = self._workspace.files.values()
        return next((file for file in files if file.ticket == ticket and file.state in {"announced", "uploaded"}), None)

    async def receive(self, file: StoredFile, chunks: AsyncIterator[bytes]) -> None:
        """Write the uploaded bytes to disk as they come.

        Raises:
            WrongLengthError: more or fewer bytes came than were announced; the ticket stays valid.
        """
        part = self._folder / f"{file.id}.{self._ids.secret()}.part"
        received = 0
        target = await asyncio.to_thread(_create, part)
        try:
            async for chunk in chunks:
                received += len(chunk)
                if received > file.size:
                    raise WrongLengthError(f"more than the {file.size} bytes that were announced")
                await asyncio.to_thread(target.write, chunk)
            if received != file.size:
                raise WrongLengthError(f"{received} bytes instead of {file.size}")
            await asyncio.to_thread(_finish, target, part, self.path(file))
        finally:
            await asyncio.to_thread(_discard, target, part)
        file.state = "uploaded"
        self._workspace.save(file)

    def complete(self, file: StoredFile, title: str | None) -> None:
        """Make an uploaded file visible to its owner."""
        file.state, file.title = "completed", title or file.name
        self._workspace.save(file)

    def share(self, files: list[StoredFile], message: Message, channel: Channel) -> None:
        """Post `message` with these files in it."""
        message.subtype, message.files = "file_share", [file.id for file in files]
        thread = {"thread_ts": message.thread_ts} if message.thread_ts else {}
        for file in files:
            file.shares.append({"channel": channel.id, "ts": message.ts, **thread})
            self._workspace.save(file)
        self._messaging.post(message)
        for file in files:
            self._events.file("file_shared", file, channel)

    async def delete(self, file: StoredFile) -> None:
        """Delete the bytes and leave a tombstone wherever the file was shared."""
        places = [self._workspace.channels[share["channel"]] for share in file.shares]
        known = [self._workspace.messages[share["channel"]].get(share["ts"]) for share in file.shares]
        before = [(message, self._messaging.shown(message)) for message in known if message is not None]
        file.state = "deleted"
        self._workspace.save(file)
        for message, previous in before:
            self._messaging.changed(message, previous)
        self._events.file_deleted(file, places)
        await asyncio.to_thread(self.path(file).unlink, missing_ok=True)

    def visible_to(self, user: str, file: StoredFile) -> bool:
        """Return whether a user may open a file: it is theirs or shared where they can look."""
        places = [share["channel"] for share in file.shares]
        holders = (file.canvas or {"access": {}})["access"]
        channels = [
            self._workspace.channels[place] for place in [*places, *holders] if place in self._workspace.channels
        ]
        return user in {file.user, *holders} or any(self._workspace.can_see(user, channel) for channel in channels)


def _create(path: Path) -> BinaryIO:
    path.parent.mkdir(parents=True, exist_ok=True)
    return path.open("wb")


def _finish(target: BinaryIO, part: Path, final: Path) -> None:
    target.close()
    part.replace(final)


def _discard(target: BinaryIO, part: Path) -> None:
    target.close()
    part.unlink(missing_ok=True)
