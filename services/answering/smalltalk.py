"""What people write to a bot when they mean no recording: greetings, thanks, and how it works."""

from __future__ import annotations

import re

from services.answering.patterns import pattern

_WORDS = re.compile(r"[\W_]+")
_MOST_WORDS = 8
_POLITE = pattern(
    r"""^(?:hi|hey|hello|hallo|hola|bonjour|salut|ciao|moin|good~(?:morning|afternoon|evening)|guten~(?:morgen|tag|abend)
    |thanks?(?:~you)?(?:~(?:so~much|a~lot|again))?|thx|ty|danke(?:~schön|~dir)?|merci(?:~beaucoup)?|gracias|grazie|cheers
    |ok(?:ay)?|great|nice|cool|perfect|awesome|super|lol|haha|yes|no|sure|got~it|bye|see~you|tschüss|test|ping|earshot
    |there|all|very~much|for~(?:that|this|the~recap))(?:~|$)"""
)
_HELP = pattern(
    r"""^(?:help(?:~me)?|hilfe|aide|ayuda|start|menu|commands
    |what~(?:can|do)~(?:you|i)~do(?:~here|~with~you)?
    |what~are~you|who~are~you|how~(?:do~you|does~(?:this|it|earshot))~work
    |how~(?:do|can|should)~i~(?:use~(?:you|this|it|earshot)|begin|start|get~(?:a~recap|started)|share~a~recording)
    |was~kannst~du(?:~tun|~machen)?|wie~funktioniert~(?:das|du|es)
    |que~(?:peux~tu~faire|sais~tu~faire)|comment~(?:ça~marche|tu~fonctionnes)|qué~puedes~hacer|cómo~funciona(?:s)?)$"""
)


def is_small_talk(text: str) -> bool:
    """Whether there is nothing in the message but politeness, marks and emoji."""
    left = _plain(text)
    if len(left.split()) > _MOST_WORDS:
        return False
    while match := _POLITE.match(left):
        left = left[match.end() :]
    return not left


def asks_for_help(text: str) -> bool:
    """Whether somebody asks what Earshot does and how, rather than what a recording says."""
    plain = _plain(text)
    while match := _POLITE.match(plain):
        plain = plain[match.end() :]
    return bool(_HELP.match(plain))


def _plain(text: str) -> str:
    without_emoji = re.sub(r":[\w+-]+:", " ", text.replace("\u2019", "'").lower())
    return " ".join(_WORDS.sub(" ", without_emoji).split())
