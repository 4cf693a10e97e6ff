"""Polly's markup: which tags an engine knows, and the text that is left to be said."""

from __future__ import annotations

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from sandbox.aws.errors import AwsError
from sandbox.aws.json_values import Json

_EVERYWHERE = {"speak", "break", "lang", "p", "s", "sub", "w", "mark", "phoneme", "prosody", "say-as"}
_AMAZON = "{https://aws.amazon.com/polly/}"
_STANDARD = {"emphasis", *(f"{_AMAZON}{name}" for name in ("auto-breaths", "effect", "domain"))}
_DRC = f"{_AMAZON}effect"
_DOMAIN = f"{_AMAZON}domain"
_ENGINES = {
    "standard": _EVERYWHERE | (_STANDARD - {_DOMAIN}),
    "neural": _EVERYWHERE | {_DRC, _DOMAIN},
    "long-form": _EVERYWHERE | {_DRC},
    "generative": _EVERYWHERE,
}
_PROSODY = {"standard": {"volume", "rate", "pitch"}}
_EFFECTS = {"standard": {"name", "phonation", "vocal-tract-length"}}
_NAMES = {"standard": {"drc", "whispered"}, "neural": {"drc"}, "long-form": {"drc"}}


def read(text: str, engine: str) -> str:
    """The text without its tags. Raises AwsError for markup that is broken or that the engine does not know."""
    try:
        root = fromstring(_with_namespace(text))
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise AwsError("InvalidSsmlException", "Invalid SSML request") from error
    if root.tag != "speak":
        raise AwsError("InvalidSsmlException", "Invalid SSML request")
    for element in root.iter():
        _known(element, engine)
    return " ".join("".join(_said(root)).split())


def _with_namespace(text: str) -> str:
    """The prefix `amazon` needs no declaration."""
    head, separator, rest = text.partition("<speak")
    if "<amazon:" in text and "xmlns:amazon" not in text and separator:
        return f'{head}<speak xmlns:amazon="https://aws.amazon.com/polly/"{rest}'
    return text


def _known(element: Json, engine: str) -> None:
    tag = element.tag
    allowed = tag in _ENGINES[engine]
    if tag == "prosody":
        allowed = element.attrib.keys() <= _PROSODY.get(engine, {"volume", "rate"}) | {f"{_AMAZON}max-duration"}
        allowed = allowed and (engine == "standard" or f"{_AMAZON}max-duration" not in element.attrib)
    if tag == _DRC and allowed:
        names = {element.attrib.get("name")} - {None}
        allowed = element.attrib.keys() <= _EFFECTS.get(engine, {"name"}) and names <= _NAMES.get(engine, set())
    if not allowed:
        raise AwsError("InvalidSsmlException", "Unsupported SSML feature for the selected engine.")


def _said(element: Json) -> list[str]:
    parts = [element.attrib["alias"]] if element.tag == "sub" and "alias" in element.attrib else [element.text or ""]
    for child in element:
        parts += _said(child) if element.tag != "sub" else []
        parts.append(child.tail or "")
    if element.tag in {"p", "s", "break"}:
        parts.append(" ")
    return parts
