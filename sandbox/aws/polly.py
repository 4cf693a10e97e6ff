"""Amazon Polly: a voice that really speaks, and what it refuses to say."""

from __future__ import annotations

import asyncio
from typing import Any

from sandbox.aws import polly_voices, sounding
from sandbox.aws.engines import Voice
from sandbox.aws.errors import AwsError
from sandbox.aws.faults import Fault
from sandbox.aws.marks import speech_marks
from sandbox.aws.polly_rules import Wish, judge
from services.storage.scratch import Scratch
from services.vocabulary.errors import UserError

_TYPES = {
    "mp3": "audio/mpeg",
    "ogg_vorbis": "audio/ogg",
    "ogg_opus": "audio/ogg",
    "pcm": "audio/pcm",
    "mulaw": "audio/mulaw",
    "alaw": "audio/alaw",
    "json": "application/x-json-stream",
}
_KEPT = 32


class Polly:
    """Speech by the voice that is passed in, whichever of Polly's is asked for; its files live in `scratch`."""

    def __init__(self, voice: Voice, scratch: Scratch) -> None:
        self._voice = voice
        self._scratch = scratch
        self._spoken: dict[tuple[str, str], bytes] = {}

    async def synthesize(self, parameters: dict[str, Any], _fault: Fault | None) -> dict[str, Any]:
        """SynthesizeSpeech. Speech marks are estimated from how long the sound is. Raises AwsError."""
        wish = judge(parameters)
        mp3 = await self._speak(wish)
        kind = parameters["OutputFormat"]
        if kind == "json":
            seconds = await asyncio.to_thread(sounding.seconds, mp3)
            body = speech_marks(wish, seconds, parameters["SpeechMarkTypes"])
        else:
            body = await asyncio.to_thread(sounding.converted, mp3, kind, wish.rate)
        return {"AudioStream": body, "ContentType": _TYPES[kind], "RequestCharacters": wish.billed}

    async def describe_voices(self, parameters: dict[str, Any], _fault: Fault | None) -> dict[str, Any]:
        """DescribeVoices."""
        return {"Voices": polly_voices.described(parameters)}

    def reset(self) -> None:
        """Forget what was said."""
        self._spoken.clear()

    async def _speak(self, wish: Wish) -> bytes:
        """The text as mp3; kept for a while, because marks and sound of one text are asked for one after the other."""
        key = (wish.language, wish.said)
        if key not in self._spoken:
            async with self._scratch.folder() as folder:
                path = folder / "speech.mp3"
                try:
                    await self._voice.speak(wish.said, language=wish.language, path=path)
                except UserError as error:
                    raise AwsError("ServiceFailureException", f"no voice here: {error}") from error
                self._spoken[key] = await asyncio.to_thread(path.read_bytes)
            while len(self._spoken) > _KEPT:
                self._spoken.pop(next(iter(self._spoken)))
        return self._spoken[key]
