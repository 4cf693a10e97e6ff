"""What Polly refuses: lengths, engines, languages, sample rates, marks, and markup that a voice does not know."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sandbox.aws import polly_voices
from sandbox.aws.errors import AwsError
from sandbox.aws.ssml import read

_MOST_BILLED, _MOST = 3000, 6000
_RATES = {
    "mp3": {8000, 16000, 22050, 24000, 44100, 48000},
    "ogg_vorbis": {8000, 16000, 22050, 24000, 44100, 48000},
    "ogg_opus": {48000},
    "pcm": {8000, 16000},
    "mulaw": {8000},
    "alaw": {8000},
}
_ALONE = {"pcm": 16000, "ogg_opus": 48000, "mulaw": 8000, "alaw": 8000}


@dataclass(frozen=True)
class Wish:
    """What shall be said: `said` is the text without markup, `sent` what came; in which language and at which rate."""

    said: str
    sent: str
    markup: bool
    language: str
    rate: int
    billed: int


def judge(parameters: dict[str, Any]) -> Wish:
    """What is wished for. Raises AwsError in the service's words for what cannot be."""
    voice = polly_voices.VOICES.get(parameters["VoiceId"])
    engine = parameters.get("Engine", "standard")
    if voice is None or engine not in voice.engines:
        raise AwsError("EngineNotSupportedException", "This voice does not support the selected engine.")
    language = parameters.get("LanguageCode", voice.language)
    if language not in (voice.language, *voice.others):
        raise AwsError("LanguageNotSupportedException", "This voice does not support the selected language.")
    _marks(parameters)
    markup = parameters.get("TextType") == "ssml"
    text = parameters["Text"]
    said = read(text, engine) if markup else text
    if len(said) > _MOST_BILLED or len(text) > _MOST:
        raise AwsError("TextLengthExceededException", "Maximum text length has been exceeded")
    if not said.strip():
        raise AwsError("InvalidSsmlException" if markup else "ValidationException", "The text is empty.")
    return Wish(said, text, markup, polly_voices.spoken(language), _rate(parameters, engine), len(said))


def _marks(parameters: dict[str, Any]) -> None:
    kinds, is_json = parameters.get("SpeechMarkTypes", []), parameters["OutputFormat"] == "json"
    if kinds and not is_json:
        raise AwsError("MarksNotSupportedForFormatException", "Speech marks are only supported for json output format.")
    if is_json and not kinds:
        raise AwsError("ValidationException", "SpeechMarkTypes must be set for the json output format.")
    if "ssml" in kinds and parameters.get("TextType") != "ssml":
        raise AwsError(
            "SsmlMarksNotSupportedForTextTypeException", "SSML marks are only supported for the SSML text type."
        )
    if parameters.get("LexiconNames"):
        raise AwsError("LexiconNotFoundException", "Lexicon not found")


def _rate(parameters: dict[str, Any], engine: str) -> int:
    kind = parameters["OutputFormat"]
    if kind == "json":
        return 0
    usual = _ALONE.get(kind, 22050 if engine == "standard" else 24000)
    given = parameters.get("SampleRate", str(usual))
    if not given.isdecimal() or int(given) not in _RATES[kind]:
        raise AwsError("InvalidSampleRateException", "Invalid sample rate.")
    return int(given)
