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


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("siebenundzwanzig", "de", 27),
        ("zweihundertf\u00fcnfzig", "de", 250),
        ("siebenundzwanzigtausend", "de", 27_000),
        ("3 millionen", "de", 3_000_000),
        ("quatre vingt dix neuf", "fr", 99),
        ("soixante et onze", "fr", 71),
        ("deux mille vingt six", "fr", 2026),
        ("treinta y cinco", "es", 35),
        ("veintid\u00f3s mil", "es", 22_000),
        ("ciento veinte", "es", 120),
        ("ventotto", "it", 28),
        ("trentacinque", "it", 35),
        ("cento e vinte", "pt", 120),
        ("zevenentwintig", "nl", 27),
        ("двадцать семь тысяч", "ru", 27_000),
        ("二十七", "zh", 27),
        ("三百五十万", "ja", 3_500_000),
        ("350万円", "ja", 3_500_000),
    ],
)
def test_numbers_of_other_languages_are_read_as_they_are_said(text: str, language: str, value: float) -> None:
    assert [set(values) for values in numbers(text, language)] == [{float(value)}]


@pytest.mark.parametrize(("text", "language"), [("vingt pour cent", "fr"), ("veinte por ciento", "es")])
def test_a_per_cent_is_no_hundred(text: str, language: str) -> None:
    assert numbers(text, language) == [{20.0}]


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [("am dritten", "de", 3), ("am zwanzigsten", "de", 20), ("le premier", "fr", 1), ("de derde", "nl", 3)],
)
def test_ordinals_prove_the_days_of_a_month(text: str, language: str, value: float) -> None:
    assert value in spoken_numbers(text, language)
