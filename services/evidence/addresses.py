"""Addresses in a text: links, hosts, mail, and Slack's marks for calling people; also those that are spelled aloud."""

from __future__ import annotations

import re

from services.evidence.folding import fold

_ENDINGS = """com org net edu gov io ai dev app co me info biz tv fm ly gg xyz site online shop store tech cloud link
    click live news blog page zip mov top club pro eu uk us ca au de at ch fr es pt it nl be dk se no fi pl cz ru ua tr
    cn jp kr in br mx example test"""
_ENDING = "|".join(_ENDINGS.split())
_LINK = r"\b[a-z][a-z0-9+.-]{1,15}://[^\s<>|\"')\]]+|\b(?:javascript|data|mailto|tel|sms|vbscript):[^\s<>|\"')\]]+"
_CALL = r"<[!@#][^>\s]*>?|(?<!\w)@(?:here|channel|everyone)\b"
_MAIL = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
_HOST = rf"(?<![\w@.])(?:[a-z0-9-]+\.)+(?:{_ENDING})\b(?:[:/][^\s<>|\"')\]]*)?"
_ADDRESS = re.compile(rf"{_LINK}|{_CALL}|{_MAIL}|{_HOST}", re.IGNORECASE)
_DOTS = re.compile(r"\s*[\[({]\s*(?:\.|dot)\s*[\])}]\s*|(?<=[a-z0-9])[\u3002\uff61](?=[a-z0-9])")
_ALOUD = (
    (re.compile(r"\s+(?:dot|punkt|point|punto|ponto)\s+"), "."),
    (re.compile(r"\s+(?:slash|barre|barra)\s+"), "/"),
)


def addresses(text: str) -> list[str]:
    """Every address in the text, folded, without what ends a sentence after it."""
    return [match[0].rstrip(".,;:!?") for match in _ADDRESS.finditer(_undisguised(text))]


def is_heard(address: str, words: str) -> bool:
    """Whether the words hold that (folded) address, written or spelled aloud."""
    bare = re.sub(r"^https?://(?:www\.)?|/$", "", address)
    heard = _undisguised(words)
    for mark, written in _ALOUD:
        heard = mark.sub(written, heard)
    return bool(re.search(rf"(?<![\w.@-]){re.escape(bare)}(?![\w-]|\.\w)", heard))


def _undisguised(text: str) -> str:
    """Folded, with 'hxxp' and 'evil[.]example' as what they stand for."""
    return _DOTS.sub(".", re.sub(r"\bhxxp", "http", fold(text)))
