"""Whether a sentence that sounds like a promise or a decision is one, and how others took it."""

from __future__ import annotations

import re
from re import Match

from services.summarization.reading import Reading
from services.summarization.rules import Rules

_REPLY = 20.0
"""Seconds within which a reply is one."""
_NEXT = 5
"""Sentences within which a reply is one."""
_SHORT_CLAUSE = 2
_QUOTES = re.compile(r"[\"“”«»„]")


def plain(text: str) -> str:
    """The text as the rules read it: straight apostrophes."""
    return text.replace("\u2019", "'")


def is_real(rules: Rules, reading: Reading, index: int, cue: Match[str]) -> bool:
    """Whether nothing around the cue says that it is a condition, a doubt, a denial, a quotation, past or a joke."""
    text = plain(reading.texts[index])
    clause = clause_of(rules, text, cue)
    denied = whole_clause(rules, text, cue) if rules.negation_follows else clause
    return not (
        _QUOTES.search(text)
        or rules.unreal.search(text)
        or rules.quoted.search(text)
        or rules.past.search(text)
        or rules.hedged.search(clause)
        or rules.negated.search(denied)
        or is_taken_back(rules, reading, index)
    )


def clause_of(rules: Rules, text: str, cue: Match[str]) -> str:
    """The clause that the cue begins in, up to where the cue ends; 'Maybe,' and 'Well,' before it belong to it."""
    ends = [0, *(match.end() for match in rules.clause.finditer(text, 0, cue.start()))]
    start = ends.pop()
    while ends and len(text[ends[-1] : start].split()) <= _SHORT_CLAUSE:
        start = ends.pop()
    return text[start : cue.end()]


def whole_clause(rules: Rules, text: str, cue: Match[str]) -> str:
    """The same clause up to its end."""
    stop = rules.clause.search(text, cue.end())
    return clause_of(rules, text, cue) + text[cue.end() : stop.start() if stop else len(text)]


def is_taken_back(rules: Rules, reading: Reading, index: int) -> bool:
    """Whether somebody laughs, or the speaker takes it back, here or in the next two sentences."""
    if rules.joke.search(reading.sentences[index].text):
        return True
    speaker = reading.sentences[index].speaker
    following = range(index + 1, min(index + 3, len(reading.sentences)))
    return any(
        rules.joke.search(reading.sentences[i].text)
        or (reading.sentences[i].speaker == speaker and rules.retracted.match(plain(reading.sentences[i].text)))
        for i in following
    )


def reply(reading: Reading, index: int, *, speaker: int | None = None) -> int | None:
    """The sentence with which another speaker (or the one given) reacts to sentence `index`; None for no reaction."""
    asker = reading.sentences[index]
    for i in range(index + 1, min(index + 1 + _NEXT, len(reading.sentences))):
        sentence = reading.sentences[i]
        if sentence.start - asker.end > _REPLY:
            return None
        if sentence.speaker != asker.speaker and speaker in (None, sentence.speaker):
            return i
    return None


def agrees(rules: Rules, reading: Reading, index: int) -> bool:
    """Whether a reaction is a plain yes."""
    text = plain(reading.sentences[index].text)
    return bool(rules.agreement.match(text)) and not rules.refusal.search(text) and not text.rstrip().endswith("?")


def denies(rules: Rules, reading: Reading, index: int) -> bool:
    """Whether a reaction is a no."""
    return bool(rules.denial.match(plain(reading.sentences[index].text)))
