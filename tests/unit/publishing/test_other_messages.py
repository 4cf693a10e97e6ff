from __future__ import annotations

import pytest

from services.publishing.actions import Action
from services.publishing.answer_blocks import answer_message
from services.publishing.failure_blocks import canceled_message, failure_message
from services.publishing.naming import file_name, title_of
from services.publishing.progress_blocks import overall, progress_message
from services.publishing.times import clock, no_link, span
from services.publishing.views import transcript_view
from services.vocabulary.progress import Progress, Stage
from services.vocabulary.question import Answer
from services.vocabulary.recap import Citation, Point, Recap
from tests.fakes.recaps import sample_recap
from tests.unit.publishing.slack_rules import buttons, shown, texts


def working(stage: Stage, fraction: float | None = None, remaining: float | None = None) -> str:
    progress = Progress(stage=stage, fraction=fraction)
    return shown(progress_message("Weekly.mp4", progress, recap_id="T:C:1:F", remaining=remaining))


def test_progress_shows_what_is_done_what_runs_and_what_comes() -> None:
    words = working(Stage.TRANSCRIBE, 0.5, remaining=130)
    assert "Working on *Weekly*\n▰▰▰▰▰▰▰▰▱▱▱▱▱▱▱▱▱▱▱▱\u2002*40%* · about 2 min left" in words
    assert "✓\u2002Got the recording\n▸\u2002*Listening* 50%\n○\u2002Write the recap" in words


def test_the_last_minute_is_not_counted_in_seconds() -> None:
    assert "less than a minute left" in working(Stage.NARRATE, 0.2, remaining=17.3)


def test_a_stage_of_unknown_length_has_no_percentage() -> None:
    assert "▸\u2002*Writing the recap* …" in working(Stage.SUMMARIZE)


def test_a_waiting_recording_says_its_place_and_can_be_canceled() -> None:
    message = progress_message("a.mp3", Progress(stage=Stage.QUEUED, detail="number 3 in line"), recap_id="T:C:1:F")
    assert shown(message).startswith("*a* is waiting for its turn: number 3 in line.")
    assert buttons(message)[Action.CANCEL]["value"] == "T:C:1:F"


def test_the_whole_never_goes_back_from_stage_to_stage() -> None:
    order = [Stage.QUEUED, Stage.INGEST, Stage.TRANSCRIBE, Stage.SUMMARIZE, Stage.NARRATE, Stage.PUBLISH]
    steps = [overall(Progress(stage=stage, fraction=done)) for stage in order for done in (0.0, 0.5, 1.0)]
    assert steps == sorted(steps)
    assert steps[-1] == pytest.approx(1.0)


def test_an_answer_proves_each_sentence_with_who_and_when() -> None:
    recap = sample_recap()
    citation = Citation(first=6, last=6, start=38.6, end=46.0, speaker=1, text="…")
    answer = Answer(found=True, sentences=(Point(text="On the 27th of April.", citations=(citation,)),))
    message = answer_message(
        answer,
        subject="T:C:2:question",
        recap_id=recap.id,
        link=lambda seconds: f"https://e.example/r/x#t={int(seconds)}",
        speakers=recap.transcript.speakers,
    )
    assert shown(message).startswith("On the 27th of April.\u00a0(<https://e.example/r/x#t=38|Jonas 0:38>)")
    assert message.text == "On the 27th of April. (0:38)"


def test_no_answer_is_said_plainly_with_a_way_on() -> None:
    message = answer_message(Answer(found=False), subject="q", recap_id="T:C:1:F", link=no_link)
    assert message.text == "The recording does not say."
    assert shown(message).startswith("The recording does not say.\n")
    assert buttons(message)[Action.TRANSCRIPT]["value"] == "T:C:1:F"


def test_a_failure_is_one_sentence_a_button_and_a_reference() -> None:
    message = failure_message("It broke.", media_name="a*b.mp3", retry="T:C:1:F", reference="ab12cd34")
    assert shown(message).startswith("*a∗b*\n⚠️\u2002It broke.\nReference: `ab12cd34`")
    assert buttons(message)[Action.RETRY]["value"] == "T:C:1:F"
    assert message.text == "a∗b: It broke. (reference ab12cd34)"


def test_what_only_the_person_can_mend_has_no_retry() -> None:
    assert not buttons(failure_message("The file is empty. Please share it again."))


def test_a_canceled_recap_can_be_started_again() -> None:
    assert buttons(canceled_message("a.mp3", recap_id="T:C:1:F"))[Action.RETRY]["text"]["text"] == "Start again"


def test_the_transcript_view_holds_every_word_in_turns() -> None:
    recap = sample_recap()
    words = "\n".join(text["text"] for text in texts(transcript_view(recap, link=no_link)["blocks"]))
    assert "*Jonas 0:16*\nThanks Maya, Jonas here from the print side. The short version" in words
    assert all(segment.text in words for segment in recap.transcript.segments)


def test_a_transcript_too_long_for_a_view_says_where_the_rest_is() -> None:
    recap = sample_recap()
    long = tuple(
        segment.model_copy(update={"id": number, "text": segment.text * 8})
        for number, segment in enumerate(recap.transcript.segments * 40)
    )
    huge: Recap = recap.model_copy(update={"transcript": recap.transcript.model_copy(update={"segments": long})})
    last = transcript_view(huge, link=no_link)["blocks"][-1]
    assert "The whole transcript is attached in the thread" in last["elements"][0]["text"]


@pytest.mark.parametrize(("seconds", "text"), [(0, "0:00"), (83.9, "1:23"), (3_723, "1:02:03"), (-5, "0:00")])
def test_positions_are_written_as_players_write_them(seconds: float, text: str) -> None:
    assert clock(seconds) == text


@pytest.mark.parametrize(
    ("seconds", "text"), [(0.4, "0 s"), (59, "59 s"), (61, "1 min"), (3_600, "1 h"), (3_900, "1 h 5 min")]
)
def test_lengths_are_rounded_to_what_people_care_for(seconds: float, text: str) -> None:
    assert span(seconds) == text


@pytest.mark.parametrize(
    ("name", "title"),
    [("Weekly sync.MP4", "Weekly sync"), (".mp3", ".mp3"), ("", "Recording"), ("v1.2 notes.wav", "v1.2 notes")],
)
def test_a_title_is_the_name_without_its_ending(name: str, title: str) -> None:
    assert title_of(name) == title


@pytest.mark.parametrize(
    ("title", "name"), [("Plan: A/B", "Plan A B.srt"), ("../../etc", "etc.srt"), ("\u202e", "recording.srt")]
)
def test_a_file_name_leads_nowhere(title: str, name: str) -> None:
    assert file_name(title, ".srt") == name
