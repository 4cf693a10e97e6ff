from __future__ import annotations

import re

from hypothesis import HealthCheck, given, settings

from services.publishing.captions import cues, srt, vtt
from services.publishing.transcript_files import transcript_files, transcript_markdown
from services.vocabulary.recap import Recap
from services.vocabulary.transcript import Segment, Speaker, Transcript, Word
from tests.fakes.recaps import sample_recap, sample_transcript
from tests.unit.publishing.recaps import recaps

many = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
_TIMES = re.compile(r"(\d\d+):(\d\d):(\d\d)[.,](\d{3})")


def heard(*texts: str, words: tuple[Word, ...] = (), seconds: float = 4.0) -> Transcript:
    segments = tuple(
        Segment(id=number, speaker=number % 2, start=number * 10.0, end=number * 10 + seconds, text=text, words=words)
        for number, text in enumerate(texts)
    )
    speakers = (Speaker(id=0, name="A <b> & C"), Speaker(id=1))
    return Transcript(language="en", duration=100, segments=segments, speakers=speakers)


def test_cues_are_short_enough_to_read() -> None:
    for cue in cues(sample_transcript()):
        assert 0 < cue.end - cue.start <= 7
        assert len(cue.lines) <= 2
        assert all(len(line) <= 42 for line in cue.lines)


def test_cues_lose_no_word() -> None:
    transcript = sample_transcript()
    said = " ".join(" ".join(cue.lines) for cue in cues(transcript))
    assert said.split() == transcript.text.split()


def test_cues_follow_the_words_where_those_are_known() -> None:
    words = (Word(text="Yes,", start=1.0, end=1.5), Word(text="later.", start=9.0, end=9.5))
    first, second = cues(heard("Yes, later.", words=words, seconds=10))
    assert (first.start, first.lines) == (1.0, ("Yes,",))
    assert (second.start, second.end, second.lines) == (9.0, 9.5, ("later.",))


def test_words_that_are_not_those_of_the_text_are_not_trusted() -> None:
    (cue,) = cues(heard("No idea.", words=(Word(text="Wrong", start=50, end=51),)))
    assert (cue.start, cue.end) == (0.0, 4.0)


def test_a_script_without_blanks_is_broken_too() -> None:
    for cue in cues(
        heard("今日は春のカタログの発売日を決めなければなりませんので皆さんよろしくお願いします" * 2, seconds=20)
    ):
        assert all(len(line) <= 21 for line in cue.lines)


def test_srt_names_a_speaker_at_the_turn_and_has_no_tags() -> None:
    text = srt(heard("Is 1 < 2 --> yes?", "Sure.", "Good."))
    assert text.startswith("1\n00:00:00,000 --> 00:00:04,000\nA ‹b› & C: Is 1 ‹ 2 --› yes?\n\n2\n")
    assert "\nSpeaker 2: Sure.\n" in text


def test_vtt_escapes_and_gives_each_cue_its_voice() -> None:
    text = vtt(heard("Is 1 < 2 --> yes & no?"))
    assert text.startswith("WEBVTT\n\n00:00:00.000 --> 00:00:04.000\n")
    assert "<v A &lt;b&gt; &amp; C>Is 1 &lt; 2 --&gt; yes &amp; no?</v>" in text.replace("\n", " ").replace("  ", " ")


@many
@given(recaps())
def test_subtitles_of_anything_are_well_formed(recap: Recap) -> None:
    for text, mark in ((srt(recap.transcript), ","), (vtt(recap.transcript), ".")):
        for line in text.splitlines():
            if "-->" in line:
                start, end = line.split(" --> ")
                assert all(_TIMES.fullmatch(stamp) and mark in stamp for stamp in (start, end))
        bodies = [block.split("\n") for block in text.strip().split("\n\n") if "-->" in block]
        assert all(len(body) <= 4 for body in bodies)


def test_markdown_holds_the_recap_and_every_word() -> None:
    recap = sample_recap()
    text = transcript_markdown(recap)
    assert text.startswith("# Spring catalogue weekly\n\n3 min, English\n\n> The spring catalogue is printed")
    assert "- [ ] **Jonas**: Confirm the order with the mill. (by Thursday) (1:16)\n" in text
    assert "### 1:31 Old prices on the website\n\n**Speaker 3** 1:31\n\nNext point, the website" in text
    assert all(segment.text in text for segment in recap.transcript.segments)


def test_words_are_never_read_as_markdown() -> None:
    recap = sample_recap()
    nasty = heard("1. not a list", "# no *heading* <script>x</script> ![a](b)", "- nor this", "=== or this")
    text = transcript_markdown(recap.model_copy(update={"transcript": nasty}))
    assert "\n1\\. not a list\n" in text
    assert "\n\\# no \\*heading\\* \\<script\\>x\\</script\\> !\\[a\\](b)\n" in text
    assert "\n\\- nor this\n" in text
    assert "\n\\=== or this\n" in text


def test_three_files_are_named_after_the_recording() -> None:
    files = transcript_files(sample_recap())
    assert [file.name for file in files] == [f"Spring catalogue weekly{end}" for end in (".md", ".srt", ".vtt")]


def test_silence_makes_no_files() -> None:
    silent = sample_recap().model_copy(update={"transcript": Transcript(language="und", duration=9)})
    assert transcript_files(silent) == ()
