"""Statements of a language model, each let through with its proof or dropped.

This is the one gate between what a model writes and what is shown: cleaned of what cannot be seen, in the language
asked for, no scaffold and no echo of an order, resting on segments that exist and are words between people, and
checked against them by `Checker` and `Attribution`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property

from services.evidence.attribution import Attribution
from services.evidence.checker import Checker
from services.evidence.citations import cite
from services.evidence.folding import unmask
from services.evidence.languages import is_written_in
from services.evidence.steering import is_scaffold, steering_segments, steers
from services.evidence.terms import terms
from services.vocabulary.recap import Citation, Point
from services.vocabulary.transcript import Transcript

_MOST_SEGMENTS = 12
"""Who cites half of the recording proves nothing."""
_LONGEST = 600
_TELLING, _SHARED = 3, 0.2
"""Terms from which a statement must share words with its proof, and the part of them that it must share."""


class Statements:
    """Checks statements about one transcript, written in `language`, and counts them. Checks take time: use a thread.

    `offered` and `traced` count what `point` was asked for and let through; `reasons` why others were dropped.
    """

    def __init__(self, transcript: Transcript, language: str) -> None:
        self._transcript = transcript
        self._language = language
        self._same = language == transcript.language
        self._checker = Checker(transcript, language)
        self._attribution = Attribution(transcript, language)
        self.offered = 0
        self.traced = 0
        self.reasons: Counter[str] = Counter()

    def point(self, text: str, segments: Sequence[int]) -> Point | None:
        """The statement with its citations; None where it is not proved."""
        self.offered += 1
        text = " ".join(unmask(text).split())
        citations = self._citations(segments)
        if reason := self._fault(text, citations, full=True):
            self.reasons[reason] += 1
            return None
        self.traced += 1
        return Point(text=text, citations=citations)

    def phrase(self, text: str, segments: Iterable[int], *, shared: bool = False) -> str | None:
        """A title or topic, cleaned, where nothing in it is missing from these segments, however many; else None.

        With `shared` it must have a word in common with them, where both are in one language.
        """
        text = " ".join(unmask(text).split()).strip(" .")
        kept = sorted({s for s in segments if 0 <= s < len(self._transcript.segments)} - self._steering)
        citations = tuple(self._cite(run) for run in _runs(kept))
        fault = self._fault(text, citations, full=False)
        if not fault and shared and self._same and not self._shares(text, citations, least=0.0):
            fault = "no word of it"
        if fault:
            self.reasons[fault] += 1
        return None if fault else text

    def proves(self, text: str, citations: Sequence[Citation]) -> bool:
        """Whether a few words more, such as a day, stand in these citations."""
        return self._fault(text, citations, full=False) is None

    def _fault(self, text: str, citations: Sequence[Citation], *, full: bool) -> str | None:
        """Why the text is not let through, in words that hold nothing of the recording; None where it is."""
        if fault := self._unfit(text):
            return fault
        if not citations:
            return "citations"
        verdict = self._checker.check(text, citations)
        if not verdict.passed:
            return verdict.reason.split(":")[0]
        return self._unfair(text, citations) if full else None

    def _unfit(self, text: str) -> str | None:
        """What is wrong with a text whatever it cites."""
        if not text or len(text) > _LONGEST:
            return "length"
        if is_scaffold(text) or steers(text):
            return "scaffold or order"
        return None if is_written_in(text, self._language) else "language"

    def _unfair(self, text: str, citations: Sequence[Citation]) -> str | None:
        """What is wrong with a whole statement of which each name and number is proved."""
        if self._same and not self._shares(text, citations, least=_SHARED):
            return "no word of it"
        cited = [s for c in citations for s in self._transcript.segments[c.first : c.last + 1]]
        return None if self._attribution.is_fair(text, cited) else "attribution"

    def _citations(self, segments: Sequence[int]) -> tuple[Citation, ...]:
        """The citations of these segments; none where one does not exist, or nothing is left but orders to machines."""
        wanted = sorted(set(segments))
        known = len(self._transcript.segments)
        if not wanted or len(wanted) > _MOST_SEGMENTS or wanted[0] < 0 or wanted[-1] >= known:
            return ()
        kept = [s for s in wanted if s not in self._steering and self._transcript.segments[s].text.strip()]
        return tuple(self._cite(run) for run in _runs(kept))

    def _cite(self, run: tuple[int, int]) -> Citation:
        return cite(self._transcript, *run)

    def _shares(self, text: str, citations: Sequence[Citation], *, least: float) -> bool:
        """Whether the words of a statement come back in its proof; too short a statement is not asked."""
        language = self._transcript.language
        wanted = set(terms(text, language))
        found = wanted & {term for citation in citations for term in terms(citation.text, language)}
        return len(wanted) < (_TELLING if least else 1) or (bool(found) and len(found) >= least * len(wanted))

    @cached_property
    def _steering(self) -> frozenset[int]:
        return steering_segments(self._transcript)


def _runs(segments: Sequence[int]) -> list[tuple[int, int]]:
    """Ascending numbers as runs without a gap."""
    runs: list[tuple[int, int]] = []
    for segment in segments:
        if runs and segment == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], segment)
        else:
            runs.append((segment, segment))
    return runs
