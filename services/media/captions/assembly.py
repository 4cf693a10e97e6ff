"""Cues as a transcript: sentences with times and, where the captions say so, with speakers."""

from __future__ import annotations

from collections.abc import Sequence

from services.media.captions.cues import Cue
from services.media.captions.sentences import Said, sentences_of
from services.media.captions.speakers import fold_name, is_numbered
from services.media.captions.timing import timed
from services.media.captions.voices import glued
from services.vocabulary.transcript import Segment, Speaker, Transcript

_MOST_EVIDENCE = 5
_LONG = 20.0
"""Seconds; sentences inside longer cues without times of words are only placed by their length."""
_MOSTLY = 0.5
_MOST_SPEAKERS = 200
"""Whoever names more voices than that does not name voices."""


def transcript_of(cues: Sequence[Cue], *, language: str, duration: float | None, engine: str) -> Transcript:
    """The transcript of the cues, in sentence-sized segments of at most about 20 seconds and 60 words.

    `language` may be any tag that begins with an ISO 639-1 code. `duration` is the recording's, in seconds; None takes
    the end of the last cue. Words without times get them by their length. Where most words stand in cues without times
    (or with too few of them), `engine` is told to have estimated times. Speakers are those whom the captions name;
    otherwise there are none and every segment's speaker is 0. All that captions hold counts as heard and covered.
    """
    placed = timed(cues, duration)
    said = sentences_of(placed)
    length = duration if duration is not None else max((cue.end for cue in placed), default=0.0)
    segments, speakers = _with_speakers(said)
    speech = round(_union(segments), 3)
    return Transcript(
        language=_code(language) if segments else "und",
        duration=round(length, 3),
        segments=segments,
        speakers=speakers,
        speech=speech,
        covered=speech,
        engine=f"{engine}, estimated times" if _is_estimated(cues) else engine,
    )


def _with_speakers(said: Sequence[Said]) -> tuple[tuple[Segment, ...], tuple[Speaker, ...]]:
    """The segments, and those who are named, numbered by first appearance; nobody has the number after the last."""
    names = dict.fromkeys(fold_name(sentence.voice) for sentence in said if sentence.voice)
    numbers = {name: number for number, name in enumerate(names)} if len(names) <= _MOST_SPEAKERS else {}
    segments = tuple(
        Segment(
            id=index,
            speaker=numbers.get(fold_name(sentence.voice or ""), len(numbers)),
            start=sentence.words[0].start,
            end=sentence.words[-1].end,
            text=glued([word.text for word in sentence.words]),
            words=sentence.words,
        )
        for index, sentence in enumerate(said)
    )
    return segments, tuple(_speaker(number, segments, said) for number in numbers.values())


def _speaker(number: int, segments: Sequence[Segment], said: Sequence[Said]) -> Speaker:
    """The speaker, named by the segments with which the captions begin to name them; a mere number is no name."""
    own = [segment for segment in segments if segment.speaker == number]
    starts = [segment.id for segment in own if not segment.id or segments[segment.id - 1].speaker != number]
    name = next(sentence.voice for segment in own if (sentence := said[segment.id]).voice)
    total = sum(max(0.01, segment.end - segment.start) for segment in segments)
    share = sum(max(0.01, segment.end - segment.start) for segment in own) / total
    if name is None or is_numbered(name):
        return Speaker(id=number, share=share)
    return Speaker(id=number, name=name, evidence=tuple(starts[:_MOST_EVIDENCE]), share=share)


def _union(segments: Sequence[Segment]) -> float:
    """Seconds in which there are words."""
    total = reached = 0.0
    for segment in segments:
        total += max(0.0, segment.end - max(segment.start, reached))
        reached = max(reached, segment.end)
    return total


def _is_estimated(cues: Sequence[Cue]) -> bool:
    letters = sum(len(cue.text) for cue in cues)
    vague = sum(len(cue.text) for cue in cues if not cue.timed or (not cue.words and cue.end - cue.start > _LONG))
    return vague > _MOSTLY * letters


def _code(language: str) -> str:
    return language.replace("_", "-").partition("-")[0].lower() or "und"
