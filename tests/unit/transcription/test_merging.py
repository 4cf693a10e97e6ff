"""Words and turns become segments."""

from __future__ import annotations

import pytest

from services.transcription.merging import merge
from services.vocabulary.transcript import Transcript, Turn, Word


def words(text: str, start: float = 0.0, pace: float = 0.5) -> list[Word]:
    """The words of a text, each `pace` seconds long, with the white space before it as a recognizer writes it."""
    return [
        Word(text=f" {word}", start=start + index * pace, end=start + (index + 1) * pace)
        for index, word in enumerate(text.split())
    ]


def turn(start: float, end: float, speaker: int) -> Turn:
    return Turn(start=start, end=end, speaker=speaker)


def merged(said: list[Word], turns: list[Turn], duration: float = 100.0) -> Transcript:
    return merge(said, turns, [(0.0, duration)], language="en", duration=duration)


def lines(transcript: Transcript) -> list[tuple[int, str]]:
    return [(segment.speaker, segment.text) for segment in transcript.segments]


def test_a_segment_is_a_sentence() -> None:
    transcript = merged(words("It works. Does it? Yes, Mr. Smith says so."), [turn(0, 50, 0)])
    assert lines(transcript) == [(0, "It works."), (0, "Does it?"), (0, "Yes, Mr. Smith says so.")]
    first, second, third = transcript.segments
    assert (first.id, second.id, third.id) == (0, 1, 2)
    assert (first.start, first.end, second.start) == (0.0, 1.0, 1.0)
    assert [word.text for word in second.words] == ["Does", "it?"]


def test_a_segment_ends_where_another_speaker_begins() -> None:
    transcript = merged(words("so we will do that no we will not"), [turn(0, 2.6, 0), turn(2.6, 10, 1)])
    assert lines(transcript) == [(0, "so we will do that"), (1, "no we will not")]


def test_a_segment_ends_at_a_pause() -> None:
    transcript = merged([*words("so we"), *words("will see", start=4.0)], [turn(0, 50, 0)])
    assert lines(transcript) == [(0, "so we"), (0, "will see")]


def test_a_sentence_without_end_is_cut() -> None:
    transcript = merged(words("and so on " * 60), [turn(0, 100, 0)])
    assert max(len(segment.text.split()) for segment in transcript.segments) <= 40
    assert transcript.text.split() == ["and", "so", "on"] * 60


def test_scripts_without_spaces_stay_without() -> None:
    said = [Word(text=text, start=i, end=i + 1) for i, text in enumerate(["今日は", "いい", "天気です。", "はい。"])]
    transcript = merge(said, [turn(0, 9, 0)], [(0.0, 4.0)], language="ja", duration=9.0)
    assert lines(transcript) == [(0, "今日はいい天気です。"), (0, "はい。")]


def test_speakers_are_numbered_by_their_first_words_and_share_the_talk() -> None:
    transcript = merged([*words("yes yes"), *words("no no no no no no", start=5)], [turn(0, 4, 3), turn(4, 9, 1)])
    assert [speaker.id for speaker in transcript.speakers] == [0, 1]
    assert [speaker.share for speaker in transcript.speakers] == pytest.approx([0.25, 0.75])
    assert all(speaker.name is None for speaker in transcript.speakers)


def test_a_word_outside_all_turns_belongs_to_the_nearest() -> None:
    transcript = merged(words("well then", start=7.0), [turn(0, 2, 0), turn(9, 20, 1)])
    assert lines(transcript) == [(0, "well then")]
    assert merged(words("oh"), []).segments[0].speaker == 0


def test_coverage_is_the_speech_that_has_words() -> None:
    transcript = merge(
        words("one two three four"), [turn(0, 9, 0)], [(0.0, 1.5), (5.0, 8.0)], language="en", duration=9.0
    )
    assert transcript.speech == pytest.approx(4.5)
    assert transcript.covered == pytest.approx(1.5)


def test_without_words_nothing_was_said() -> None:
    transcript = merge([], [turn(0, 3, 0)], [(0.0, 3.0)], language="en", duration=9.0)
    assert (transcript.language, transcript.segments, transcript.speakers) == ("und", (), ())
    assert (transcript.speech, transcript.covered) == (3.0, 0.0)


def test_no_segment_ends_after_the_recording() -> None:
    assert merged(words("the end", start=9.5), [turn(0, 20, 0)], duration=10.0).segments[-1].end == 10.0
