"""Hearing: sound in, transcript out. The contract that every backend keeps; `bot.bootstrap` picks one."""

from __future__ import annotations

from typing import Protocol

from services.vocabulary.media import Audio, Media
from services.vocabulary.progress import Report
from services.vocabulary.transcript import Transcript


class Transcriber(Protocol):
    """Speech recognition with speakers.

    `transcribe` returns segments in order of time whose times lie within the audio; speakers are numbered from 0 by
    first appearance and carry no names; `share` adds up to 1 where anybody spoke. Silence, music and noise yield no
    segment. `language` forces a language (ISO 639-1), None detects it; `speakers` is a hint of how many speak.
    `original` is the recording as it was shared, whose bytes the blob store holds under `original.key`: a backend that
    can hear it where it lies need not send the sound again, and its id names the work.
    Calling it again with the same audio gives an equal transcript, and canceling it frees the engine.

    Raises UserError for audio it cannot hear, RetryableError when the engine died or timed out, OperatorError for a
    missing model or a wrong setting.
    """

    @property
    def engine(self) -> str:
        """Names the backend, its model and its version: results of an equal engine may stand for one another."""
        ...

    async def transcribe(
        self,
        audio: Audio,
        *,
        report: Report,
        language: str | None = None,
        speakers: int | None = None,
        original: Media | None = None,
    ) -> Transcript:
        """Hear the audio out and say who said what, when."""
        ...
