"""Action items: what somebody said they or another will do.

Cautious on purpose, for a wrong owner is worse than none. The owner is the speaker of 'I will', or a named speaker who
was asked by name and said yes; nobody who is only talked about.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from re import Match

from services.evidence.terms import terms
from services.summarization.calls import Names
from services.summarization.circumstances import agrees, denies, is_real, is_taken_back, plain, reply, whole_clause
from services.summarization.reading import Reading
from services.summarization.rules import Rules, rules_for

_ALIKE = 0.9
"""Cosine from which two commitments are one that was said twice."""
_MOST = 12
_LEAST_TERMS = 2
"""'I'll send it' says nothing to those who were not there."""
_SHORT_YES = 6
_CLOSE = 1
"""Characters between two words of time that are one: 'on Thursday', 'at 3 pm'."""


@dataclass(frozen=True)
class Commitment:
    """The sentences (by index) that a commitment rests on, the first of which says it; `owner` only where known."""

    sentences: tuple[int, ...]
    owner: int | None
    due: str | None


def commitments(reading: Reading) -> list[Commitment]:
    """The commitments in order of time; of many alike the first, with those that have an owner or a day preferred."""
    rules = rules_for(reading.transcript.language)
    if rules is None:
        return []
    found = list(_Search(reading, rules).found())
    replies = {index for commitment in found for index in commitment.sentences[1:]}
    found = [commitment for commitment in found if commitment.sentences[0] not in replies]
    kept: list[Commitment] = []
    for commitment in sorted(found, key=lambda c: (c.owner is None) + (c.due is None)):
        vector = reading.vectors[commitment.sentences[0]]
        if all(float(vector @ reading.vectors[other.sentences[0]]) < _ALIKE for other in kept):
            kept.append(commitment)
    return sorted(kept[:_MOST], key=lambda commitment: commitment.sentences)


def every_commitment(reading: Reading) -> list[Commitment]:
    """All that sounds like one, alike or not, in order of time; needs no vectors."""
    rules = rules_for(reading.transcript.language)
    return [] if rules is None else list(_Search(reading, rules).found())


class _Search:
    def __init__(self, reading: Reading, rules: Rules) -> None:
        self._reading = reading
        self._rules = rules
        self._names = Names(reading.transcript, rules)

    def found(self) -> Iterator[Commitment]:
        for index, text in enumerate(map(plain, self._reading.texts)):
            commitment = self._promised(index, text) or self._ordered(index, text) or self._asked(index, text)
            if commitment := commitment or self._planned(index, text):
                yield commitment

    def _promised(self, index: int, text: str) -> Commitment | None:
        """'I'll send it', and 'I can send it by Friday'."""
        for cue in self._rules.promise.finditer(text):
            if self._holds(index, cue):
                return self._commitment(index, owner=self._reading.sentences[index].speaker)
        for cue in self._rules.offer.finditer(text):
            if self._due(text[cue.start() :]) and self._holds(index, cue):
                return self._commitment(index, owner=self._reading.sentences[index].speaker)
        return None

    def _ordered(self, index: int, text: str) -> Commitment | None:
        """'Grace will send it': hers once she says yes."""
        for name, cue in self._names.ordered(text):
            if self._holds(index, cue):
                return self._taken(index, name)
        return None

    def _asked(self, index: int, text: str) -> Commitment | None:
        """'Grace, can you send it?', and 'Can you send it?' where the next speaker says 'I will'."""
        cue = self._rules.request.search(text)
        if cue is None or self._is_staged(text, cue) or not self._says_enough(text, cue):
            return None
        if is_taken_back(self._rules, self._reading, index) or self._is_reported(text):
            return None
        if name := self._names.called(text, cue):
            return self._taken(index, name)
        answer = reply(self._reading, index)
        if answer is None or not self._accepts(answer) or not self._pledges(answer):
            return None
        return self._commitment(index, answer, owner=self._reading.sentences[answer].speaker)

    def _planned(self, index: int, text: str) -> Commitment | None:
        """'We need to send it by Friday', and 'Action item: send it': somebody's, so nobody's by name."""
        listed = self._rules.listed.search(text)
        cue = listed or self._rules.plan.search(text)
        if cue and (listed or self._due(text[cue.start() :])) and self._holds(index, cue):
            return self._commitment(index, owner=None)
        return None

    def _taken(self, index: int, name: str) -> Commitment | None:
        """A request to somebody by name: theirs where they say yes, nobody's where they say nothing."""
        owner = self._names.owner(name)
        if owner == self._reading.sentences[index].speaker:
            owner = None
        answer = reply(self._reading, index, speaker=owner)
        if answer is not None and denies(self._rules, self._reading, answer):
            return None
        if owner is None or answer is None or not self._accepts(answer):
            return self._commitment(index, owner=None)
        return self._commitment(index, answer, owner=owner)

    def _accepts(self, answer: int) -> bool:
        """Whether a reply takes a request on: a short yes or 'I will', nobody else named, and not taken back."""
        speaker = self._reading.sentences[answer].speaker
        return (
            agrees(self._rules, self._reading, answer)
            and (self._pledges(answer) or self._reading.lengths[answer] <= _SHORT_YES)
            and not self._names.others(self._reading.texts[answer], speaker)
            and not is_taken_back(self._rules, self._reading, answer)
        )

    def _pledges(self, answer: int) -> bool:
        return bool(self._rules.pledge.search(plain(self._reading.sentences[answer].text)))

    def _holds(self, index: int, cue: Match[str]) -> bool:
        text = cue.string
        if text.rstrip().endswith("?") or self._is_staged(text, cue) or not self._says_enough(text, cue):
            return False
        return is_real(self._rules, self._reading, index, cue)

    def _is_staged(self, text: str, cue: Match[str]) -> bool:
        """Whether what follows is a move of the talk itself: 'I'll share my screen'."""
        return bool(self._rules.staged.search(whole_clause(self._rules, text, cue)))

    def _says_enough(self, text: str, cue: Match[str]) -> bool:
        return len(set(terms(text[cue.start() :], self._reading.transcript.language))) >= _LEAST_TERMS

    def _is_reported(self, text: str) -> bool:
        return any(veto.search(text) for veto in (self._rules.quoted, self._rules.past)) or '"' in text

    def _due(self, text: str) -> str | None:
        """The words that say when, as they were said."""
        spans = [match.span() for match in self._rules.due.finditer(text)]
        if not spans:
            return None
        start, end = spans.pop()
        while spans and start - spans[-1][1] <= _CLOSE:
            start = spans.pop()[0]
        return text[start:end]

    def _commitment(self, *sentences: int, owner: int | None) -> Commitment:
        due = next((due for i in sentences if (due := self._due(plain(self._reading.texts[i])))), None)
        known = owner if self._reading.transcript.label(owner) else None
        return Commitment(sentences=sentences, owner=known, due=due)
