"""Documents of parts into that of the whole recording: times shifted, speakers carried across the cuts.

A job numbers the speakers of its own part. Neighbours share an overlap, in which both heard the same words: who speaks
at the same time in both is one voice. The pairs are made by the seconds that they speak together, the most first, each
voice once. A voice that is silent in the overlap cannot be known again: it is a speaker of its own from there on.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from services.transcription.amazon_document import Heard
from services.transcription.amazon_split import Part
from services.transcription.merging import assemble
from services.transcription.sound import Span
from services.vocabulary.transcript import Transcript, Word

_STEP = 0.01
_LEAST = 0.5  # seconds spoken together that tell a voice
_SLACK = 1.0  # how far before the cut the later part may give a word that the earlier one missed


def stitch(parts: Sequence[Part], documents: Sequence[Heard]) -> Heard:
    """One document of all parts; labels are made unique, and are the same where the voice is."""
    words: list[Word] = []
    labels: list[str] = []
    speech: list[Span] = []
    before: Heard | None = None
    for index, (part, document) in enumerate(zip(parts, documents, strict=True)):
        heard = _shifted(document, part, index)
        if before is not None:
            heard = _renamed(heard, _same(before, heard, (part.start, parts[index - 1].end)))
        border = max(part.first - _SLACK, words[-1].end) if words else part.first if index else 0.0
        kept = [at for at, word in enumerate(heard.words) if border <= _middle(word) < _last(part, parts)]
        words += [heard.words[at] for at in kept]
        labels += [heard.labels[at] for at in kept]
        speech += _clipped(heard.speech, part.first, _last(part, parts))
        before = heard
    return Heard(words=tuple(words), labels=tuple(labels), speech=tuple(speech), language=_language(documents))


def transcript_of(heard: Heard, *, duration: float, one_voice: bool = False) -> Transcript:
    """The transcript of a document. `one_voice` says that one person speaks, whatever the document makes of it."""
    inside = [(word, label) for word, label in zip(heard.words, heard.labels, strict=True) if word.start < duration]
    inside.sort(key=lambda pair: pair[0].start)
    known = "" if one_voice else next((label for _, label in inside if label), "")
    numbers: dict[str, int] = {}
    speakers = [numbers.setdefault(known if one_voice else label or known, len(numbers)) for _, label in inside]
    words = [word.model_copy(update={"end": min(word.end, duration)}) for word, _ in inside]
    speech = _clipped(heard.speech, 0.0, duration)
    found = assemble(words, speakers, speech, language=heard.language or "und", duration=duration)
    # Without labels nobody knows who speaks, so nobody is counted.
    return found if known or one_voice else found.model_copy(update={"speakers": ()})


def _middle(word: Word) -> float:
    return (word.start + word.end) / 2


def _last(part: Part, parts: Sequence[Part]) -> float:
    return part.last if part is not parts[-1] else float("inf")


def _shifted(heard: Heard, part: Part, index: int) -> Heard:
    """The same in times of the recording; labels say which part they are of."""
    by = part.start
    words = [word.model_copy(update={"start": word.start + by, "end": word.end + by}) for word in heard.words]
    labels = [f"{index} {label}" if label else "" for label in heard.labels]
    spans = [(start + by, end + by) for start, end in heard.speech]
    return heard.model_copy(update={"words": tuple(words), "labels": tuple(labels), "speech": tuple(spans)})


def _renamed(heard: Heard, names: dict[str, str]) -> Heard:
    return heard.model_copy(update={"labels": tuple(names.get(label, label) for label in heard.labels)})


def _same(before: Heard, after: Heard, zone: Span) -> dict[str, str]:
    """For voices of the later document the earlier one's label."""
    old, old_names = _voices(before, zone)
    new, new_names = _voices(after, zone)
    together = np.zeros((len(old_names), len(new_names)))
    for mine in range(len(old_names)):
        for theirs in range(len(new_names)):
            together[mine, theirs] = np.count_nonzero((old == mine) & (new == theirs)) * _STEP
    found: dict[str, str] = {}
    while together.size and together.max() >= _LEAST:
        mine, theirs = divmod(int(together.argmax()), len(new_names))
        found[new_names[theirs]] = old_names[mine]
        together[mine, :] = together[:, theirs] = 0
    return found


def _voices(heard: Heard, zone: Span) -> tuple[npt.NDArray[np.int64], list[str]]:
    """Who speaks at every 10 ms of a stretch, by number (-1: nobody), and the labels of these numbers."""
    grid = np.full(max(0, round((zone[1] - zone[0]) / _STEP)), -1)
    names: list[str] = []
    for word, label in zip(heard.words, heard.labels, strict=True):
        if label and word.end > zone[0] and word.start < zone[1]:
            if label not in names:
                names.append(label)
            first, last = (max(0, round((time - zone[0]) / _STEP)) for time in (word.start, word.end))
            grid[first:last] = names.index(label)
    return grid, names


def _clipped(spans: Sequence[Span], first: float, last: float) -> list[Span]:
    return [(max(start, first), min(end, last)) for start, end in spans if end > first and start < last]


def _language(documents: Sequence[Heard]) -> str | None:
    """The one that most words are in."""
    counts: dict[str, int] = {}
    for document in documents:
        if document.language:
            counts[document.language] = counts.get(document.language, 0) + len(document.words)
    return max(counts, key=lambda code: counts[code]) if counts else None
