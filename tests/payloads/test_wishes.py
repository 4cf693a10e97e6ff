"""What is asked for beside a link, in any order; and what is no wish at all."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.wishes import Wish, wish_of

URL = "https://youtu.be/dQw4w9WgXcQ"
VIDEO = f"<{URL}>"


@pytest.mark.parametrize("words", list(itertools.permutations([VIDEO, "german", "short", "first 3"])))
def test_the_order_of_a_command_does_not_matter(words: tuple[str, ...]) -> None:
    expected = Wish(urls=(URL,), language="de", length="short", first=3)
    assert wish_of(" ".join(words), command=True) == expected


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("german", "de"),
        ("German", "de"),
        ("GERMAN!", "de"),
        ("deutsch", "de"),
        ("de", "de"),
        ("in German", "de"),
        ("in german please", "de"),
        ("auf Deutsch", "de"),
        ("auf Deutsch bitte", "de"),
        ("in de", "de"),
        ("de please", "de"),
        ("español", "es"),
        ("en español", "es"),
        ("en espanol, gracias", "es"),
        ("es", "es"),
        ("français", "fr"),
        ("en français", "fr"),
        ("fr-CA", "fr"),
        ("pt-br", "pt"),
        ("zh-Hant", "zh"),
        ("em português", "pt"),
        ("in italiano", "it"),
        ("it", "it"),
        ("it-IT", "it"),
        ("no", "no"),
        ("på norsk", "no"),
        ("po polsku", "pl"),
        ("polish", "pl"),
        ("in Polish", "pl"),
        ("日本語", "ja"),
        ("日本語で", "ja"),
        ("한국어로", "ko"),
        ("中文", "zh"),
        ("по-русски", "ru"),
        ("на русском", "ru"),
        ("tiếng Việt", "vi"),
        ("suomeksi", "fi"),
        ("auf Englisch", "en"),
    ],
)
def test_languages_by_their_names_and_codes(words: str, language: str) -> None:
    wish = wish_of(f"{VIDEO} {words}", command=True)
    assert (wish.language, wish.rest) == (language, "")


@pytest.mark.parametrize("words", ["de", "german", "es", "in German", "fr"])
def test_a_language_may_stand_before_the_link(words: str) -> None:
    assert wish_of(f"{words} {VIDEO}", command=True).language is not None


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        (f"it {VIDEO}", ""),
        (f"hi {VIDEO}", ""),
        (f"{VIDEO} please do it", ""),
        (f"{VIDEO} what is in it", "what is in it"),
        (f"{VIDEO} resumen de la charla", "resumen de la charla"),
        (f"{VIDEO} what did the german team say", "what did the german team say"),
        (f"{VIDEO} polish the wording", "polish the wording"),
        (f"{VIDEO} xx", "xx"),
        (f"{VIDEO} the first 3 minutes", "the first 3 minutes"),
        (f"{VIDEO} first", "first"),
        (f"{VIDEO} first 0", "first 0"),
        (f"{VIDEO} first 1000", "first 1000"),
        (f"{VIDEO} a short film about us", "a short film about us"),
    ],
)
def test_what_is_no_wish_is_not_taken_for_one(text: str, rest: str) -> None:
    wish = wish_of(text, command=True)
    assert (wish.language, wish.length, wish.first, wish.rest) == (None, None, None, rest)


@pytest.mark.parametrize(
    ("words", "length"),
    [
        ("short", "short"),
        ("Full", "full"),
        ("--short", "short"),
        ("tl;dr", "short"),
        ("tldr please", "short"),
        ("short version", "short"),
        ("a full summary", "full"),
        ("detailed", "full"),
        ("kurz", "short"),
    ],
)
def test_lengths(words: str, length: str) -> None:
    wish = wish_of(f"{VIDEO} {words}", command=True)
    assert (wish.length, wish.rest) == (length, "")


@pytest.mark.parametrize(
    ("words", "first"),
    [("first 3", 3), ("the first 3", 3), ("first five", 5), ("first 12 episodes", 12), ("first 2 videos, please", 2)],
)
def test_how_many_of_a_list(words: str, first: int) -> None:
    wish = wish_of(f"{VIDEO} {words}", command=True)
    assert (wish.first, wish.rest) == (first, "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"<@UBOT> {VIDEO}", Wish(urls=(URL,))),
        (f"<@UBOT> can you summarize {VIDEO} in German, please?", Wish(urls=(URL,), language="de")),
        (f"<@UBOT> please give me a short summary of {VIDEO}", Wish(urls=(URL,), length="short")),
        (f"<@UBOT> {VIDEO} german short", Wish(urls=(URL,), language="de", length="short")),
        (f"<@UBOT> first 2 {VIDEO}", Wish(urls=(URL,), first=2)),
        (f"<@UBOT> {VIDEO} de", Wish(urls=(URL,), rest="de")),
        (f"<@UBOT> who leads the German team in {VIDEO}?", Wish(urls=(URL,), rest="who leads the German team in ?")),
        (
            f"<@UBOT> the board has to see {VIDEO} in French",
            Wish(urls=(URL,), language="fr", rest="the board has to see"),
        ),
        ("<@UBOT> what was said first?", Wish(rest="what was said first?")),
    ],
)
def test_words_after_a_mention(text: str, expected: Wish) -> None:
    assert wish_of(text, command=False) == expected


def test_of_two_languages_the_first_is_taken_and_nothing_is_hidden() -> None:
    assert wish_of(f"{VIDEO} in German in French", command=True) == Wish(urls=(URL,), language="de", rest="in French")


def test_a_typed_link_may_lack_its_scheme_and_brackets() -> None:
    assert wish_of("youtu.be/dQw4w9WgXcQ short", command=True) == Wish(urls=(URL,), length="short")
    assert wish_of(f"({URL}), full", command=True) == Wish(urls=(URL,), length="full")


def test_an_empty_command_is_no_wish() -> None:
    assert wish_of("", command=True) == wish_of("  ", command=False) == Wish()


@settings(deadline=None)
@given(st.text(max_size=60), st.booleans())
def test_any_text_is_read(text: str, command: bool) -> None:  # noqa: FBT001 - drawn
    wish = wish_of(text, command=command)
    assert wish.first is None or 1 <= wish.first <= 99


_SPOKEN = [
    "first",
    "3",
    "in",
    "de",
    "it",
    "german",
    "short",
    "summary",
    "please",
    "polish",
    "no",
    VIDEO,
    "xyz",
    ",",
    "!",
]


@settings(deadline=None)
@given(st.lists(st.sampled_from(_SPOKEN), max_size=7), st.booleans())
def test_what_is_left_is_what_was_said_in_its_order(words: list[str], command: bool) -> None:  # noqa: FBT001 - drawn
    wish = wish_of(" ".join(words), command=command)
    assert wish.urls == ((URL,) if VIDEO in words else ())
    said = iter(words)
    assert all(word in said for word in wish.rest.split())
