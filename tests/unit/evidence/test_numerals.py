from __future__ import annotations

import pytest

from services.evidence.numerals import numbers, spoken_numbers


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("twelve thousand five hundred", 12500),
        ("twenty five", 25),
        ("a hundred and fifty", 150),
        ("two point five million", 2_500_000),
        ("50 million", 50_000_000),
        ("12,500", 12500),
        ("12,5", 12.5),
        ("1.250,75", 1250.75),
        ("the 3rd", 3),
        ("two hundred and one", 201),
    ],
)
def test_a_number_is_read_as_it_is_said_and_written(text: str, value: float) -> None:
    (values,) = numbers(text)
    assert value in values


def test_one_is_a_word_and_not_a_number() -> None:
    assert numbers("one of them") == []


def test_numbers_side_by_side_stay_apart() -> None:
    assert numbers("three, four") == [{3.0}, {4.0}]


@pytest.mark.parametrize(
    ("text", "value"),
    [("twenty twenty six", 2026), ("nineteen eighty four", 1984), ("twelve fifty", 12.5), ("5 m", 5e6)],
)
def test_years_and_prices_may_be_said_as_two_numbers(text: str, value: float) -> None:
    assert value in spoken_numbers(text)


def test_small_numbers_of_other_languages_are_known() -> None:
    assert numbers("zwei oder drei", "de") == [{2.0}, {3.0}]
