"""Subtitles of what was heard, as Transcribe writes them beside the document."""

from __future__ import annotations

from sandbox.aws.engines import Heard


def subtitles(heard: Heard, kind: str, first: int) -> str:
    """One cue for each turn, as 'vtt' or 'srt'; cues are counted from `first`."""
    mark = "." if kind == "vtt" else ","
    cues = []
    for index, turn in enumerate(heard.turns, first):
        text = " ".join(word.text for word in turn.words)
        cues.append(f"{index}\n{_clock(turn.start, mark)} --> {_clock(turn.end, mark)}\n{text}\n")
    return ("WEBVTT\n\n" if kind == "vtt" else "") + "\n".join(cues)


def _clock(seconds: float, mark: str) -> str:
    whole, thousandths = divmod(round(seconds * 1000), 1000)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}{mark}{thousandths:03}"
