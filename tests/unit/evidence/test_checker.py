from __future__ import annotations

import pytest

from services.evidence.checker import Checker, check
from services.evidence.citations import cite
from services.vocabulary.recap import Citation
from tests.unit.summarization.talk import BOB, GRACE, talk

TALK = talk(
    (GRACE, "We charge twelve euros a month, and Priya wants nine point five percent more."),
    (BOB, "The launch moved to September twenty second because of Berlin's conference."),
    (GRACE, 'He said, um, "ship it when it works" and see https://example.com/plan for more.'),
    (BOB, "We sold fifty million pieces in twenty twenty six."),
)


@pytest.mark.parametrize(
    ("statement", "segment"),
    [
        ("They charge 12 euros a month.", 0),
        ("Priya wants 9.5% more.", 0),
        ("Grace says the charge is twelve euros.", 0),
        ("The launch moved to September 22 because of the Berlin conference.", 1),
        ("Bob's reason is the conference in Berlin.", 1),
        ('He said "ship it when it works".', 2),
        ("More is on https://example.com/plan", 2),
        ("50,000,000 pieces were sold in 2026.", 3),
        ("They talked about money.", 0),
    ],
)
def test_what_stands_in_the_cited_words_passes(statement: str, segment: int) -> None:
    assert check(statement, [cite(TALK, segment)], TALK).passed


@pytest.mark.parametrize(
    ("statement", "segment", "reason"),
    [
        ("They charge 13 euros.", 0, "number"),
        ("They charge thirteen euros.", 0, "number"),
        ("The launch moved to October.", 1, "date"),
        ("The launch moved because of Paris.", 1, "name"),
        ("Priya moved the launch.", 1, "name"),
        ("Bob charges twelve euros.", 0, "name"),
        ('He said "ship it now".', 2, "quote"),
        ("More is on https://evil.example/plan", 2, "address"),
    ],
)
def test_what_does_not_stand_there_fails_with_its_reason(statement: str, segment: int, reason: str) -> None:
    verdict = check(statement, [cite(TALK, segment)], TALK)
    assert not verdict.passed
    assert verdict.reason.startswith(reason)


def test_hidden_characters_and_letters_that_look_alike_do_not_hide_a_name() -> None:
    assert not check("It is P\u0430\u200bris.", [cite(TALK, 1)], TALK).passed
    assert check("The conference is in B\u0435rlin.", [cite(TALK, 1)], TALK).passed


def test_citations_must_exist() -> None:
    checker = Checker(TALK)
    assert checker.check("Fine.", []).reason == "cites nothing"
    for first, last in ((0, 9), (-1, 0), (2, 1)):
        citation = Citation(first=first, last=last, start=0, end=1, speaker=0, text="Fine.")
        assert not checker.check("Fine.", [citation]).passed


def test_two_citations_together_may_prove_a_statement() -> None:
    statement = "At 12 euros they launch on September 22."
    assert not check(statement, [cite(TALK, 0)], TALK).passed
    assert check(statement, [cite(TALK, 0), cite(TALK, 1)], TALK).passed


def test_german_nouns_are_not_taken_for_names() -> None:
    german = talk((GRACE, "Wir zahlen zwölf Euro im Monat."), language="de")
    assert check("Der Preis ist zwölf Euro.", [cite(german, 0)], german).passed
    assert not check("Der Preis von Bob ist zwölf Euro.", [cite(german, 0)], german).passed


def test_a_citation_is_the_words_of_its_segments() -> None:
    citation = cite(TALK, 0, 1)
    assert citation.text == f"{TALK.segments[0].text} {TALK.segments[1].text}"
    assert (citation.start, citation.end) == (TALK.segments[0].start, TALK.segments[1].end)
    assert cite(TALK, 0, 1, speaker=BOB).text == TALK.segments[1].text
    for first, last in ((0, 4), (2, 1), (-1, 0)):
        with pytest.raises(ValueError, match="no segments"):
            cite(TALK, first, last)
    with pytest.raises(ValueError, match="says nothing"):
        cite(TALK, 0, speaker=BOB)
