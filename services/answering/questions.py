# ruff: noqa: RUF001 - words of many scripts are the subject
"""What kind of answer a question wants, and the words that such an answer shows."""

from __future__ import annotations

import re
from enum import StrEnum

from services.answering.patterns import pattern


class Kind(StrEnum):
    """What is asked for."""

    SUMMARY = "summary"
    PERSON = "person"
    TIME = "time"
    AMOUNT = "amount"
    REASON = "reason"
    DECISIONS = "decisions"
    ACTIONS = "actions"
    YES_NO = "yes_no"
    OPEN = "open"


FACTS = (Kind.PERSON, Kind.TIME, Kind.AMOUNT, Kind.YES_NO)
"""Kinds that one or two sentences answer."""

_ASKS = {
    Kind.ACTIONS: pattern(
        r"""\b(?:action~(?:items?|points?)|to-?dos?|next~steps|follow[-~]?ups?|assignments|what~do~(?:i|we)~(?:need|have)~to
        |promis\w+|commitments?|committed|volunteer\w*
        |aufgaben|nächsten?~schritte|prochaines~étapes|próximos~pasos|tareas)\b"""
    ),
    Kind.DECISIONS: pattern(
        r"""\b(?:decisions?|conclusions?|(?:what|which)~(?:was|were|has~been|did~\w+)~(?:decided?|agreed?|concluded?)
        |(?:did|have)~(?:they|we)~(?:decided?|agreed?)|beschlossen|entschieden|décid\w+|décisions?|decidi\w+|decisi\w+)\b"""
    ),
    Kind.SUMMARY: pattern(
        r"""\b(?:summari[sz]e|summary|sum~up|recap|overview|outline|tl;?dr|zusammenfass\w*|fass\w*~.*zusammen|résum\w+
        |resum\w+|riassu\w+)\b|要約|まとめ|总结|概括"""
    ),
    Kind.AMOUNT: pattern(
        r"""^(?:\w+~){0,2}how~(?:many|much|long|often|far|big|old)\b|^(?:\w+~)?wie~?viele?\b|^combien\b|^cuánt|^quant[oi]|多少|几个|いくら
        |\b(?:what|which)~(?:(?:is|was|are|were)~the~)?(?:\w+~)?(?:price|cost|budget|number|percentage|amount|figure)s?\b"""
    ),
    Kind.TIME: pattern(
        r"""^(?:\w+~){0,2}when\b|\b(?:what|which)~(?:time|date|day|month|year|week)\b|\bhow~soon\b|^(?:bis~)?wann\b|^quand\b
        |^cuándo\b|^quando\b|いつ|什么时候"""
    ),
    Kind.PERSON: pattern(r"^(?:\w+~){0,2}(?:who|whom|whose)\b|^(?:wer|qui|quién|chi|quem)\b|誰|谁"),
    Kind.REASON: pattern(
        r"\b(?:why|how~come|what~(?:was|were|is|are)~the~reasons?|warum|wieso|pourquoi|por~qué|perché|waarom)\b"
    ),
    Kind.YES_NO: pattern(r"^(?:did|does|do|is|are|was|were|has|have|had|will|would|can|could|should)(?:n't)?\b"),
}
"""What the question of a kind looks like; the first that fits says it."""

_SHOWN = {
    Kind.TIME: pattern(
        r"""\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:19|20)\d\d\b|\b\d{1,2}(?::\d\d)?\s?(?:am|pm|a\.m|p\.m)\b
        |\b(?:january|february|march|april|june|july|august|september|october|november|december|tomorrow|today|tonight
        |yesterday|morning|afternoon|evening|noon|midnight|week|month|year|quarter|o'clock|deadline|hour|minute)s?\b|\bin~may\b
        |\b(?:uhr|heure|montag|dienstag|mittwoch|donnerstag|freitag|lundi|mardi|mercredi|jeudi|vendredi|lunes|martes
        |miércoles|jueves|viernes)\b"""
    ),
    Kind.AMOUNT: pattern(
        r"""\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fifteen|twenty|thirty|forty|fifty|sixty
        |seventy|eighty|ninety|hundred|thousand|million|billion|half|quarter|third|percent|dozen|couple|both|zwei|drei|deux
        |trois|dos|tres)\b"""
    ),
    Kind.REASON: pattern(
        r"""\b(?:because|'cause|since|reason|so~that|in~order~to|due~to|otherwise|therefore|that's~why|weil|denn|damit
        |parce~que|puisque|pour~que|porque|perché)\b"""
    ),
    Kind.DECISIONS: pattern(
        r"""\b(?:decide[ds]?|decision|agree[ds]?|let's|we'll|we~will|we(?:'re|~are)~(?:going~to|gonna)|go~(?:with|for)|settled?
        |conclu\w+|final\w*|approved?|beschl\w+|entsch\w+|einig|décid\w+|d'accord|decid\w+|acord\w+)\b"""
    ),
    Kind.ACTIONS: pattern(
        r"""\b(?:i'll|i~will|we'll|you'll|i~can~(?:do|send|take|look|check)|need(?:s)?~to|ha(?:ve|s)~to|can~you|could~you
        |going~to|gonna|action|next~(?:step|meeting|week)|deadline|by~(?:\w+day|tomorrow|next|the~end)|muss|müssen|werde
        |devons|vais|tenemos~que|voy~a|will~(?:send|do|make|write|prepare|look|check|ask|call|email|set|get|take|talk|try
        |update|finish|schedule|share))\b"""
    ),
    Kind.YES_NO: pattern(r"^(?:yes|yeah|no|nope|yep|not|correct|right|exactly|absolutely|ja|nein|oui|non|sí)\b"),
    Kind.PERSON: pattern(r"(?<!^)\b[A-Z][a-z]+\b|\bI\b", flags=re.NOFLAG),
}
"""What a sentence that answers a kind of question shows."""


_ASKED_TO_ACT = pattern(r"\b(?:can|could|will|would)~you\b")


def kind_of(text: str) -> Kind:
    """The kind of a question; OPEN where its form says nothing."""
    text = " ".join(text.replace("’", "'").lstrip(" ¿¡").split())
    return next((kind for kind, form in _ASKS.items() if form.search(text)), Kind.OPEN)


def about(text: str, kind: Kind) -> str:
    """The question without the words that only say its kind, where these would be taken for its topic."""
    return _ASKS[kind].sub(" ", text) if kind in (Kind.ACTIONS, Kind.DECISIONS) else text


def shows(kind: Kind, text: str) -> bool:
    """Whether a sentence has what an answer of that kind is made of: a date, a number, a reason, a promise, ..."""
    if kind is Kind.ACTIONS and text.endswith("?"):
        return bool(_ASKED_TO_ACT.search(text))
    form = _SHOWN.get(kind)
    return bool(form and form.search(text.replace("’", "'")))
