"""Who is to do something, and how soon: a model's proposal held against the words.

A wrong owner is worse than none. An owner is kept where the cited words are that speaker's own promise, or a request
to that speaker by name and the yes to it; the rules are those of the extractive action items, and a plainer one for
promises in words that they do not list.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from services.evidence.folding import fold, strip_invisible
from services.evidence.sentences import sentences
from services.evidence.splitting import word_count
from services.evidence.steering import steering_segments
from services.evidence.terms import terms
from services.evidence.tidying import tidy
from services.summarization.circumstances import is_real, plain, whole_clause
from services.summarization.commitments import every_commitment
from services.summarization.reading import Reading
from services.summarization.rules import rules_for
from services.vocabulary.recap import Citation, Urgency
from services.vocabulary.transcript import Transcript

_PLEDGES = {
    "en": r"I'll|I will|I shall|I'm going to|I am going to|I'm gonna|I promise to",
    "de": r"ich werde|ich mache|ich übernehme|ich kümmere mich|ich schicke|mache ich|übernehme ich|schicke ich"
    r"|werde ich",
    "fr": r"je vais|je m'en charge|je m'occupe|je m'en occupe|j'\w+rai|je \w+rai|je te \w+|je vous \w+rai",
    "es": r"voy a|me encargo|me ocupo|yo lo hago|te \w+ré|les \w+ré|\w+aré",
}
_HIGH = re.compile(
    r"\b(?:urgent\w*|asap|as soon as possible|immediately|right away|right now|critical|blocker|blocking|top priority"
    r"|high priority|emergency"
    r"|today|tonight|dringend|sofort|eilig|umgehend|heute|immédiat\w*|tout de suite|aujourd'hui|urgente|inmediat\w*"
    r"|ya mismo|hoy)\b|至急|緊急|紧急|马上"
)
_LOW = re.compile(
    r"\b(?:no rush|no hurry|whenever|when you (?:have|get) (?:time|a chance)|some ?day|eventually|low priority"
    r"|nice to have|not urgent"
    r"|at some point|keine eile|irgendwann|wenn du zeit hast|pas urgent|pas pressé|quand tu peux|sin prisa"
    r"|cuando puedas)\b"
)
_UNSPACED = "\u2e80"
"""Where the scripts begin that are written without spaces between words."""


class Owners:
    """Checks owners of one transcript's action items. Reads the whole transcript once: make it in a thread."""

    def __init__(self, transcript: Transcript) -> None:
        self._transcript = transcript
        self._steering = steering_segments(transcript)
        self._reading = _read(transcript)
        self._rules = rules_for(transcript.language)
        self._commitments = every_commitment(self._reading)

    def owner(self, label: str | None, text: str, citations: Sequence[Citation], *, translated: bool) -> int | None:
        """The id of the speaker whom the model named, where the cited words make that speaker the owner."""
        speaker = self._speaker(label)
        if speaker is None:
            return None
        cited = {s for c in citations for s in range(c.first, c.last + 1)} - self._steering
        found = [
            c
            for c in self._commitments
            if self._rests_on(c.sentences, cited) and self._fits(c.sentences, text, translated)
        ]
        owners = {commitment.owner for commitment in found if commitment.owner is not None}
        if owners:
            return speaker if owners == {speaker} else None
        return speaker if not found and not translated and self._pledges(speaker, text, cited) else None

    def is_due(self, due: str, citations: Sequence[Citation]) -> bool:
        """Whether these words that say when were said there, letter for letter but for case and hidden characters."""
        wanted = " ".join(re.findall(r"\w+", fold(due)))
        said = (" ".join(re.findall(r"\w+", fold(citation.text))) for citation in citations)
        return bool(wanted) and any(f" {wanted} " in f" {words} " or _is_spaceless(wanted, words) for words in said)

    def _speaker(self, label: str | None) -> int | None:
        wanted = fold(" ".join(strip_invisible(label or "").split()))
        found = [speaker.id for speaker in self._transcript.speakers if fold(speaker.label) == wanted]
        return found[0] if len(found) == 1 else None

    def _rests_on(self, rows: Sequence[int], cited: set[int]) -> bool:
        sentence = self._reading.sentences[rows[0]]
        return bool(cited & set(range(sentence.first, sentence.last + 1)))

    def _fits(self, rows: Sequence[int], text: str, translated: bool) -> bool:  # noqa: FBT001 - passed on
        """Whether it is this that is promised there, and not something else that is cited beside it."""
        said = " ".join(self._reading.texts[row] for row in rows)
        language = self._transcript.language
        return translated or bool(set(terms(said, language)) & set(terms(text, language)))

    def _pledges(self, speaker: int, text: str, cited: set[int]) -> bool:
        """Whether that speaker says 'I will' to it: the first word with a meaning after 'I will' is the item's."""
        pledge = _PLEDGES.get(self._transcript.language)
        if pledge is None or self._rules is None:
            return False
        for row, sentence in enumerate(self._reading.sentences):
            if sentence.speaker != speaker or not cited & set(range(sentence.first, sentence.last + 1)):
                continue
            said = plain(self._reading.texts[row])
            cue = re.search(rf"(?<!\w)(?:{pledge})(?!\w)", said, re.IGNORECASE)
            if cue and self._is_meant(row, cue, text):
                return True
        return False

    def _is_meant(self, row: int, cue: re.Match[str], text: str) -> bool:
        language = self._transcript.language
        if self._rules is None or cue.string.endswith("?") or not is_real(self._rules, self._reading, row, cue):
            return False
        if self._rules.staged.search(whole_clause(self._rules, cue.string, cue)):
            return False
        return bool(set(terms(cue.string[cue.end() :], language)[:1]) & set(terms(text, language)))


def _is_spaceless(wanted: str, words: str) -> bool:
    """The same for scripts that write no spaces."""
    return wanted[0] > _UNSPACED and wanted.replace(" ", "") in words.replace(" ", "")


def urgency(proposed: Urgency, citations: Sequence[Citation]) -> Urgency:
    """The urgency that a model proposes where the cited words say so, else normal."""
    said = fold(" ".join(citation.text for citation in citations))
    words = {"high": _HIGH, "low": _LOW}.get(proposed)
    return proposed if words and words.search(said) else "normal"


def _read(transcript: Transcript) -> Reading:
    """A reading without vectors: who promises what is a matter of words."""
    pairs = [(s, tidy(strip_invisible(s.text), transcript.language)) for s in sentences(transcript)]
    kept = [(sentence, text) for sentence, text in pairs if text]
    return Reading(
        transcript=transcript,
        sentences=tuple(sentence for sentence, _ in kept),
        texts=tuple(text for _, text in kept),
        terms=tuple(tuple(terms(text, transcript.language)) for _, text in kept),
        lengths=tuple(word_count(text) for _, text in kept),
        vectors=np.zeros((len(kept), 0), dtype=np.float32),
    )
