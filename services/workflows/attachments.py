"""What goes with a recap into its thread: the spoken summary, the transcript as files, and as a canvas to read here."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

from services.publishing import Message, Upload
from services.publishing.canvas_markdown import canvas_parts, canvas_title
from services.publishing.mrkdwn import link as linked
from services.publishing.transcript_files import transcript_files
from services.storage import Blobs
from services.vocabulary.errors import UserError
from services.vocabulary.recap import Narration, Recap
from services.workflows.library import Library
from services.workflows.requests import RecapRequest
from services.workflows.workspaces import Workspace


class Attachments:
    """Puts there what there is; what an earlier try had put there is not put again.

    `canvases`: the transcript becomes a canvas, too, where Slack takes one. The files are there in any case: they are
    what people take along.
    """

    def __init__(self, blobs: Blobs, library: Library, *, canvases: bool) -> None:
        self._blobs = blobs
        self._library = library
        self._canvases = canvases

    async def put(self, slack: Workspace, request: RecapRequest, recap: Recap) -> None:
        """All of it. Raises as `Publisher.upload` does."""

        async def upload(kind: str, files: Sequence[Upload], comment: str = "") -> None:
            await slack.publisher.upload(
                f"{request.id}:{kind}",
                channel=request.channel,
                thread_ts=request.thread_ts,
                files=files,
                comment=comment,
            )

        canvas = await self._canvas(slack, request, recap)
        try:
            if recap.narration and recap.narration.key:
                async with self._blobs.local(recap.narration.key) as path:
                    await upload("audio", [_audio(recap.narration, path)])
            if transcript := await asyncio.to_thread(transcript_files, recap):
                await upload("transcript", transcript, canvas)
        except UserError:
            if canvas:  # where files may not go, the canvas still says everything
                await slack.publisher.post(
                    f"{request.id}:canvas-link",
                    channel=request.channel,
                    thread_ts=request.thread_ts,
                    message=Message(text=canvas),
                )
            raise

    async def _canvas(self, slack: Workspace, request: RecapRequest, recap: Recap) -> str:
        """The line that leads to it; empty where there is none."""
        if not self._canvases:
            return ""
        parts = await asyncio.to_thread(canvas_parts, recap, self._library.link(recap))
        if not parts:
            return ""
        url = await slack.canvases.share(
            f"{request.id}:canvas",
            channel=request.channel,
            user=request.user,
            title=canvas_title(recap),
            parts=parts,
        )
        return f"The whole transcript, to read here: {linked(url, 'open the canvas')}" if url else ""


def _audio(narration: Narration, path: Path) -> Upload:
    minutes, seconds = divmod(round(narration.duration), 60)
    return Upload(name="recap.mp3", title=f"Spoken summary, {minutes}:{seconds:02}", content=path)
