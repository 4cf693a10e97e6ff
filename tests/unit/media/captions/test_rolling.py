"""Captions that roll are read exactly: no line doubled, none lost, and what is said twice is there twice."""

from __future__ import annotations

import random

import pytest

from services.media.captions import parse
from tests.unit.media.captions.bodies import TALK, rolling_vtt, srt, stamp


def texts(body: str, kind: str = "vtt") -> list[str]:
    return [cue.text for cue in parse(body.encode(), kind)]


def test_somebody_who_says_yes_twice_keeps_both() -> None:
    assert texts(rolling_vtt(TALK)) == list(TALK)
    assert texts(rolling_vtt(["yes", "yes", "yes", "no", "no"])) == ["yes", "yes", "yes", "no", "no"]


def test_the_same_after_a_converter_dropped_the_tags() -> None:
    body = rolling_vtt(TALK, tags=False)
    assert texts(body) == list(TALK)
    converted = body.replace("WEBVTT\nKind: captions\nLanguage: en\n\n", "").replace("\n \n", "\n")
    assert texts(converted, "srt") == list(TALK)


def test_two_lines_that_roll_without_fillers() -> None:
    shown = [f"{before}\n{line}" for before, line in zip(("", *TALK), TALK, strict=False)]
    assert texts(srt(shown), "srt") == list(TALK)


def test_five_hundred_lines_of_few_words_roll_exactly() -> None:
    dice = random.Random(7)
    for _ in range(10):
        lines = [" ".join(dice.choices(["yes", "no", "well", "so"], k=dice.randint(1, 3))) for _ in range(50)]
        assert texts(rolling_vtt(lines)) == lines


@pytest.mark.parametrize("kind", ["srt", "vtt"])
def test_captions_that_do_not_roll_keep_every_repetition(kind: str) -> None:
    lines = ["We will rock you", "We will rock you", "Sing it", "We will rock you", "We will rock you"]
    body = srt(lines) if kind == "srt" else "WEBVTT\n\n" + srt(lines).replace(",", ".")
    assert texts(body, kind) == lines


def test_captions_with_times_of_words_that_do_not_roll_keep_every_repetition() -> None:
    cues = [f"{stamp(n)} --> {stamp(n + 0.9)}\n<{stamp(n)}><c>yes</c><{stamp(n + 0.4)}><c> sir</c>\n" for n in range(4)]
    assert texts("WEBVTT\n\n" + "\n".join(cues)) == ["yes sir"] * 4
