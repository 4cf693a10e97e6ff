"""Captions without marks name nobody, and so does everything that is made of them."""

from __future__ import annotations

import json
import re

import pytest

from bot.report import report_of
from services.answering.extract import extract as answer
from services.evidence.embeddings import LexicalEmbedder
from services.evidence.retrieval import Retriever
from services.media.captions import parse, transcript_of
from services.player.data import page_data
from services.publishing.answer_blocks import answer_message
from services.publishing.recap_blocks import recap_message
from services.publishing.times import no_link
from services.publishing.transcript_files import transcript_files
from services.publishing.views import transcript_view
from services.speech.narration import narration_script
from services.summarization.extract import extract
from services.transcription.naming import name_speakers
from services.vocabulary.media import Media
from services.vocabulary.question import Question
from services.vocabulary.recap import ActionItem, Citation, Point, Recap
from services.vocabulary.transcript import Segment, Speaker, Transcript
from tests.unit.answering.launch import LINES
from tests.unit.media.captions.bodies import srt

_CALLED = re.compile(r"\bspeakers?\b\W*\d|<v |\*Speakers\*|## Speakers|\bNone\b", re.IGNORECASE)


def recap_of(transcript: Transcript) -> Recap:
    media = Media(id="0" * 64, key="k", name="launch.mp4", size=1)
    return Recap(id="r", media=media, transcript=transcript, summary=extract(transcript, LexicalEmbedder()))


def unmarked() -> Transcript:
    lines = [line.partition(": ")[2] for line in LINES.splitlines()]
    return transcript_of(parse(srt(lines).encode(), "srt"), language="en", duration=None, engine="captions:human")


def texts_of(recap: Recap) -> dict[str, str]:
    """The files to keep, by what their names end in."""
    files = transcript_files(recap)
    return {
        file.name[file.name.rindex(".") :]: file.content.decode() for file in files if isinstance(file.content, bytes)
    }


def shown(recap: Recap) -> dict[str, str]:
    """Everything that people and programs read."""
    files = texts_of(recap)
    retriever = Retriever(recap.transcript, LexicalEmbedder())
    told = answer(Question(text="What will they send on Friday?"), retriever)
    return files | {
        "recap": json.dumps(recap_message(recap, link=no_link).blocks),
        "view": json.dumps(transcript_view(recap, link=no_link)),
        "page": json.dumps(page_data(recap, "video/mp4")["segments"]),
        "report": report_of(recap).model_dump_json(exclude={"narration"}),
        "narration": narration_script(recap.summary, recap.transcript, recap.transcript.duration),
        "answer": json.dumps(
            answer_message(told, subject="a", recap_id="r", link=no_link, speakers=recap.transcript.speakers).blocks
        ),
    }


def test_nobody_is_called_anything() -> None:
    recap = recap_of(unmarked())
    assert recap.transcript.speakers == ()
    assert recap.summary.action_items
    assert all(item.owner is None for item in recap.summary.action_items)
    for name, text in shown(recap).items():
        assert not (found := _CALLED.search(text)), (name, found)
    data = page_data(recap, None)
    assert data["speakers"] == []
    assert {segment["speaker"] for segment in data["segments"]} == {None}
    report = report_of(recap)
    assert report.speakers == ()
    assert {words.speaker for words in report.transcript} == {None}
    assert {task.owner for task in report.action_items} == {None}


def test_naming_finds_nobody_to_name() -> None:
    assert name_speakers(unmarked()).speakers == ()


def test_where_some_are_known_the_others_stay_nobody() -> None:
    lines = LINES.replace("Alan: ", ">> ").replace("Grace: ", ">> GRACE: ").replace("Mary: ", ">> ").splitlines()
    transcript = transcript_of(parse(srt(lines).encode(), "srt"), language="en", duration=None, engine="captions:human")
    assert [speaker.name for speaker in transcript.speakers] == ["Grace"]
    recap = recap_of(transcript)
    assert {item.owner for item in recap.summary.action_items} <= {None, 0}
    for name, text in shown(recap).items():
        assert not re.search(r"\bspeaker \d", text, re.IGNORECASE), name


@pytest.mark.parametrize("owner", [None, 0, 1])
def test_a_task_of_somebody_unknown_is_told_without_an_owner(owner: int | None) -> None:
    transcript = Transcript(
        language="en",
        duration=60.0,
        segments=(Segment(id=0, speaker=1, start=0, end=5, text="I'll send the report."),),
        speakers=(Speaker(id=0, name="Ada", share=0.5),),
    )
    item = ActionItem(
        text="I'll send the report.",
        citations=(Citation(first=0, last=0, start=0, end=5, speaker=1, text="I'll send the report."),),
        owner=owner,
    )
    recap = recap_of(transcript)
    gist = Point(text="Reports matter.", citations=item.citations)
    summary = recap.summary.model_copy(update={"action_items": (item,), "gist": gist, "points": ()})
    text = narration_script(summary, transcript, 600.0)
    assert ("Ada: I'll send" in text) == (owner == 0)
    assert report_of(recap.model_copy(update={"summary": summary})).action_items[0].owner == (
        "Ada" if owner == 0 else None
    )


def test_labels() -> None:
    transcript = Transcript(language="en", duration=1, speakers=(Speaker(id=0, name="Ada"), Speaker(id=1)))
    assert [transcript.label(number) for number in (0, 1, 2, None)] == ["Ada", "Speaker 2", None, None]


def test_subtitles_mark_a_voice_that_is_not_known() -> None:
    segments = tuple(
        Segment(id=index, speaker=voice, start=index * 3, end=index * 3 + 2, text=f"Line {index}.")
        for index, voice in enumerate((0, 2, 1))
    )
    speakers = (Speaker(id=0, name="Ada"), Speaker(id=1, name="Bob"))
    transcript = Transcript(language="en", duration=9, segments=segments, speakers=speakers)
    files = texts_of(recap_of(transcript))
    assert [line for line in files[".srt"].splitlines() if "Line" in line] == [
        "Ada: Line 0.",
        "- Line 1.",
        "Bob: Line 2.",
    ]
    assert "\nLine 1.\n" in files[".vtt"]
    assert "<v Bob>Line 2.</v>" in files[".vtt"]
    again = transcript_of(parse(files[".srt"].encode(), "srt"), language="en", duration=9, engine="captions:human")
    assert [again.label(segment.speaker) for segment in again.segments] == ["Ada", None, "Bob"]
