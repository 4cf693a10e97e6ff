"""Conversations as transcripts: 'A: text' per turn, four seconds a turn."""

from __future__ import annotations

from services.vocabulary.transcript import Segment, Speaker, Transcript


def conversation(script: str, *, language: str = "en", pause: float = 0.5) -> Transcript:
    """Each line 'A: text' is a segment; speakers are numbered in order of appearance."""
    numbers: dict[str, int] = {}
    segments: list[Segment] = []
    for line in filter(None, (line.strip() for line in script.strip().splitlines())):
        who, text = line.split(": ", 1)
        start = len(segments) * (4 + pause)
        speaker = numbers.setdefault(who, len(numbers))
        segments.append(Segment(id=len(segments), speaker=speaker, start=start, end=start + 4, text=text))
    speakers = tuple(Speaker(id=number, share=1 / len(numbers)) for number in numbers.values())
    return Transcript(
        language=language,
        duration=segments[-1].end if segments else 0.0,
        segments=tuple(segments),
        speakers=speakers,
    )
