"""Polly's voices, from public tables of November 2026: language, gender, engines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

_ENGINES = {"G": "generative", "L": "long-form", "N": "neural", "S": "standard"}
# One line a language: its code, its name, then voices as Name/gender/engines.
_TABLE = """
arb|Arabic|Zeina/F/S
ar-AE|Gulf Arabic|Hala/F/N Zayd/M/N
ca-ES|Catalan|Arlet/F/N
cmn-CN|Chinese Mandarin|Zhiyu/F/NS
cs-CZ|Czech|Jitka/F/N
cy-GB|Welsh|Gwyneth/F/S
da-DK|Danish|Sofie/F/N Naja/F/S Mads/M/S
de-AT|German (Austria)|Hannah/F/N
de-CH|German (Switzerland)|Sabrina/F/N
de-DE|German|Vicki/F/GNS Daniel/M/GN Lennart/M/G Marlene/F/S Hans/M/S
en-AU|Australian English|Olivia/F/GN Nicole/F/S Russell/M/S
en-GB|British English|Amy/F/GNS Brian/M/GNS Arthur/M/N Emma/F/NS
en-GB-WLS|Welsh English|Geraint/M/S
en-IE|Irish English|Niamh/F/GN
en-IN|Indian English|Kajal/F/GN Aditi/F/S Raveena/F/S
en-NZ|New Zealand English|Aria/F/GN
en-SG|Singaporean English|Jasmine/F/GN
en-US|US English|Matthew/M/GNS Ruth/F/GLN Danielle/F/GLN Gregory/M/LN Joanna/F/NS Stephen/M/N Joey/M/NS Salli/F/NS
en-ZA|South African English|Ayanda/F/N
es-ES|Castilian Spanish|Lucia/F/GNS Sergio/M/GN Conchita/F/S Enrique/M/S
es-MX|Mexican Spanish|Mia/F/GNS Andres/M/GN
es-US|US Spanish|Lupe/F/GNS Pedro/M/GN Penelope/F/S Miguel/M/S
fi-FI|Finnish|Suvi/F/N
fr-BE|Belgian French|Isabelle/F/N
fr-CA|Canadian French|Gabrielle/F/N Liam/M/N Chantal/F/S
fr-FR|French|Lea/F/GNS Remi/M/GN Ambre/F/G Florian/M/G Celine/F/S Mathieu/M/S
hi-IN|Hindi|
is-IS|Icelandic|Dora/F/S Karl/M/S
it-IT|Italian|Bianca/F/GNS Beatrice/F/G Lorenzo/M/G Adriano/M/N Carla/F/S Giorgio/M/S
ja-JP|Japanese|Takumi/M/NS Kazuha/F/N Tomoko/F/N Mizuki/F/S
ko-KR|Korean|Seoyeon/F/NS Jihye/F/N
nb-NO|Norwegian|Ida/F/N Liv/F/S
nl-BE|Belgian Dutch|Lisa/F/GN
nl-NL|Dutch|Laura/F/GN Lotte/F/S Ruben/M/S
pl-PL|Polish|Ola/F/N Ewa/F/S Jacek/M/S
pt-BR|Brazilian Portuguese|Camila/F/NS Vitoria/F/NS Thiago/M/N Ricardo/M/S
pt-PT|Portuguese|Ines/F/NS Cristiano/M/S
ro-RO|Romanian|Carmen/F/S
ru-RU|Russian|Tatyana/F/S Maxim/M/S
sv-SE|Swedish|Elin/F/N Astrid/F/S
tr-TR|Turkish|Burcu/F/N Filiz/F/S
yue-CN|Cantonese|Hiujin/F/N
"""
_OTHERS = {"Aditi": ("hi-IN",), "Kajal": ("hi-IN",), "Hala": ("arb",), "Zayd": ("arb",)}
_ACCENTS = {"Lea": "Léa", "Remi": "Rémi", "Ines": "Inês", "Dora": "Dóra", "Andres": "Andrés", "Vitoria": "Vitória"}
_SPOKEN = {"arb": "ar", "cmn": "zh", "yue": "zh"}


@dataclass(frozen=True)
class PollyVoice:
    """A voice: its language, the engines that it has, and the languages that it speaks besides."""

    id: str
    language: str
    name: str
    gender: str
    engines: tuple[str, ...]
    others: tuple[str, ...] = ()


def _read() -> dict[str, PollyVoice]:
    found = {}
    for line in _TABLE.strip().splitlines():
        language, name, voices = line.split("|")
        for voice in voices.split():
            voice_id, gender, engines = voice.split("/")
            found[voice_id] = PollyVoice(
                voice_id,
                language,
                name,
                "Female" if gender == "F" else "Male",
                tuple(_ENGINES[letter] for letter in engines),
                _OTHERS.get(voice_id, ()),
            )
    return found


VOICES = _read()
"""All voices by id."""


def spoken(language: str) -> str:
    """The ISO 639-1 code of one of Polly's languages."""
    code = language.split("-", maxsplit=1)[0]
    return _SPOKEN.get(code, code)


def described(parameters: dict[str, Any]) -> list[dict[str, Any]]:
    """The voices as DescribeVoices tells them, of the engine and the language asked for."""
    engine, language = parameters.get("Engine"), parameters.get("LanguageCode")
    also = parameters.get("IncludeAdditionalLanguageCodes", False)
    found = []
    for voice in VOICES.values():
        languages = (voice.language, *(voice.others if also else ()))
        if (engine and engine not in voice.engines) or (language and language not in languages):
            continue
        told: dict[str, Any] = {
            "Gender": voice.gender,
            "Id": voice.id,
            "LanguageCode": voice.language,
            "LanguageName": voice.name,
            "Name": _ACCENTS.get(voice.id, voice.id),
            "SupportedEngines": list(voice.engines),
        }
        found.append({**told, "AdditionalLanguageCodes": list(voice.others)} if voice.others else told)
    return found
