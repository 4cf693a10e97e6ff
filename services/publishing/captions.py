"""Subtitles of a transcript: SubRip and WebVTT, in cues that can be read in the time they are shown."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import accumulate
from math import inf
from typing import NamedTuple

from services.publishing.mrkdwn import clip, one_line
from services.vocabulary.transcript import Segment, Transcript

# Two lines of 42 letters for at most 7 seconds is what the big streaming services ask of subtitles.
_LINE = 42
_LINES = 2
_LONGEST = 7.0
_SHORTEST = 0.5
_NAME = 30
# Scripts without blanks are broken between any two letters.
_UNSPACED = "\u0e00-\u0e7f\u3000-\u30ff\u3400-\u9fff\uff00-\uffef"
_TOKEN = re.compile(rf"[{_UNSPACED}]|[^\s{_UNSPACED}]{{1,{_LINE}}}")
_VTT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
# SubRip has no escapes; players read tags in angle brackets.
_SRT = str.maketrans({"<": "\u2039", ">": "\u203a"})


class Cue(NamedTuple):
    """Up to two lines of one speaker."""

    start: float
    end: float
    speaker: int
    lines: tuple[str, ...]


class _Token(NamedTuple):
    text: str
    blank: bool
    start: float
    end: float

    @property
    def width(self) -> int:
        """Columns with the blank before it; a letter of a wide script takes two."""
        return self.blank + sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in self.text)


def srt(transcript: Transcript) -> str:
    """SubRip. A line names the speaker whenever another one begins, where there are several; '-' is an unknown one."""
    blocks = []
    for number, cue in enumerate(cues(transcript, named=len(transcript.speakers) > 1), start=1):
        words = "\n".join(cue.lines).translate(_SRT)
        blocks.append(f"{number}\n{_stamp(cue.start, ',')} --> {_stamp(cue.end, ',')}\n{words}\n")
    return "\n".join(blocks)


def vtt(transcript: Transcript) -> str:
    """WebVTT with a voice span in every cue whose speaker is known."""
    labels = _labels(transcript)
    blocks = ["WEBVTT\n"]
    for cue in cues(transcript):
        words = "\n".join(cue.lines).translate(_VTT)
        if cue.speaker in labels:
            words = f"<v {labels[cue.speaker].translate(_VTT)}>{words}</v>"
        blocks.append(f"{_stamp(cue.start, '.')} --> {_stamp(cue.end, '.')}\n{words}\n")
    return "\n".join(blocks)


def cues(transcript: Transcript, *, named: bool = False) -> Iterator[Cue]:
    """The transcript in cues of at most 7 seconds and two lines; word times are used where they fit the text.

    `named` puts the speaker's name before the first words of each turn.
    """
    labels, before = _labels(transcript), None
    for segment in transcript.segments:
        tokens = _tokens(segment)
        if named and tokens and segment.speaker != before:
            name = f"{clip(labels[segment.speaker], _NAME)}:" if segment.speaker in labels else "-"
            first = tokens[0]
            tokens[:1] = [first._replace(text=name, end=first.start), first._replace(blank=True)]
        before = segment.speaker
        for group in _groups(tokens):
            yield _cue(segment, group)


def _groups(tokens: list[_Token]) -> list[list[_Token]]:
    """The tokens in groups that each make a cue, of about the same length, so that no cue holds a last word alone."""
    widths = [token.width for token in tokens]
    least = len(_filled(tokens, widths, inf))
    return _filled(tokens, widths, sum(widths) / max(1, least))


def _filled(tokens: list[_Token], widths: list[int], wish: float) -> list[list[_Token]]:
    """Groups within the limits of a cue that end where they are about as long as wished."""
    groups: list[list[_Token]] = []
    total, line, lines = 0.0, 0, 0
    for token, width in zip(tokens, widths, strict=True):
        wraps = line + width > _LINE
        fits = groups and token.end - groups[-1][0].start <= _LONGEST and lines + wraps <= _LINES
        if fits and total + width / 2 <= wish:
            groups[-1].append(token)
            line, lines = (width, lines + 1) if wraps else (line + width, lines)
        else:
            groups.append([token])
            total, line, lines = 0.0, width, 1
        total += width
    return groups


def _cue(segment: Segment, tokens: list[_Token]) -> Cue:
    start = tokens[0].start
    end = min(max(tokens[-1].end, start + _SHORTEST), start + _LONGEST)
    return Cue(start, end, segment.speaker, tuple(_lines(tokens)))


def _tokens(segment: Segment) -> list[_Token]:
    text = one_line(segment.text)
    spans = [found.span() for found in _TOKEN.finditer(text)]
    times = _word_times(segment, text)
    pace = max(0.0, segment.end - segment.start) / max(1, len(text))
    tokens = []
    for first, last in spans:
        start, end = segment.start + first * pace, segment.start + last * pace
        if times:
            start, end = times[first][0], times[last - 1][1]
        tokens.append(_Token(text[first:last], first > 0 and text[first - 1] == " ", start, end))
    return tokens


def _word_times(segment: Segment, text: str) -> list[tuple[float, float]]:
    """Start and end for each letter, from the words; empty where the words are not those of the text."""
    times: list[tuple[float, float]] = []
    for word in segment.words:
        letters = one_line(word.text)
        at = text.find(letters, len(times))
        if at < 0 or text[len(times) : at].strip():
            return []
        times += [(word.start, word.end)] * (at + len(letters) - len(times))
    return times if len(times) == len(text) else []


def _lines(tokens: list[_Token]) -> list[str]:
    """The words in one line, or in two that are as alike as can be."""
    reach = list(accumulate(token.width for token in tokens))
    if reach[-1] <= _LINE or len(tokens) == 1:
        return [_joined(tokens)]
    at = min(range(1, len(tokens)), key=lambda at: max(reach[at - 1], reach[-1] - reach[at - 1]))
    return [_joined(tokens[:at]), _joined(tokens[at:])]


def _joined(tokens: list[_Token]) -> str:
    return "".join(f" {token.text}" if token.blank else token.text for token in tokens).strip()


def _labels(transcript: Transcript) -> dict[int, str]:
    return {speaker.id: one_line(speaker.label) for speaker in transcript.speakers}


def _stamp(seconds: float, point: str) -> str:
    whole, thousandths = divmod(round(max(0.0, seconds) * 1000), 1000)
    minutes, second = divmod(whole, 60)
    return f"{minutes // 60:02}:{minutes % 60:02}:{second:02}{point}{thousandths:03}"
