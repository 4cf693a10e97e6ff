from __future__ import annotations

import pytest

from services.summarization.decisions import decisions
from tests.unit.summarization.talk import BOB, GRACE, reading

DECIDED = [
    ("en", "We decided to go with the blue logo."),
    ("en", "Okay, let's go with option B."),
    ("en", "So we agreed that the launch moves to September."),
    ("en", "We're going with Postgres for the database."),
    ("en", "Let's postpone the launch to next month."),
    ("en", "The decision is to hire two more engineers."),
    ("en", "We agreed on a budget of 40,000 dollars."),
    ("en", "The motion to adjourn is carried."),
    ("de", "Wir haben uns für die blaue Variante entschieden."),
    ("fr", "On a décidé de reporter le lancement."),
    ("es", "Hemos decidido usar el logo azul."),
]

UNDECIDED = [
    ("en", "We haven't decided to use Postgres."),
    ("en", "If we decided to use Postgres, costs would rise."),
    ("en", "Should we go with the blue logo?"),
    ("en", "Have we agreed on the blue logo?"),
    ("en", "Last year we decided to use Oracle for everything."),
    ("en", "They decided to close the office in Berlin."),
    ("en", "Maybe let's go with the red logo."),
    ("en", "He said we decided to sell the company."),
    ("en", "These are the buttons we chose."),
    ("en", "Let's go with that."),
    ("de", "Wir haben noch nicht entschieden."),
    ("fr", "Il a dit qu'on part sur le bleu."),
    ("es", "No hemos decidido usar el logo azul."),
    ("ja", "青いロゴに決めました。"),
]


@pytest.mark.parametrize(("language", "said"), DECIDED)
def test_a_settled_matter_is_a_decision(language: str, said: str) -> None:
    assert decisions(reading((GRACE, said), language=language)) == [0]


@pytest.mark.parametrize(("language", "said"), UNDECIDED)
def test_what_is_open_denied_past_or_anothers_is_no_decision(language: str, said: str) -> None:
    assert decisions(reading((GRACE, said), language=language)) == []


def test_a_decision_that_is_contradicted_at_once_is_none() -> None:
    assert decisions(reading((GRACE, "Let's go with the blue logo."), (BOB, "No, I don't like it."))) == []
