"""Citations from segment ids: what a statement rests on, in the recording's own words."""

from __future__ import annotations

from services.evidence.sentences import Sentence
from services.vocabulary.recap import Citation
from services.vocabulary.transcript import Segment, Transcript


def cite(transcript: Transcript, first: int, last: int | None = None, *, speaker: int | None = None) -> Citation:
    """The citation of the segments `first`..`last` (inclusive; one segment where `last` is None).

    With a speaker only that speaker's words count, without one all of them, and the speaker named is the one who says
    most. Raises ValueError for ids that the transcript does not have or a speaker who says nothing there.
    """
    last = first if last is None else last
    if not 0 <= first <= last < len(transcript.segments):
        raise ValueError(f"no segments {first}..{last} in a transcript of {len(transcript.segments)}")
    cited = cited_segments(transcript, first, last, speaker)
    if not cited:
        raise ValueError(f"speaker {speaker} says nothing in segments {first}..{last}")
    return Citation(
        first=first,
        last=last,
        start=cited[0].start,
        end=max(segment.end for segment in cited),
        speaker=_main_speaker(cited) if speaker is None else speaker,
        text=" ".join(segment.text.strip() for segment in cited).strip(),
    )


def cite_sentence(transcript: Transcript, sentence: Sentence) -> Citation:
    """The citation of the segments that a sentence stands in."""
    return cite(transcript, sentence.first, sentence.last, speaker=sentence.speaker)


def cited_segments(transcript: Transcript, first: int, last: int, speaker: int | None = None) -> list[Segment]:
    """The segments `first`..`last`, of one speaker where given."""
    return [s for s in transcript.segments[first : last + 1] if speaker is None or s.speaker == speaker]


def _main_speaker(segments: list[Segment]) -> int:
    letters: dict[int, int] = {}
    for segment in segments:
        letters[segment.speaker] = letters.get(segment.speaker, 0) + len(segment.text)
    return max(letters, key=lambda speaker: letters[speaker])
