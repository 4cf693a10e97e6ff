"""What the rules of a language consist of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from re import Pattern


@dataclass(frozen=True)
class Rules:
    """Patterns over one tidied sentence with straight apostrophes, caseless unless a name is looked for.

    Promises, offers, plans, requests and orders say that something will be done:
    `promise`   the speaker will do it ('I'll send')
    `offer`     the speaker can or must do it; counts with a day ('I can send by Friday')
    `plan`      somebody will do it, nobody says who; counts with a day ('we need to send')
    `request`   the one spoken to is asked ('can you send')
    `order`     a person, by name, will do it ('Grace will send'; what follows the name)
    `listed`    called an action item by the speaker

    `decision` says that something is settled, and `lead` is what may stand before it: not 'the buttons (we chose)'.

    `agreement` begins a reply that says yes, `pledge` stands in one that says 'I will', `refusal` in one that is no
    plain yes, and `denial` begins one that says no.

    Vetoes keep out what only sounds so: `staged` is what happens in the talk itself, `unreal` a condition anywhere in
    the sentence, `hedged` a doubt in the same clause, `negated` a denial in the same clause, `quoted` another's words,
    `past` an earlier time, `joke` laughter here or right after, `retracted` a following sentence that takes it back.
    `clause` is where one clause ends and the next begins; `negation_follows` says that the denial may stand behind
    the verb, as in German.
    """

    promise: Pattern[str]
    offer: Pattern[str]
    plan: Pattern[str]
    request: Pattern[str]
    order: Pattern[str]
    listed: Pattern[str]
    decision: Pattern[str]
    lead: Pattern[str]
    due: Pattern[str]
    agreement: Pattern[str]
    pledge: Pattern[str]
    refusal: Pattern[str]
    denial: Pattern[str]
    clause: Pattern[str]
    staged: Pattern[str]
    unreal: Pattern[str]
    hedged: Pattern[str]
    negated: Pattern[str]
    quoted: Pattern[str]
    past: Pattern[str]
    joke: Pattern[str]
    retracted: Pattern[str]
    negation_follows: bool = False


def caseless(*alternatives: str) -> Pattern[str]:
    """A caseless pattern of whole words that matches any of the alternatives."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(alternatives)})(?!\w)", re.IGNORECASE)


def opening(*alternatives: str) -> Pattern[str]:
    """The same at the start of a sentence only."""
    return re.compile(rf"\W*(?:{'|'.join(alternatives)})(?!\w)", re.IGNORECASE)


def following(*alternatives: str) -> Pattern[str]:
    """The same right after a word, for `match` at its end."""
    return re.compile(rf"(?:{'|'.join(alternatives)})(?!\w)", re.IGNORECASE)


def breaks(words: str) -> Pattern[str]:
    """Where a clause ends: at a comma, semicolon, colon or dash, or at one of the words."""
    return re.compile(rf"[,;:\u2013\u2014]|\b(?:{words})\b", re.IGNORECASE)
