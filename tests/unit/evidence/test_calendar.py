from __future__ import annotations

import pytest

from services.evidence.calendar import dates


@pytest.mark.parametrize(
    "text",
    ["in march", "im märz", "en mars", "el 3 de marzo", "3月", "三月", "3 марта", "em março", "a marzo", "in maart"],
)
def test_a_month_is_the_same_in_every_language(text: str) -> None:
    assert dates(text) == {"month 3"}


@pytest.mark.parametrize("text", ["friday", "freitag", "vendredi", "viernes", "周五", "金曜日", "пятницу"])
def test_a_day_is_the_same_in_every_language(text: str) -> None:
    assert dates(text) == {"day 5"}


def test_sundays_are_told_from_suns() -> None:
    assert dates("星期天") == dates("日曜日") == {"day 7"}


@pytest.mark.parametrize("text", ["next week", "nächste woche", "la semaine prochaine", "la próxima semana", "下周"])
def test_next_week_is_not_this_one(text: str) -> None:
    assert dates(text) == {"next week"}
    assert dates("this week") == dates("a weekly meeting") == frozenset()


def test_words_that_are_often_something_else_need_no_proof_unless_a_number_is_beside_them() -> None:
    assert dates("they may go", sure=True) == frozenset()
    assert dates("on 3 may", sure=True) == dates("may 3rd", sure=True) == {"month 5"}
    assert dates("hier", sure=True) == frozenset()
