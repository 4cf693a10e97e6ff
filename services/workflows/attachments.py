"""The files of a recap: the spoken summary and the transcript."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

from services.publishing import Publisher, Upload
from services.publishing.transcript_files import transcript_files
from services.storage import Blobs
from services.vocabulary.recap import Narration, Recap
from services.workflows.requests import RecapRequest


async def attach(publisher: Publisher, blobs: Blobs, request: RecapRequest, recap: Recap) -> None:
    """Put what there is into the thread; what an earlier try had put there is not put again."""

    async def upload(kind: str, files: Sequence[Upload]) -> None:
        await publisher.upload(
            f"{request.id}:{kind}", channel=request.channel, thread_ts=request.thread_ts, files=files
        )

    if recap.narration and recap.narration.key:
        async with blobs.local(recap.narration.key) as path:
            await upload("audio", [_audio(recap.narration, path)])
    if transcript := await asyncio.to_thread(transcript_files, recap):
        await upload("transcript", transcript)


def _audio(narration: Narration, path: Path) -> Upload:
    minutes, seconds = divmod(round(narration.duration), 60)
    return Upload(name="recap.mp3", title=f"Spoken summary, {minutes}:{seconds:02}", content=path)
