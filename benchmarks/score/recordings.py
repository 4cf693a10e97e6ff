"""An evaluation folder's recordings through our own decoder, and through our own speech recognition."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from services.media.decode import open_decoder
from services.transcription.local import LocalTranscriber
from services.vocabulary.media import Audio
from services.vocabulary.transcript import Transcript
from services.weights import default_cache


@asynccontextmanager
async def decoded(path: Path) -> AsyncIterator[Audio]:
    """The recording as the product hears it; gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        async with open_decoder() as decoder:
            audio = await decoder.decode(path, Path(folder, "sound"), name=path.name)
        yield audio


async def transcribe(paths: Sequence[Path], *, model: str = "base") -> list[Transcript]:
    """What the local backend hears in each recording, one after the other."""
    transcriber = LocalTranscriber(cache=default_cache(), model=model)
    try:
        found = []
        for path in paths:
            async with decoded(path) as audio:
                found.append(await transcriber.transcribe(audio, report=lambda _: None))
        return found
    finally:
        await transcriber.close()
