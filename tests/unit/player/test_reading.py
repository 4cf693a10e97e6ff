"""The words of the spoken summary with their seconds."""

from __future__ import annotations

from services.player.reading import spoken_words
from services.vocabulary.recap import Narration, SpeechMark

TEXT = "In short: the lamp is new.\n\nFirst: The tower. It is white. It is white."


def narration(*marks: tuple[float, str], text: str = TEXT) -> Narration:
    marked = tuple(SpeechMark(start=start, text=words) for start, words in marks)
    return Narration(text=text, language="en", key="T1/narrations/m/n.mp3", marks=marked)


def test_each_sentence_has_its_second_and_paragraphs_stay() -> None:
    told = narration(
        (0.1, "In short: the lamp is new."), (2, "First: The tower."), (4, "It is white."), (5, "It is white.")
    )
    assert spoken_words(told) == [
        [{"text": "In short: the lamp is new.", "start": 0.1}],
        [
            {"text": "First: The tower.", "start": 2},
            {"text": "It is white.", "start": 4},
            {"text": "It is white.", "start": 5},
        ],
    ]


def test_without_marks_there_is_the_text_alone() -> None:
    assert spoken_words(narration()) == [
        [{"text": "In short: the lamp is new.", "start": None}],
        [{"text": "First: The tower. It is white. It is white.", "start": None}],
    ]
    assert spoken_words(narration(text="")) == []


def test_sentences_that_were_marked_together_go_over_the_end_of_a_paragraph() -> None:
    told = narration((0.1, "In short: the lamp is new. First: The tower."), (4, "It is white."))
    assert spoken_words(told) == [
        [{"text": "In short: the lamp is new.", "start": 0.1}],
        [{"text": "First: The tower.", "start": 0.1}, {"text": "It is white. It is white.", "start": 4}],
    ]


def test_what_no_mark_names_is_shown_all_the_same() -> None:
    text = "🎉 Well. See https://example.org/a for more. 🎉 Done."
    told = narration((0.1, "Well."), (1, "See example dot org for more."), (3, "Done."), text=text)
    assert spoken_words(told) == [
        [{"text": "🎉 Well. See https://example.org/a for more. 🎉", "start": 0.1}, {"text": "Done.", "start": 3}]
    ]
