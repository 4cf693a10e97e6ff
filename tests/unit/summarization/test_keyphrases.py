from __future__ import annotations

import pytest

from services.summarization.keyphrases import Keyphrases

MEETING = [
    "So the voice recognition is the big question.",
    "I think voice recognition makes the remote control expensive.",
    "You know, the remote control should have a rubber case.",
    "Yeah, the rubber case is good, but we should talk about voice recognition.",
    "The remote control with voice recognition is for young people.",
    "I really think we think about the rubber case, I think.",
]


def names(texts: list[str], language: str = "en", limit: int = 8) -> list[str]:
    return [phrase.form for phrase in Keyphrases(texts, language).best(limit)]


def test_phrases_that_come_back_are_the_subjects() -> None:
    assert set(names(MEETING, limit=3)) == {"voice recognition", "remote control", "rubber case"}


def test_verbs_fillers_and_small_talk_are_no_subjects() -> None:
    found = " ".join(names(MEETING)).split()
    assert not {"think", "know", "talk", "yeah", "question", "people", "good"} & set(found)


def test_inflected_forms_are_one_phrase_in_the_form_that_was_said_most() -> None:
    phrases = Keyphrases(["The buttons are red.", "A button is round.", "Two buttons are gone."], "en").best(3)
    assert [phrase.form for phrase in phrases] == ["buttons"]
    assert phrases[0].places == [0, 1, 2]


def test_a_part_is_described_by_what_sets_it_apart() -> None:
    texts = ["The budget of the project is small."] * 10 + ["The training course is in May."] * 5
    assert Keyphrases(texts, "en").best(1, first=10)[0].form == "training course"


def test_speakers_are_no_subjects() -> None:
    phrases = Keyphrases(["Grace, the budget is small."] * 3, "en", names=["Grace"])
    assert [phrase.form for phrase in phrases.best(5)] == ["budget"]


@pytest.mark.parametrize("noise", ["<!channel>", "https://evil.example/a?b=c", "a@b.example", "<@U123>"])
def test_addresses_and_markup_are_no_subjects(noise: str) -> None:
    assert names([f"The budget {noise} is small."] * 3) == ["budget"]


@pytest.mark.parametrize(
    ("language", "texts", "subject"),
    [
        (
            "de",
            ["Die Schulung der Mitarbeiter beginnt.", "Die Schulung ist teuer.", "Wir zahlen die Schulung."],
            "Schulung",
        ),
        ("fr", ["Le budget du projet est petit.", "Un budget de projet.", "Le budget du marketing."], "budget"),
        ("ja", ["マーケティングの費用です。", "マーケティングは大事です。"], "マーケティング"),
        ("zh", ["市场推广的费用", "我们的市场推广", "市场推广很重要"], "市场推广"),
        ("ru", ["Бюджет проекта мал.", "Это бюджет отдела.", "Наш бюджет."], "бюджет"),
        ("ar", ["الميزانية صغيرة", "هذه الميزانية كبيرة"], "الميزانية"),
    ],
)
def test_subjects_are_found_in_many_scripts(language: str, texts: list[str], subject: str) -> None:
    assert names(texts, language)[0].casefold() == subject.casefold()


def test_a_script_that_cannot_be_taken_apart_gives_nothing_rather_than_nonsense() -> None:
    assert names(["งบประมาณปีนี้ลดลงสิบเปอร์เซ็นต์"] * 3, "th") == []


def test_one_mention_is_no_subject_and_nothing_said_gives_nothing() -> None:
    assert names(["The budget is small."]) == []
    assert names([]) == []
