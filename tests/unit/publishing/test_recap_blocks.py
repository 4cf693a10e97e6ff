from __future__ import annotations

import re

import pytest

from services.publishing.actions import Action, verdict_of
from services.publishing.recap_blocks import recap_message
from services.publishing.times import no_link
from services.vocabulary.recap import Narration, Recap, Summary, Topic
from services.vocabulary.transcript import Speaker, Transcript
from tests.fakes.recaps import sample_recap
from tests.unit.publishing.slack_rules import buttons, check_message, shown


def at(seconds: float) -> str:
    return f"https://earshot.example/r/token#t={int(seconds)}"


@pytest.fixture
def recap() -> Recap:
    return sample_recap()


def changed_summary(recap: Recap, **changes: object) -> Recap:
    return recap.model_copy(update={"summary": recap.summary.model_copy(update=changes)})


def test_the_message_reads_from_what_matters_to_how_far_to_trust_it(recap: Recap) -> None:
    words = shown(recap_message(recap, link=no_link))
    order = [
        "Spring catalogue weekly",
        "3 min · 3 speakers · English",
        "launch on the 27th of April",
        "*Key points*",
        "*To do*",
        "*Decided*",
        "*Chapters*",
        "*Speakers*",
        "*Topics*",
        "99% of the speech is covered · 10 of 10 statements traced to the recording",
    ]
    places = [words.index(part) for part in order]
    assert places == sorted(places)


def test_each_point_opens_its_second(recap: Recap) -> None:
    words = shown(recap_message(recap, link=at))
    assert "eleven percent cheaper.\u00a0(<https://earshot.example/r/token#t=38|0:38>)" in words


def test_times_are_plain_where_nothing_can_be_opened(recap: Recap) -> None:
    message = recap_message(recap, link=no_link)
    assert "eleven percent cheaper.\u00a0(0:38)\n" in shown(message)
    assert Action.OPEN not in buttons(message)


def test_an_action_names_its_owner_and_day_only_where_the_words_did(recap: Recap) -> None:
    words = shown(recap_message(recap, link=no_link))
    assert "☐\u2002*Jonas*: Confirm the order with the mill. _by Thursday_\u00a0(1:16)" in words
    assert "☐\u2002Collect the figures of the smaller fairs. _before Friday_\u00a0(2:38)" in words


def test_a_day_that_the_text_names_is_not_said_twice(recap: Recap) -> None:
    item = recap.summary.action_items[0].model_copy(update={"text": "I will confirm it by Thursday."})
    words = shown(recap_message(changed_summary(recap, action_items=(item,)), link=no_link))
    assert "I will confirm it by Thursday.\u00a0(1:16)" in words


def test_a_named_speaker_comes_with_the_proof_of_the_name(recap: Recap) -> None:
    words = shown(recap_message(recap, link=no_link))
    assert "*Jonas* 35%, named at 0:16: “Thanks Maya, Jonas here from the print side.”" in words
    assert "*Speaker 3* 33%\n" in words


def test_a_single_nameless_voice_needs_no_list_of_speakers(recap: Recap) -> None:
    alone = recap.transcript.model_copy(update={"speakers": (Speaker(id=0, share=1.0),)})
    words = shown(recap_message(recap.model_copy(update={"transcript": alone}), link=no_link))
    assert "*Speakers*" not in words
    assert "1 speaker ·" in words


def test_what_does_not_fit_is_counted(recap: Recap) -> None:
    long = changed_summary(recap, points=recap.summary.points * 8, decisions=recap.summary.decisions * 16)
    message = recap_message(long, link=lambda seconds: at(seconds) + "x" * 150)
    check_message(message)
    assert re.search(r"\n_and \d+ more points in the transcript file_\n", shown(message))
    assert re.search(r"\n_and \d+ more decisions in the transcript file_\n", shown(message))


def test_a_single_line_left_out_is_one_point(recap: Recap) -> None:
    sixteen = changed_summary(recap, points=(recap.summary.points * 4)[:16])
    assert "\n_and 1 more point in the transcript file_\n" in shown(recap_message(sixteen, link=no_link))


def test_every_part_keeps_its_first_line_however_long_the_others_are(recap: Recap) -> None:
    flood = tuple(point.model_copy(update={"text": "word " * 200}) for point in recap.summary.points * 8)
    message = recap_message(changed_summary(recap, points=flood, decisions=flood), link=no_link)
    check_message(message)
    for part in ("*To do*", "*Chapters*", "*Speakers*", "*Topics*"):
        assert part in shown(message)


def test_a_short_recording_without_points_is_shown_word_by_word(recap: Recap) -> None:
    few = recap.transcript.model_copy(update={"segments": recap.transcript.segments[:3]})
    bare = recap.model_copy(update={"transcript": few, "summary": Summary(language="en")})
    words = shown(recap_message(bare, link=no_link))
    assert "There is too little here to sum up, so this is what was said." in words
    assert "Maya 0:01\u2002Good morning everyone" in words


def test_a_long_recording_that_could_not_be_summed_up_promises_no_words_here(recap: Recap) -> None:
    bare = recap.model_copy(update={"summary": Summary(language="en")})
    words = shown(recap_message(bare, link=no_link))
    assert "I could not sum this up. Every word of it is in the transcript." in words
    assert "*Word for word*" not in words


def test_topics_beyond_ten_are_counted(recap: Recap) -> None:
    topics = tuple(Topic(name=f"topic {number}") for number in range(13))
    assert "topic 9 · and 3 more" in shown(recap_message(changed_summary(recap, topics=topics), link=no_link))


def test_silence_is_called_silence(recap: Recap) -> None:
    empty = Transcript(language="und", duration=3_600.0)
    silent = recap.model_copy(update={"transcript": empty, "summary": Summary(language="en")})
    message = recap_message(silent, link=no_link)
    assert "I heard nobody speak in this recording" in shown(message)
    assert set(buttons(message)) == {Action.DELETE}
    assert "traced" not in shown(message)


def test_a_missing_voice_is_said_and_can_be_tried_again(recap: Recap) -> None:
    mute = recap.model_copy(
        update={"narration": Narration(text="…", language="fi", reason="I have no voice for Finnish.")}
    )
    message = recap_message(mute, link=no_link, notes=["The files could not be attached."], retry=True)
    assert "I have no voice for Finnish." in shown(message)
    assert "The files could not be attached." in shown(message)
    assert buttons(message)[Action.RETRY]["value"] == recap.id


def test_a_summary_in_another_language_says_so(recap: Recap) -> None:
    assert "written in German" in shown(recap_message(changed_summary(recap, language="de"), link=no_link))


def test_the_buttons_carry_the_recap_and_deleting_asks_first(recap: Recap) -> None:
    found = buttons(recap_message(recap, link=at))
    assert set(found) == {Action.OPEN, Action.TRANSCRIPT, Action.ASK, Action.DELETE}
    assert {found[name]["value"] for name in (Action.TRANSCRIPT, Action.ASK, Action.DELETE)} == {recap.id}
    assert found[Action.DELETE]["confirm"]["confirm"]["text"] == "Delete"


def test_feedback_says_on_what_it_is(recap: Recap) -> None:
    message = recap_message(recap, link=no_link)
    thumbs = next(block for block in message.blocks if block["type"] == "context_actions")["elements"][0]
    verdict = verdict_of(thumbs["negative_button"]["value"])
    assert verdict == ("bad", recap.id)


@pytest.mark.parametrize("value", ["", "good", "good|", "great|T1", "|T1"])
def test_a_foreign_feedback_value_is_nobody_s_verdict(value: str) -> None:
    assert verdict_of(value) is None


def test_a_notification_tells_the_gist(recap: Recap) -> None:
    text = recap_message(recap, link=no_link).text
    assert text.startswith("Recap of Spring catalogue weekly: The spring catalogue is printed on lighter paper")
