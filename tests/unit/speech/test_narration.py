from __future__ import annotations

import re

from services.speech.narration import WORDS_PER_SECOND, narration_script
from services.vocabulary.recap import ActionItem, Chapter, Citation, Point, Summary
from services.vocabulary.transcript import Segment, Speaker, Transcript

LINES = (
    (0, "Welcome to the weekly meeting about the lighthouse."),
    (1, "The lamp is broken and costs $450 to replace."),
    (0, "We should paint the tower white before winter."),
    (1, "I will order the lamp tomorrow."),
    (0, "We agreed to close the tower in January."),
)
CONNECTING = "in short the main points first next finally said what was decided is to be done due speaker 1 2"


def transcript_of(
    lines: tuple[tuple[int, str], ...] = LINES, names: tuple[str | None, ...] = (None, None)
) -> Transcript:
    segments = tuple(
        Segment(id=index, speaker=speaker, start=index * 5.0, end=index * 5.0 + 5, text=text)
        for index, (speaker, text) in enumerate(lines)
    )
    speakers = tuple(Speaker(id=index, name=name, share=1 / len(names)) for index, name in enumerate(names))
    return Transcript(language="en", duration=len(lines) * 5.0, segments=segments, speakers=speakers)


def point(index: int, text: str | None = None, lines: tuple[tuple[int, str], ...] = LINES) -> Point:
    speaker, said = lines[index]
    citation = Citation(first=index, last=index, start=index * 5.0, end=index * 5.0 + 5, speaker=speaker, text=said)
    return Point(text=text or said, citations=(citation,))


def summary_of(**changes: object) -> Summary:
    base = Summary(
        language="en",
        gist=point(0, "The lighthouse gets a new lamp and white paint."),
        points=(point(1), point(2)),
        chapters=(
            Chapter(title="The broken lamp", start=0, end=10, first=0, last=1),
            Chapter(title="Paint", start=10, end=25, first=2, last=4),
        ),
        action_items=(ActionItem(text="I will order the lamp tomorrow.", citations=point(3).citations, owner=1),),
        decisions=(point(4),),
    )
    return base.model_copy(update=changes)


def test_the_gist_comes_first_then_points_by_chapter_with_who_said_them_then_decisions_and_tasks() -> None:
    script = narration_script(summary_of(), transcript_of(names=("Ada", None)), duration=600)

    assert script.split("\n\n") == [
        "In short: The lighthouse gets a new lamp and white paint.",
        "First: The broken lamp. Speaker 2 said: The lamp is broken and costs $450 to replace.",
        "Finally: Paint. Ada said: We should paint the tower white before winter.",
        "What was decided. Ada said: We agreed to close the tower in January.",
        "What is to be done. Speaker 2: I will order the lamp tomorrow.",
    ]


def test_every_word_comes_from_the_summary_or_is_a_connecting_one() -> None:
    summary = summary_of()
    words = {*CONNECTING.split()} | set(re.findall(r"\w+", summary.model_dump_json().casefold()))

    script = narration_script(summary, transcript_of(), duration=600)

    assert set(re.findall(r"\w+", script.casefold())) <= words


def test_without_a_gist_nothing_is_said() -> None:
    assert narration_script(summary_of(gist=None), transcript_of(), duration=600) == ""


def test_a_retelling_is_not_put_into_anyones_mouth() -> None:
    retold = point(1, "A new lamp is needed, which is expensive.")

    script = narration_script(summary_of(points=(retold,)), transcript_of(), duration=600)

    assert "The main points. A new lamp is needed, which is expensive." in script


def test_a_single_speaker_is_not_named_before_each_sentence() -> None:
    lines = tuple((0, text) for _, text in LINES)
    points = (point(1, lines=lines), point(2, lines=lines))

    script = narration_script(
        summary_of(points=points, action_items=()), transcript_of(lines, names=(None,)), duration=600
    )

    assert "said" not in script


def test_who_speaks_is_told_once_while_the_voice_stays_the_same() -> None:
    lines = ((0, "One thing is here."), (1, "The second thing is there."), (1, "The third thing is away."))
    points = tuple(point(index, lines=lines) for index in range(3))
    summary = Summary(language="en", gist=point(0, "Things.", lines), points=points)

    script = narration_script(summary, transcript_of(lines), duration=600)

    said = "Speaker 1 said: One thing is here. Speaker 2 said: The second thing is there. The third thing is away."
    assert script.endswith(said)


def test_nothing_is_said_twice() -> None:
    summary = summary_of(gist=point(1), decisions=(point(2),))

    script = narration_script(summary, transcript_of(), duration=600)

    assert script.count("lamp is broken") == 1
    assert script.count("paint the tower") == 1


def test_a_date_is_added_where_the_task_does_not_say_it() -> None:
    tasks = (
        ActionItem(text="Call the mason", citations=(), due="Monday"),
        ActionItem(text="Write the letter by Friday.", citations=(), due="Friday"),
    )

    script = narration_script(summary_of(action_items=tasks), transcript_of(), duration=600)

    assert script.endswith("What is to be done. Call the mason. Due: Monday. Write the letter by Friday.")


def long_summary(count: int = 200, words: int = 12) -> tuple[Summary, Transcript]:
    lines = tuple((index % 2, f"Sentence {index} " + "word " * (words - 3) + "end.") for index in range(count))
    chapters = tuple(
        Chapter(
            title=f"Part {number}", start=number * 50.0, end=number * 50.0 + 50, first=number * 10, last=number * 10 + 9
        )
        for number in range(count // 10)
    )
    points = tuple(point(index, lines=lines) for index in range(count))
    return Summary(language="en", gist=point(0, lines=lines), points=points, chapters=chapters), transcript_of(lines)


def test_it_takes_a_tenth_of_the_recording_between_15_and_120_seconds() -> None:
    summary, transcript = long_summary()

    seconds = {
        duration: len(narration_script(summary, transcript, duration).split()) / WORDS_PER_SECOND
        for duration in (30, 300, 600, 3600, 36_000)
    }

    assert 12 <= seconds[30] <= 22
    assert 20 <= seconds[300] <= 30
    assert 50 <= seconds[600] <= 60
    assert 105 <= seconds[3600] <= 120
    assert 105 <= seconds[36_000] <= 120


def test_numbers_count_as_the_words_they_are_said_with() -> None:
    lines = tuple((0, f"It cost $1,234,56{index}.99 and 12:3{index} 2026-03-0{index + 1} there.") for index in range(9))
    summary = Summary(language="en", gist=point(0, lines=lines), points=tuple(point(i, lines=lines) for i in range(9)))

    script = narration_script(summary, transcript_of(lines, names=(None,)), duration=150)

    assert script.count("It cost") <= 2


def test_sentences_are_whole_and_every_chapter_is_heard_before_one_is_heard_twice() -> None:
    summary, transcript = long_summary(count=60)

    script = narration_script(summary, transcript, duration=600)

    assert all(paragraph.endswith("end.") for paragraph in script.split("\n\n"))
    assert re.findall(r"Part (\d)", script) == ["0", "1", "2", "3", "4", "5"]
    assert script.count("end.") >= 7


def test_a_gist_longer_than_any_narration_keeps_its_first_whole_sentences() -> None:
    endless = point(0, "This is one whole sentence of the gist. " * 100)

    script = narration_script(summary_of(gist=endless), transcript_of(), duration=60)

    assert script.endswith("of the gist.")
    assert 200 < len(script.split()) <= 120 * WORDS_PER_SECOND


def test_other_languages_have_no_english_words_between() -> None:
    lines = ((0, "Der Leuchtturm braucht eine neue Lampe."), (1, "Wir streichen den Turm."))
    summary = Summary(language="de", gist=point(0, lines=lines), points=(point(1, lines=lines),))

    script = narration_script(summary, transcript_of(lines), duration=600)

    assert script == "Der Leuchtturm braucht eine neue Lampe.\n\nSpeaker 2: Wir streichen den Turm."
