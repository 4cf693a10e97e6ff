"""Between Amazon Transcribe's language codes (a language and a country) and ISO 639-1."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import Field

from services.vocabulary.base import Value
from services.vocabulary.errors import OperatorError, UserError

# The LanguageCode values of the service model of botocore 1.44.5. For each language the first is the usual one.
_KNOWN = """
    en-US en-GB en-AU en-IN en-IE en-NZ en-ZA en-AB en-WL es-US es-ES es-MX fr-FR fr-CA de-DE de-CH it-IT pt-BR pt-PT
    nl-NL zh-CN zh-TW zh-HK ja-JP ko-KR ar-SA ar-AE ru-RU hi-IN tr-TR pl-PL sv-SE da-DK no-NO fi-FI uk-UA cs-CZ
    af-ZA am-ET cy-GB cy-WL fa-IR fa-AF ga-IE gd-GB he-IL ht-HT id-ID jv-ID km-KH my-MM ms-MY ta-IN te-IN th-TH vi-VN
    ab-GE ast-ES az-AZ ba-RU be-BY bg-BG bn-IN bs-BA ca-ES ckb-IQ ckb-IR el-GR et-EE et-ET eu-ES gl-ES gu-IN ha-NG
    hr-HR hu-HU hy-AM is-IS ka-GE kab-DZ kk-KZ kn-IN ky-KG lg-IN lt-LT lv-LV mhr-RU mi-NZ mk-MK ml-IN mn-MN mr-IN mt-MT
    ne-NP or-IN pa-IN ps-AF ro-RO rw-RW si-LK sk-SK sl-SI so-SO sq-AL sr-RS su-ID sw-KE sw-TZ sw-UG sw-BI sw-RW tl-PH
    tt-RU ug-CN uz-UZ wo-SN zu-ZA
"""
# The service's first part is not always ISO 639-1. Asturian, Kabyle and Mari have no such code and keep theirs.
_ISO = {"ckb": "ku"}
_SAME = {"nb": "no", "nn": "no", "yue": "zh", "iw": "he", "in": "id", "fil": "tl", "ku": "ckb"}

# https://docs.aws.amazon.com/transcribe/latest/dg/API_StartTranscriptionJob.html: LanguageOptions
_MOST_OPTIONS = 5


def iso_of(code: str) -> str:
    """The ISO 639-1 code of one of Transcribe's: 'en-GB' is 'en'."""
    part = code.split("-", maxsplit=1)[0].lower()
    return _ISO.get(part, part)


def _code_of(language: str) -> str | None:
    """The usual code of a language, or the code itself; None for a language that Transcribe does not know."""
    exact = {code.lower(): code for code in _KNOWN.split()}.get(language.lower())
    part = language.split("-", maxsplit=1)[0].lower()
    part = _SAME.get(part, part)
    return exact or next((code for code in _KNOWN.split() if code.split("-")[0] == part), None)


class Languages(Value):
    """What is spoken where this bot works: none (anything), one, or up to five codes; and each one's vocabulary."""

    options: tuple[str, ...] = ()
    vocabularies: dict[str, str] = Field(default_factory=dict)

    def code(self, language: str) -> str:
        """The code to hear that language with: the one in the settings, else the usual one.

        Raises UserError for a language that Transcribe does not know.
        """
        own = _code_of(language)
        if own is None:
            raise UserError(
                f"I cannot hear the language {language!r}: give me its two-letter code, such as 'en', or leave it out."
            )
        return next((code for code in self.options if iso_of(code) == iso_of(own)), own)


def languages_of(names: Sequence[str], vocabulary: str | None) -> Languages:
    """The languages of the settings: codes such as 'en-GB', or ISO 639-1 for the usual code.

    `vocabulary` is the name of a custom vocabulary in the first of the languages, or several as
    'en-US=terms,de-DE=begriffe'. Raises OperatorError for what cannot be.
    """
    codes: list[str] = []
    for name in names:
        code = _code_of(name.strip())
        if code is None:
            raise OperatorError(f"Amazon Transcribe has no language {name!r}: correct TRANSCRIBE_LANGUAGES")
        codes.append(code)
    if len(codes) > _MOST_OPTIONS or len(set(codes)) < len(codes):
        raise OperatorError(f"TRANSCRIBE_LANGUAGES takes up to {_MOST_OPTIONS} different languages, not {len(codes)}")
    return Languages(options=tuple(codes), vocabularies=_vocabularies(vocabulary, codes))


def _vocabularies(vocabulary: str | None, codes: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for entry in filter(None, (part.strip() for part in (vocabulary or "").split(","))):
        language, equals, name = entry.rpartition("=")
        code = (_code_of(language) if equals else None) or (codes[0] if codes and not equals else None)
        if code not in codes or code is None:
            raise OperatorError(
                f"The vocabulary {entry!r} is in no language of TRANSCRIBE_LANGUAGES: name its language there, and in "
                "TRANSCRIBE_VOCABULARY as in 'en-US=terms'"
            )
        found[code] = name
    return found
