"""Cutting long recordings at silences, and putting what was heard of the parts together again."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from services.transcription.amazon_document import Heard
from services.transcription.amazon_split import Part, split, whole
from services.transcription.amazon_stitch import stitch, transcript_of
from services.transcription.sound import Sound
from services.vocabulary.transcript import Word
from tests.unit.transcription import sounds


def talk(path: Path, seconds: float, *, every: float = 11.0, pause: float = 1.0) -> Sound:
    """Noise as loud as speech, with a pause at the end of every so many seconds."""
    signal = sounds.noise(seconds, level=0.2)
    time = np.arange(len(signal)) / 16_000
    signal[time % every > every - pause] *= 0.005
    return Sound(sounds.write(path, signal))


def test_what_is_short_enough_is_not_cut(tmp_path: Path) -> None:
    sound = talk(tmp_path / "sound", 60.0)
    assert split(sound, longest=60.0, overlap=6.0) == whole(60.0)


def test_parts_cover_everything_and_are_cut_in_pauses(tmp_path: Path) -> None:
    parts = split(talk(tmp_path / "sound", 300.0), longest=120.0, overlap=12.0)
    assert parts[0].start == parts[0].first == 0.0
    assert parts[-1].end == parts[-1].last == 300.0
    assert all(part.seconds <= 120.0 for part in parts)
    for before, after in pairwise(parts):
        assert before.last == after.first
        assert before.end - after.start == pytest.approx(12.0)
        assert 10.2 < before.last % 11.0 < 10.8, "well inside a pause"


def test_equal_sound_is_cut_equally(tmp_path: Path) -> None:
    first = split(talk(tmp_path / "a", 100.0), longest=50.0, overlap=5.0)
    assert split(talk(tmp_path / "b", 100.0), longest=50.0, overlap=5.0) == first


@pytest.mark.parametrize("level", [0.0, 0.2])
def test_sound_without_a_pause_or_without_anything_is_cut_all_the_same(tmp_path: Path, level: float) -> None:
    sound = Sound(sounds.write(tmp_path / "sound", sounds.noise(100.0, level=level)))
    parts = split(sound, longest=50.0, overlap=5.0)
    assert all(0 < part.seconds <= 50.0 for part in parts)
    assert parts[-1].last == 100.0


def heard(*said: tuple[str, float, str], language: str | None = "en") -> Heard:
    """Words of half a second: text, start, label."""
    words = tuple(Word(text=f" {text}", start=start, end=start + 0.5) for text, start, _ in said)
    spans = tuple((word.start, word.end) for word in words)
    return Heard(words=words, labels=tuple(label for *_, label in said), speech=spans, language=language)


PARTS = (Part(start=0, end=65, first=0, last=60), Part(start=55, end=120, first=60, last=120))


def text_of(found: Heard) -> str:
    return "".join(word.text for word in found.words).strip()


def test_times_are_shifted_and_what_both_heard_is_there_once() -> None:
    first = heard(("one", 1, "spk_0"), ("two", 58, "spk_1"), ("three", 61, "spk_0"))
    second = heard(("two", 3, "spk_0"), ("three", 6, "spk_1"), ("four", 30, "spk_1"))
    found = stitch(PARTS, (first, second))
    assert text_of(found) == "one two three four"
    assert [word.start for word in found.words] == [1, 58, 61, 85]
    assert found.labels == ("0 spk_0", "0 spk_1", "0 spk_0", "0 spk_0")
    assert [speaker.id for speaker in transcript_of(found, duration=120).speakers] == [0, 1]


def test_a_word_on_the_cut_is_neither_lost_nor_doubled() -> None:
    for early, late in ((59.7, 59.8), (59.8, 59.7), (59.7, 59.7), (59.8, 59.8)):
        first = heard(("one", 58, "a"), ("cut", early, "a"), ("two", 61, "a"))
        second = heard(("one", 3, "a"), ("cut", late - 55, "a"), ("two", 6, "a"))
        assert text_of(stitch(PARTS, (first, second))) == "one cut two"


def test_a_voice_that_is_silent_in_the_overlap_is_a_new_one() -> None:
    first = heard(("one", 1, "spk_0"), ("two", 58, "spk_1"))
    second = heard(("two", 3, "spk_0"), ("three", 30, "spk_1"))
    assert stitch(PARTS, (first, second)).labels == ("0 spk_0", "0 spk_1", "1 spk_1")


def test_no_two_voices_become_one() -> None:
    """The first part took two people for one; the second tells them apart, and at most one of them is known again."""
    first = heard(("a", 56, "spk_0"), ("b", 57, "spk_0"), ("c", 58, "spk_0"))
    second = heard(("a", 1, "spk_0"), ("b", 2, "spk_0"), ("c", 3, "spk_1"), ("d", 30, "spk_0"), ("e", 31, "spk_1"))
    assert stitch(PARTS, (first, second)).labels[-2:] == ("0 spk_0", "1 spk_1")


def test_a_moment_together_tells_no_voice() -> None:
    first = heard(("one", 58.0, "spk_0"))
    second = heard(("two", 3.3, "spk_4"), ("three", 30, "spk_4"))
    assert stitch(PARTS, (first, second)).labels[-1] == "1 spk_4"


def test_three_parts_carry_a_voice_from_the_first_to_the_last() -> None:
    parts = (*PARTS[:1], Part(start=55, end=125, first=60, last=120), Part(start=115, end=180, first=120, last=180))
    first = heard(("one", 1, "spk_0"), ("two", 58, "spk_1"))
    second = heard(("two", 3, "spk_0"), ("three", 62, "spk_0"), ("four", 64, "spk_1"))
    third = heard(("three", 2, "spk_1"), ("four", 4, "spk_0"), ("five", 20, "spk_1"), ("six", 30, "spk_0"))
    found = stitch(parts, (first, second, third))
    assert text_of(found) == "one two three four five six"
    assert found.labels == ("0 spk_0", "0 spk_1", "0 spk_1", "1 spk_1", "0 spk_1", "1 spk_1")


def test_the_language_is_that_of_most_words() -> None:
    german = heard(("eins", 1, "a"), ("zwei", 2, "a"), language="de")
    english = heard(("one", 30, "a"), language="en")
    assert stitch(PARTS, (german, english)).language == "de"
    assert stitch(PARTS, (heard(language=None), heard(language=None))).language is None


def test_words_stay_in_order_of_time() -> None:
    found = transcript_of(heard(("two", 5, "a"), ("one", 1, "b"), ("three", 9, "a")), duration=10)
    assert [segment.text for segment in found.segments] == ["one", "two", "three"]
    assert [segment.speaker for segment in found.segments] == [0, 1, 1]
