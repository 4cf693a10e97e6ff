"""A transcript as sentences, each knowing the segments that it stands in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from services.evidence.splitting import is_finished, split_text, word_count
from services.vocabulary.transcript import Segment, Transcript

_PAUSE = 2.0
"""Seconds of silence after which an unfinished sentence is taken for broken off."""
_INTERJECTION = 3
"""Words at most that another speaker may throw in without ending a sentence: 'mm-hmm', 'yeah, right'."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """What one speaker said as one sentence: part of, or all of, the segments `first`..`last` of that speaker.

    Segments of others between them are interjections. `start` and `end` are seconds, interpolated within a segment.
    """

    text: str
    first: int
    last: int
    speaker: int
    start: float
    end: float


def sentences(transcript: Transcript) -> tuple[Sentence, ...]:
    """All that was said as sentences, in order of their first segment; every word is in exactly one."""
    found = [sentence for run in _runs(transcript.segments) for sentence in _split(run)]
    return tuple(sorted(found, key=lambda sentence: (sentence.first, sentence.start)))


def _runs(segments: tuple[Segment, ...]) -> Iterator[list[Segment]]:
    """Stretches of one speaker, joined over short interjections while the sentence is open."""
    run: list[Segment] = []
    for segment in segments:
        if not segment.text.strip():
            continue
        if run and _continues(run[-1], segment):
            run.append(segment)
        elif run and _interjects(run[-1], segment):
            yield [segment]
        else:
            if run:
                yield run
            run = [segment]
    if run:
        yield run


def _continues(previous: Segment, segment: Segment) -> bool:
    """Whether the same speaker goes on; a capital after an open end is a new start, save for 'I'."""
    if segment.speaker != previous.speaker or segment.start - previous.end > _PAUSE:
        return False
    word = segment.text.split(maxsplit=1)[0]
    return is_finished(previous.text) or not word[0].isupper() or word[:2] in ("I", "I'")


def _interjects(previous: Segment, segment: Segment) -> bool:
    return (
        segment.speaker != previous.speaker
        and not is_finished(previous.text)
        and word_count(segment.text) <= _INTERJECTION
        and segment.start - previous.end <= _PAUSE
    )


def _split(run: list[Segment]) -> Iterator[Sentence]:
    texts = [" ".join(segment.text.split()) for segment in run]
    joined = " ".join(texts)
    starts = [0]
    for text in texts:
        starts.append(starts[-1] + len(text) + 1)
    at = index = 0
    for piece in split_text(joined):
        begin = joined.index(piece, at)
        at = begin + len(piece)
        while starts[index + 1] <= begin:
            index += 1
        last = index
        while starts[last + 1] < at:
            last += 1
        yield Sentence(
            text=piece,
            first=run[index].id,
            last=run[last].id,
            speaker=run[index].speaker,
            start=_time(run[index], (begin - starts[index]) / len(texts[index])),
            end=_time(run[last], (at - starts[last]) / len(texts[last])),
        )


def _time(segment: Segment, share: float) -> float:
    """The second at which that share of the segment's letters has been said."""
    if share <= 0:
        return segment.start
    if share >= 1:
        return segment.end
    if not segment.words:
        return segment.start + share * (segment.end - segment.start)
    letters = share * sum(len(word.text.strip()) for word in segment.words)
    for word in segment.words:
        letters -= len(word.text.strip())
        if letters < 0:
            return word.start
    return segment.end
