"""Which of Polly's voices speaks a language: a table in this folder, refreshed from what the region has."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from services.vocabulary.base import Value
from services.vocabulary.errors import OperatorError

TABLE = Path(__file__).with_name("polly_voices.json")
"""The table in this folder; its order is the order of preference."""

# Transcribe's names for what Polly calls otherwise; both lists of codes are in botocore's models of the services.
_POLLY_CODES = {
    "zh-CN": "cmn-CN",
    "zh-TW": "cmn-CN",
    "zh-HK": "yue-CN",
    "ar-SA": "arb",
    "no-NO": "nb-NO",
    "en-AB": "en-GB",
    "en-WL": "en-GB-WLS",
    "cy-WL": "cy-GB",
}
# The dialect for a language that is named without one, or with one that no voice has.
_HOMES = {
    "ar": "arb",
    "ca": "ca-ES",
    "cs": "cs-CZ",
    "cy": "cy-GB",
    "da": "da-DK",
    "de": "de-DE",
    "en": "en-US",
    "es": "es-US",
    "fi": "fi-FI",
    "fr": "fr-FR",
    "hi": "hi-IN",
    "is": "is-IS",
    "it": "it-IT",
    "ja": "ja-JP",
    "ko": "ko-KR",
    "nb": "nb-NO",
    "nl": "nl-NL",
    "no": "nb-NO",
    "pl": "pl-PL",
    "pt": "pt-BR",
    "ro": "ro-RO",
    "ru": "ru-RU",
    "sv": "sv-SE",
    "tr": "tr-TR",
    "yue": "yue-CN",
    "zh": "cmn-CN",
}


class Voice(Value):
    """One of Polly's voices: its id, its language in Polly's code, others that it speaks `also`, its engines."""

    id: str
    language: str
    engines: tuple[str, ...]
    also: tuple[str, ...] = ()


class Choice(Value):
    """What is sent: a voice on one of its engines. `language` only where it is not the voice's first one."""

    voice: str
    engine: str
    language: str | None = None


def read_table() -> tuple[Voice, ...]:
    """The voices of the table, the preferred ones first. It blocks."""
    return tuple(Voice.model_validate(entry) for entry in json.loads(TABLE.read_text())["voices"])


def refreshed(table: Sequence[Voice], described: Iterable[Mapping[str, Any]]) -> tuple[Voice, ...]:
    """The voices that DescribeVoices told of, in the order of the table; those that it does not know come last."""
    ranks = {voice.id: rank for rank, voice in enumerate(table)}
    live = [
        Voice(
            id=entry["Id"],
            language=entry["LanguageCode"],
            engines=tuple(entry.get("SupportedEngines", ())),
            also=tuple(entry.get("AdditionalLanguageCodes", ())),
        )
        for entry in described
    ]
    return tuple(sorted(live, key=lambda voice: (ranks.get(voice.id, len(ranks)), voice.id)))


def dialects(language: str) -> list[str]:
    """Polly's codes for a language as ISO 639-1 or as Transcribe names it, the nearest first."""
    base, _, region = language.partition("-")
    exact = f"{base.lower()}-{region.upper()}" if region else ""
    codes = [_POLLY_CODES.get(exact, exact), _HOMES.get(base.lower(), language)]
    return list(dict.fromkeys(code for code in codes if code))


def _base(code: str) -> str:
    return code.partition("-")[0].lower()


def choices(
    voices: Sequence[Voice], language: str, *, engines: Sequence[str], named: Mapping[str, str]
) -> Iterator[Choice]:
    """All ways to speak a language, the best first: the dialect counts before the engine, the engine before the voice.

    `named` gives the voice for a language, where somebody has chosen one; then no other speaks it, and it may be one of
    any dialect. Raises OperatorError when it is not among the voices, or does not speak the language.
    """
    base = _base(language)
    wanted = named.get(language) or named.get(base)
    able = [voice for voice in voices if wanted in (None, voice.id)]
    own = (code for voice in able for code in (voice.language, *voice.also) if wanted and _base(code) == base)
    found = False
    for dialect in dict.fromkeys((*dialects(language), *own)):
        for engine in engines:
            for voice in able:
                if engine in voice.engines and dialect in (voice.language, *voice.also):
                    found = True
                    bilingual = dialect if dialect != voice.language else None
                    yield Choice(voice=voice.id, engine=engine, language=bilingual)
    if wanted and not found:
        raise OperatorError(f"Polly has no voice {wanted} for {language} here: name another one in POLLY_VOICES")
