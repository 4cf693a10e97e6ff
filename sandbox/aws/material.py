"""Finds the transcript in a prompt: lines such as `[12] Anna (3:05): what was said`, or notes without a time."""

from __future__ import annotations

import re
from dataclasses import dataclass

from services.evidence.languages import language_of
from services.vocabulary.transcript import Segment, Speaker, Transcript

_LINE = re.compile(
    r"^\[(?P<numbers>\d+(?:\s*,\s*\d+)*)\] (?P<who>[^:\n]{1,120}?)(?: \((?P<time>\d+(?::\d\d){1,2})\))?: (?P<text>.+)$",
    re.MULTILINE,
)
_GENERIC = re.compile(r"(?:Speaker|Voice)(?: \d+)?")
_WORDS_PER_SECOND = 2.5


@dataclass(frozen=True)
class Material:
    """A transcript as it was read, and how the prompt names its parts.

    `numbers` holds for each segment the numbers that the prompt gives it, `labels` how it calls each speaker.
    """

    transcript: Transcript
    numbers: tuple[tuple[int, ...], ...]
    labels: tuple[str, ...]

    def named(self, first: int, last: int) -> list[int]:
        """What the prompt calls these segments."""
        return list(dict.fromkeys(number for each in self.numbers[first : last + 1] for number in each))


def material(prompt: str) -> Material:
    """The transcript or the notes of a prompt; without a segment where there are none. It takes time: use a thread."""
    found = list(_LINE.finditer(prompt))
    labels = tuple(dict.fromkeys(line["who"] for line in found if line["time"]))
    starts = _starts(found)
    segments = tuple(
        Segment(
            id=index,
            speaker=labels.index(line["who"]) if line["time"] else 0,
            start=starts[index],
            end=max(
                starts[index], min(starts[index + 1], starts[index] + len(line["text"].split()) / _WORDS_PER_SECOND)
            ),
            text=line["text"],
        )
        for index, line in enumerate(found)
    )
    speakers = tuple(
        Speaker(id=index, name=None if _GENERIC.fullmatch(label) else label) for index, label in enumerate(labels)
    )
    text = " ".join(segment.text for segment in segments)
    transcript = Transcript(
        language=language_of(text[:20_000]) or "en", duration=starts[-1], segments=segments, speakers=speakers
    )
    return Material(transcript, tuple(tuple(map(int, line["numbers"].split(","))) for line in found), labels)


def _starts(found: list[re.Match[str]]) -> list[float]:
    """When each line begins, and the last one ends; notes have no times and are told one after the other."""
    starts = list[float]()
    clock = 0.0
    for line in found:
        clock = max(clock, _seconds(line["time"])) if line["time"] else clock
        starts.append(clock)
        clock = clock if line["time"] else clock + len(line["text"].split()) / _WORDS_PER_SECOND
    last = len(found[-1]["text"].split()) / _WORDS_PER_SECOND if found else 0.0
    return [*starts, clock + last]


def _seconds(text: str) -> float:
    seconds = 0
    for part in text.split(":"):
        seconds = seconds * 60 + int(part)
    return float(seconds)
