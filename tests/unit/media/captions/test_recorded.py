"""The recorded bodies, word for word."""

from __future__ import annotations

import pytest

from services.media.captions import Cue, complaint, parse, transcript_of
from services.vocabulary.errors import UserError
from tests.unit.media.captions.bodies import recorded


def words(cues: list[Cue]) -> list[str]:
    return [word for cue in cues for word in cue.text.split()]


def test_json3_of_a_machine() -> None:
    cues = parse(recorded("json3-auto-scarlet.json"), "json3")
    assert [cue.text for cue in cues] == [
        "hello and welcome back to Scarlet Hollow",
        "we are about to begin episode two would",
        "you like to see a no I just did it",
    ]
    assert len(words(cues)) == 25
    timed = [word for cue in cues for word in cue.words]
    assert [word.text for word in timed] == words(cues)
    assert [word.start for word in timed][:7] == [0.919, 1.36, 1.52, 1.88, 2.0, 2.159, 2.6]
    assert (timed[7].start, timed[24].start) == (3.04, 8.76)


def test_rolling_webvtt_of_a_machine() -> None:
    cues = parse(recorded("simonw-webvtt-to-json/demo.vtt"), "vtt")
    assert [(cue.start, cue.text) for cue in cues] == [
        (0.0, "my career in side projects and open"),
        (1.839, "source basically this is so i've been"),
    ]
    assert len(words(cues)) == 14
    assert [word.start for word in cues[0].words] == [0.0, 0.16, 0.48, 0.64, 0.88, 1.28, 1.52]


def test_srv1_of_a_person() -> None:
    cues = parse(recorded("youtube-transcript-api/transcript.xml.static"), "srv1")
    assert [(cue.start, cue.end, cue.text) for cue in cues] == [
        (0.0, 1.54, "Hey, this is just a test"),
        (1.54, 5.7, "this is not the original transcript"),
        (5.7, 8.939, "just something shorter, I made up for testing"),
    ]
    assert len(words(cues)) == 20


def test_podcast_json_of_single_words() -> None:
    cues = parse(recorded("podcast-namespace/example.json"), "podcast-json")
    assert words(cues) == ["I", "am", "your", "father.", "Nooooo"]
    transcript = transcript_of(cues, language="en", duration=None, engine="transcript")
    assert [(s.speaker, s.start, s.end, s.text) for s in transcript.segments] == [
        (0, 0.5, 2.5, "I am your father."),
        (1, 2.75, 3.0, "Nooooo"),
    ]
    assert [(speaker.name, speaker.evidence) for speaker in transcript.speakers] == [
        ("Darth Vader", (0,)),
        ("Luke", (1,)),
    ]


@pytest.mark.parametrize("name", ["licenses.json", "exampleComplex.json"])
def test_other_json_of_podcasts_is_no_transcript(name: str) -> None:
    with pytest.raises(UserError):
        parse(recorded(f"podcast-namespace/{name}"), "podcast-json")


def test_webvtt_with_voices() -> None:
    cues = parse(recorded("podcast-namespace/example.vtt"), "vtt")
    assert len(words(cues)) == 66
    assert [cue.speaker for cue in cues] == ["Sarah"] * 5 + ["Gillian"] * 2
    transcript = transcript_of(cues, language="en", duration=None, engine="transcript")
    assert (
        transcript.segments[0].text
        == "In today's episode, you'll learn whether or not you should have a podcast trailer."
    )
    assert transcript.segments[2].text.startswith("Welcome to Podcasting Q&A, where you learn the best tips")
    assert transcript.segments[3].end == 18.63


def test_subrip_and_html_of_one_episode_say_the_same() -> None:
    subrip = parse(recorded("podcast-namespace/example.srt"), "srt")
    page = parse(recorded("podcast-namespace/example.html"), "html")
    assert len(subrip) == 222
    assert len(words(subrip)) == len(words(page)) == 2492
    assert words(subrip) == words(page)
    assert subrip[0].text == "When you first get started in podcasting, it's"
    told = [cue.speaker for index, cue in enumerate(subrip) if not index or subrip[index - 1].speaker != cue.speaker]
    assert told == [cue.speaker for cue in page]
    assert told == ["Travis", "Sarah", "Travis", "Gilon", "Travis", "Gilon", "Travis", "Sarah", "Gilon", "Travis"]
    assert [cue.start for cue in page] == [0, 53, 102, 219, 263, 322, 376, 562, 617, 691]
    assert complaint(subrip, duration=790, automatic=False) is None
    assert complaint(page, duration=790, automatic=False) is None


def test_the_episode_as_a_transcript() -> None:
    cues = parse(recorded("podcast-namespace/example.srt"), "srt")
    transcript = transcript_of(cues, language="en-US", duration=790.0, engine="publisher's transcript")
    assert transcript.text.split() == words(cues)
    assert [speaker.name for speaker in transcript.speakers] == ["Travis", "Sarah", "Gilon"]
    assert transcript.language == "en"
    assert transcript.engine == "publisher's transcript"
    assert transcript.covered == transcript.speech > 700
    assert all(s.end - s.start <= 20 and len(s.words) <= 60 for s in transcript.segments)
    page = parse(recorded("podcast-namespace/example.html"), "html")
    assert transcript_of(page, language="en", duration=790.0, engine="page").engine == "page, estimated times"
