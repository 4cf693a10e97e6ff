"""Decisions: sentences in which the speakers say that something is settled."""

from __future__ import annotations

from re import Match

from services.evidence.terms import terms
from services.summarization.circumstances import denies, is_real, plain, reply
from services.summarization.reading import Reading
from services.summarization.rules import Rules, rules_for

_ALIKE = 0.9
_MOST = 8
_CUE_TERMS = 2
"""Terms of the cue itself; German puts what was decided between its two halves."""


def decisions(reading: Reading) -> list[int]:
    """The sentences (by index) that state a decision, in order of time, each decision once."""
    rules = rules_for(reading.transcript.language)
    if rules is None:
        return []
    kept: list[int] = []
    for index, text in enumerate(reading.texts):
        cue = rules.decision.search(plain(text))
        if not cue or not _holds(rules, reading, index, cue):
            continue
        if all(float(reading.vectors[index] @ reading.vectors[other]) < _ALIKE for other in kept):
            kept.append(index)
    return kept[:_MOST]


def _holds(rules: Rules, reading: Reading, index: int, cue: Match[str]) -> bool:
    """Said as a fact, about something, and not contradicted at once."""
    text = cue.string
    if text.rstrip().endswith(("?", "\uff1f")) or rules.staged.search(text, cue.start()):
        return False
    if not rules.lead.match(text[: cue.start()]) or text[cue.end() :].startswith((",", ";")):
        return False
    language = reading.transcript.language
    says_what = terms(text[: cue.start()] + text[cue.end() :], language) or len(terms(cue[0], language)) > _CUE_TERMS
    if not says_what or not is_real(rules, reading, index, cue):
        return False
    answer = reply(reading, index)
    return answer is None or not denies(rules, reading, answer)
