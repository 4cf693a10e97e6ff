"""Speakers are those whom captions mark, by name or as another voice; a colon alone is only a colon."""

from __future__ import annotations

import pytest

from services.media.captions import parse, transcript_of
from services.vocabulary.transcript import Transcript
from tests.unit.media.captions.bodies import srt, vtt


def heard(*lines: str) -> Transcript:
    return transcript_of(parse(srt(lines).encode(), "srt"), language="en", duration=None, engine="captions")


def told(transcript: Transcript) -> list[tuple[str | None, str]]:
    return [(transcript.label(segment.speaker), segment.text) for segment in transcript.segments]


def test_names_hold_until_the_next_one() -> None:
    transcript = heard("Ada: Hello there.", "How are you?", "Bob: Fine.", "Ada: Good.")
    assert told(transcript) == [("Ada", "Hello there."), ("Ada", "How are you?"), ("Bob", "Fine."), ("Ada", "Good.")]
    assert [speaker.evidence for speaker in transcript.speakers] == [(0, 3), (2,)]
    assert sum(speaker.share for speaker in transcript.speakers) == pytest.approx(1)


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        (
            (">> ADA LOVELACE: Good morning.", ">> REPORTER: Good morning.", ">> ADA LOVELACE: Go on."),
            ["Ada Lovelace", "Reporter"],
        ),
        (("- Ada: Good morning.\n- Bob: Good morning.", "Ada: Bye.", "Bob: Bye."), ["Ada", "Bob"]),
        (("ADA (off screen): Good morning.", "BOB: Hello."), ["Ada", "Bob"]),
        (("Jean-Luc O'Neill: Hi.", "Dr. Grace van der Berg: Hi."), ["Jean-Luc O'Neill", "Dr. Grace van der Berg"]),
        (
            ("\u7530\u4e2d\uff1a\u3053\u3093\u306b\u3061\u306f\u3002", "\u5c71\u7530\uff1a\u306f\u3044\u3002"),
            ["\u7530\u4e2d", "\u5c71\u7530"],
        ),
        (("Welcome.", "Ada: One.", "Ada: Two.", "Ada: Three."), ["Ada"]),
        (("Ada:\nHello.", "Bob:\nHi."), ["Ada", "Bob"]),
    ],
)
def test_marks_that_are_names(lines: tuple[str, ...], names: list[str]) -> None:
    transcript = heard(*lines)
    assert [speaker.name for speaker in transcript.speakers] == names
    assert not any(name in transcript.text for name in names)


@pytest.mark.parametrize(
    "lines",
    [
        ("We begin.", "Note: this is hard.", "Remember: it takes time."),
        ("Note: one.", "Note: two.", "Note: three."),
        ("Step one: breathe.", "Step two: breathe again."),
        ("Today we cook.", "Monday: soup.", "Tuesday: soup."),
        ("Advice: wait.", "My advice: wait more.", "Advice: that is my advice."),
        ("It starts at 10:30.", "See https://example.org for more.", "The score was Ajax 3: 2."),
        ("BREAKING NEWS: RAIN.", "NOW: MORE RAIN.", "BREAKING NEWS: SUN AND MORE RAIN TODAY"),
        ("There is one thing I learned: wait.", "Paris: what a city.", "So I stayed."),
    ],
)
def test_colons_that_are_only_colons(lines: tuple[str, ...]) -> None:
    transcript = heard(*lines)
    assert transcript.speakers == ()
    assert {segment.speaker for segment in transcript.segments} == {0}
    assert transcript.text.split() == " ".join(lines).split()


def test_a_mark_alone_changes_the_voice_and_names_nobody() -> None:
    transcript = heard(">> are you there", "can you hear me >> yes >> good", "- and now\n- me too", "it is -5 degrees")
    assert transcript.speakers == ()
    assert [segment.text for segment in transcript.segments] == [
        "are you there can you hear me",
        "yes",
        "good",
        "and now",
        "me too it is -5 degrees",
    ]


def test_the_voice_after_a_bare_mark_is_nobody_s() -> None:
    transcript = heard("Hello.", ">> ADA: Morning.", ">> Who is it?", ">> ADA: Me.", ">> UNKNOWN SPEAKER: Ah.")
    assert told(transcript) == [
        (None, "Hello."),
        ("Ada", "Morning."),
        (None, "Who is it?"),
        ("Ada", "Me."),
        (None, "Ah."),
    ]
    assert [speaker.id for speaker in transcript.speakers] == [0]
    assert transcript.speakers[0].share < 0.7


def test_numbered_voices_are_told_apart_without_a_name() -> None:
    transcript = heard("Speaker 2: Hello.", "Speaker 7: Hi.", "Speaker 2: Bye.")
    assert [(speaker.name, speaker.evidence) for speaker in transcript.speakers] == [(None, ()), (None, ())]
    assert [segment.speaker for segment in transcript.segments] == [0, 1, 0]


def test_voices_of_webvtt() -> None:
    body = (
        vtt(["one", "two", "three"])
        .replace("one", "<v.loud Ada &amp; Co>Note: one</v><v Bob>uno")
        .replace("three", "<v Ada &amp; Co>three")
    )
    transcript = transcript_of(parse(body.encode(), "vtt"), language="en", duration=None, engine="captions")
    assert told(transcript) == [("Ada & Co", "Note: one"), ("Bob", "uno"), (None, "two"), ("Ada & Co", "three")]


def test_a_name_among_timed_words_takes_no_word_with_it() -> None:
    body = (
        "WEBVTT\n\n00:00.000 --> 00:02.000\n>><00:00.100><c> ADA:</c><00:00.500><c> good</c><00:01.000><c> day</c>\n\n"
        "00:02.000 --> 00:04.000\n>><00:02.100><c> BOB</c><00:02.200><c> RAY:</c><00:02.500><c> hello</c>\n"
    )
    cues = parse(body.encode(), "vtt")
    assert [(cue.speaker, cue.text, [(word.text, word.start) for word in cue.words]) for cue in cues] == [
        ("Ada", "good day", [("good", 0.5), ("day", 1.0)]),
        ("Bob Ray", "hello", [("hello", 2.5)]),
    ]
