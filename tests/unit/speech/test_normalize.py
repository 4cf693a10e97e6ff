from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.speech.normalize import normalize
from services.speech.spelling import cardinal, ordinal, year


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "zero"),
        (13, "thirteen"),
        (20, "twenty"),
        (42, "forty-two"),
        (100, "one hundred"),
        (342, "three hundred forty-two"),
        (1_001, "one thousand one"),
        (1_234_567, "one million two hundred thirty-four thousand five hundred sixty-seven"),
        (-5, "minus five"),
        (10**15, "one zero zero zero zero zero zero zero zero zero zero zero zero zero zero zero"),
    ],
)
def test_numbers_are_spelled(number: int, words: str) -> None:
    assert cardinal(number) == words


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "first"), (2, "second"), (12, "twelfth"), (20, "twentieth"), (23, "twenty-third"), (100, "one hundredth")],
)
def test_ordinals_are_spelled(number: int, words: str) -> None:
    assert ordinal(number) == words


@pytest.mark.parametrize(
    ("number", "words"),
    [(1905, "nineteen oh five"), (2000, "two thousand"), (2009, "two thousand nine"), (2026, "twenty twenty-six")],
)
def test_years_are_said_in_two_halves(number: int, words: str) -> None:
    assert year(number) == words


@pytest.mark.parametrize(
    ("written", "said"),
    [
        # numbers
        ("We sold 1,234 boats.", "We sold one thousand two hundred thirty-four boats."),
        ("It is 3.5 times as fast.", "It is three point five times as fast."),
        ("Agent 007 came.", "Agent zero zero seven came."),
        ("About 1500 people.", "About fifteen hundred people."),
        ("It was -5 there.", "It was minus five there."),
        ("The 1st and the 22nd.", "The first and the twenty-second."),
        ("In the 1990s and the '80s.", "In the nineteen nineties and the eighties."),
        ("Pages 10-12 and 10–12.", "Pages ten to twelve and ten to twelve."),
        ("Call 555-1234 now.", "Call five five five, one two three four now."),
        ("Version 1.2.3 is out.", "Version one point two point three is out."),
        ("B2B in Q3.", "B two B in Q three."),
        ("Ticket #42, ~300 users.", "Ticket number forty-two, about three hundred users."),
        (
            "A 1/2 cup, 3/4 of it, 24/7 and 50/50.",
            "A one half cup, three quarters of it, twenty-four seven and fifty fifty.",
        ),
        # times and dates
        ("At 12:34 we left.", "At twelve thirty-four we left."),
        ("At 9:05 am.", "At nine oh five A M."),
        ("At 10:00 and at 15:00.", "At ten o'clock and at fifteen hundred hours."),
        ("From 10am to 3 PM.", "From ten A M to three P M."),
        ("By 5 p.m. we stop. By 5 p.m.", "By five P M we stop. By five P M."),
        ("After 1:02:03 it ends.", "After one hour, two minutes, three seconds it ends."),
        ("On 2026-03-05.", "On March fifth, twenty twenty-six."),
        ("On March 5, 2026, we ship.", "On March fifth, twenty twenty-six, we ship."),
        ("On Jan. 3rd we meet.", "On January third we meet."),
        ("On the 5th of March.", "On the fifth of March."),
        ("On 12 June 2025.", "On the twelfth of June, twenty twenty-five."),
        ("On 3/5/2026.", "On three, five, twenty twenty-six."),
        # money, percent, units
        ("It costs $5.", "It costs five dollars."),
        ("It costs $1 or €1.", "It costs one dollar or one euro."),
        ("It costs $5.50.", "It costs five dollars and fifty cents."),
        ("It costs $0.99.", "It costs ninety-nine cents."),
        ("We raised $1.5 million and £3bn.", "We raised one point five million dollars and three billion pounds."),
        ("A $20k budget.", "A twenty thousand dollars budget."),
        ("Growth of 12.5%.", "Growth of twelve point five percent."),
        ("5km, 10 GB, 20°C and 1h.", "five kilometers, ten gigabytes, twenty degrees Celsius and one hour."),
        ("It is 3x faster in 250ms.", "It is three times faster in two hundred fifty milliseconds."),
        ("We have 10k users.", "We have ten thousand users."),
        # abbreviations and signs
        ("Fruit, e.g. apples, i.e. food.", "Fruit, for example apples, that is food."),
        ("Apples, pears, etc. They grow.", "Apples, pears, et cetera. They grow."),
        ("Dr. Smith vs. Mr. Jones.", "Doctor Smith versus Mister Jones."),
        ("Research & development w/o cost.", "Research and development without cost."),
        ("a + b = c", "a plus b equals c"),
        ("Yes — or no… maybe.", "Yes, or no. maybe."),
        ("The plan (the new one) works.", "The plan, the new one, works."),
        ("It is done (really).", "It is done, really."),
        ("We use [[k@t]] here.", "We use, k at t, here."),
        # markup
        ("**Bold**, _soft_ and `code`.", "Bold, soft and code."),
        ("See [the plan](https://example.com/plan?a=1).", "See the plan."),
        ("See https://www.example.com/a/b?c=1.", "See example dot com."),
        ("Write to ada.b@example.org.", "Write to ada dot b at example dot org."),
        ("# Plan\n- first thing\n- second thing", "Plan. first thing. second thing."),
        ("snake_case stays apart", "snake case stays apart"),
        ("Great 🎉👩‍🚀 work :tada: ✅!", "Great work!"),
        ("Café Zoë naïve", "Café Zoë naïve"),
        ("One.\n\nTwo\nthree.", "One.\n\nTwo three."),
        ("* * *", ""),
        ("", ""),
    ],
)
def test_text_is_said_as_a_person_would(written: str, said: str) -> None:
    assert normalize(written) == said


@given(st.text(max_size=300))
def test_any_text_becomes_words_without_digits_or_markup(written: str) -> None:
    said = normalize(written)

    assert not set("0123456789[]{}*|\\^`_") & set(said)
