"""Between the language codes of Transcribe and those of the engines (ISO 639-1)."""

from __future__ import annotations

from typing import Any

from sandbox.aws.models import service_model

_CODES = "en-US es-US fr-FR de-DE pt-BR zh-CN ar-SA cy-GB fa-IR et-EE sw-KE"
# Where a language has several codes, or another than its own.
_USUAL = {**{code.split("-")[0]: code for code in _CODES.split()}, "nb": "no-NO", "nn": "no-NO", "yue": "zh-HK"}


def language_of(wanted: dict[str, Any]) -> str | None:
    """The language that a job is told to hear, ISO 639-1; None where it shall find out."""
    code = wanted.get("LanguageCode")
    return str(code).split("-")[0] if code else None


def code_of(language: str, wanted: dict[str, Any]) -> str:
    """The code of the language that was heard: the one asked for, one of the options, or the usual one."""
    if "LanguageCode" in wanted:
        return str(wanted["LanguageCode"])
    options: list[str] = wanted.get("LanguageOptions") or []
    if fitting := [option for option in options if option.split("-")[0] == language]:
        return fitting[0]
    if options:
        return options[0]
    known = service_model("transcribe").shape_for("LanguageCode").metadata["enum"]
    return _USUAL.get(language) or next((code for code in known if code.startswith(f"{language}-")), "en-US")
