"""Cues become sentences with times that can be opened."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest

from services.media.captions import Cue, parse, transcript_of
from services.media.captions.parsing import KINDS
from services.vocabulary.transcript import Transcript, Word
from tests.unit.media.captions.bodies import BODIES, TALK, json3


def made(cues: list[Cue], duration: float | None = None) -> Transcript:
    return transcript_of(cues, language="en", duration=duration, engine="captions")


def cue(start: float, end: float, text: str) -> Cue:
    return Cue(start=start, end=end, text=text)


def test_sentences_run_over_cues_and_end_inside_them() -> None:
    transcript = made(
        [cue(0, 2, "I said that the"), cue(2, 4, "end is near. Then I"), cue(4, 6, "went to see Dr. Who.")]
    )
    assert [segment.text for segment in transcript.segments] == [
        "I said that the end is near.",
        "Then I went to see Dr. Who.",
    ]
    assert [segment.id for segment in transcript.segments] == [0, 1]
    assert 3 < transcript.segments[0].end < 4
    assert transcript.segments[0].words[3] == Word(text="the", start=1.5, end=2.0)
    assert transcript.speakers == ()
    assert (transcript.duration, transcript.speech, transcript.covered) == (6, 6, 6)


def test_a_pause_ends_a_segment() -> None:
    transcript = made([cue(0, 2, "and so we"), cue(4, 6, "went on")])
    assert [segment.text for segment in transcript.segments] == ["and so we", "went on"]
    assert transcript.speech == 4


def test_a_caption_over_a_pause_takes_no_longer_than_its_words() -> None:
    transcript = made([cue(0, 30, "Yes."), cue(30, 32, "No, I think not.")])
    assert [(segment.start, segment.end) for segment in transcript.segments] == [(0, 1.5), (30, 32)]


def test_speech_without_full_stops_is_cut_where_a_breath_is_taken() -> None:
    words, at = [], 0.0
    for index in range(300):
        words.append(Word(text=f"w{index}", start=at, end=at + 0.3))
        at += 0.35 if index % 10 else 1.0
    transcript = made([Cue(start=0, end=at, text=" ".join(word.text for word in words), words=tuple(words))])
    assert all(len(segment.words) <= 25 for segment in transcript.segments)
    assert (
        sum(segment.words[0].text.endswith("1") for segment in transcript.segments[1:]) == len(transcript.segments) - 1
    )
    assert transcript.text.split() == [word.text for word in words]


@pytest.mark.parametrize("seed", range(5))
def test_no_segment_is_long_no_word_is_lost_and_times_ascend(seed: int) -> None:
    dice = random.Random(seed)
    cues, at = [], 0.0
    for _ in range(120):
        at += dice.choice((0, 0, 0.5, 2))
        words = dice.choices(
            ["so", "Then", "wait.", "yes,", "\u4eca\u65e5\u306f\u3002", "\u0e27\u0e31\u0e19", "Dr.", "I"],
            k=dice.randint(1, 40),
        )
        end = at + dice.uniform(0, 60)
        cues.append(cue(at, end, " ".join(words)))
        at = max(at, end - dice.choice((0, 0, 1)))
    transcript = made(cues, duration=at)
    assert "".join(transcript.text.split()) == "".join("".join(each.text.split()) for each in cues)
    for segment in transcript.segments:
        assert segment.end - segment.start <= 20
        assert len(segment.words) <= 60
        assert 0 <= segment.start <= segment.end <= transcript.duration
        assert "".join(word.text for word in segment.words) == segment.text.replace(" ", "")
    assert all(a.start <= b.start for a, b in pairwise(transcript.segments))
    assert transcript.covered == transcript.speech <= transcript.duration


def test_scripts_without_blanks_get_none() -> None:
    transcript = transcript_of(
        [cue(0, 3, "\u4eca\u65e5\u306f\u826f\u3044"), cue(3, 5, "\u5929\u6c17\u3067\u3059\u3002\u306f\u3044")],
        language="ja",
        duration=None,
        engine="x",
    )
    assert [segment.text for segment in transcript.segments] == [
        "\u4eca\u65e5\u306f\u826f\u3044\u5929\u6c17\u3067\u3059\u3002",
        "\u306f\u3044",
    ]


def test_words_stay_inside_the_recording() -> None:
    transcript = made([cue(0, 4, "this is the end"), cue(4, 9, "and a late word")], duration=6)
    assert transcript.duration == 6
    assert all(word.end <= 6 for segment in transcript.segments for word in segment.words)
    timed = parse(json3(TALK).encode(), "json3")
    assert made(timed, duration=10).segments[-1].end <= 10


def test_lines_before_the_first_time_come_before_it() -> None:
    transcript = made(parse(b"My talk\nHello.\n[00:10] First of all.\n[00:20] Second.", "txt"), duration=30)
    assert [segment.text for segment in transcript.segments] == ["My talk Hello.", "First of all.", "Second."]
    assert [segment.start for segment in transcript.segments][1:] == [10, 20]
    assert transcript.engine == "captions"


def test_nothing_said_has_no_language() -> None:
    transcript = transcript_of([], language="en", duration=12.0, engine="captions")
    assert (transcript.language, transcript.duration, transcript.segments) == ("und", 12.0, ())
    assert transcript_of([], language="", duration=None, engine="captions").duration == 0


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_makes_the_same_words(kind: str) -> None:
    transcript = made(parse(BODIES[kind](TALK).encode(), kind))
    assert transcript.text == " ".join(TALK)
    assert transcript.speakers == ()
    assert transcript.covered == transcript.speech > 0
