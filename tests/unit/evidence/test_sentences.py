from __future__ import annotations

from services.evidence.sentences import sentences
from services.vocabulary.transcript import Segment, Speaker, Transcript, Word


def said(*lines: tuple[int, float, float, str]) -> Transcript:
    segments = tuple(Segment(id=i, speaker=s, start=a, end=b, text=text) for i, (s, a, b, text) in enumerate(lines))
    speakers = tuple(Speaker(id=i) for i in sorted({line[0] for line in lines}))
    return Transcript(language="en", duration=lines[-1][2], segments=segments, speakers=speakers)


def test_a_sentence_over_two_segments_is_one_and_knows_both() -> None:
    found = sentences(said((0, 0, 2, "We will send the report"), (0, 2.1, 4, "to everybody on Friday.")))
    assert [(s.text, s.first, s.last) for s in found] == [("We will send the report to everybody on Friday.", 0, 1)]
    assert (found[0].start, found[0].end) == (0, 4)


def test_an_interjection_does_not_end_a_sentence_and_stays_a_sentence_of_its_own() -> None:
    found = sentences(said((0, 0, 2, "We will send it"), (1, 2, 2.5, "Right."), (0, 2.6, 4, "on Friday.")))
    assert [(s.text, s.speaker, s.first, s.last) for s in found] == [
        ("We will send it on Friday.", 0, 0, 2),
        ("Right.", 1, 1, 1),
    ]


def test_a_long_pause_and_a_new_start_end_an_open_sentence() -> None:
    assert len(sentences(said((0, 0, 2, "so maybe we"), (0, 9, 10, "the coffee is ready.")))) == 2
    assert len(sentences(said((0, 0, 2, "so maybe we"), (0, 2, 3, "The coffee is ready.")))) == 2


def test_another_speaker_with_more_to_say_ends_a_sentence() -> None:
    found = sentences(said((0, 0, 2, "I would like"), (1, 2, 4, "No, please let me finish this."), (0, 4, 5, "to go.")))
    assert [s.speaker for s in found] == [0, 1, 0]


def test_two_sentences_of_one_segment_share_its_time() -> None:
    first, second = sentences(said((0, 0, 10, "One two three. Four five six.")))
    assert first.start == 0
    assert second.end == 10
    assert 0 < first.end <= second.start + 0.5 < 10


def test_word_times_place_a_sentence_within_its_segment() -> None:
    words = tuple(Word(text=w, start=t, end=t + 0.5) for w, t in (("One.", 0), ("Two", 7), ("three.", 8)))
    segment = Segment(id=0, speaker=0, start=0, end=9, text="One. Two three.", words=words)
    transcript = Transcript(language="en", duration=9, segments=(segment,), speakers=(Speaker(id=0),))
    assert [s.start for s in sentences(transcript)] == [0, 7]


def test_empty_segments_say_nothing() -> None:
    assert sentences(said((0, 0, 2, "  "), (0, 2, 3, ""))) == ()
