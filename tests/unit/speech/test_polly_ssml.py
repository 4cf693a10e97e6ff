"""Prose to Polly's requests: what is sent is valid, short enough, cut in the right places, and loses nothing."""

from __future__ import annotations

import re
import unicodedata
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.speech.polly_marks import sentence_marks
from services.speech.polly_ssml import BILLED, Part, Span, parts


def said(part: Part) -> str:
    return "".join(ET.fromstring(part.ssml).itertext())  # noqa: S314


def check(found: list[Part]) -> None:
    for part in found:
        root = ET.fromstring(part.ssml)  # noqa: S314
        assert {element.tag for element in root.iter()} <= {"speak", "p"}
        assert len(said(part)) <= BILLED
        assert len(part.ssml) <= 6000
        assert [span.first for span in part.spans] == [0, *(span.end for span in part.spans[:-1])]
        for span in part.spans:
            assert part.ssml.encode()[span.first : span.end].decode()


def test_paragraphs_become_elements_and_text_is_escaped() -> None:
    (part,) = parts('Ben & Jerry\'s "Käse" < 3.\n\nEnde.', "de")
    assert part.ssml == ("<speak><p>Ben &amp; Jerry&apos;s &quot;Käse&quot; &lt; 3.</p><p>Ende.</p></speak>")
    assert part.closes


@pytest.mark.parametrize("bad", ["\x00", "\x07", "\x1b", "\x7f", "\x9f", "\ud800", "\ufffe", "\u202e", "\ue000"])
def test_what_xml_or_a_voice_cannot_take_is_left_out(bad: str) -> None:
    (part,) = parts(f"Ein{bad}s.", "de")
    assert part.ssml == "<speak><p>Eins.</p></speak>"


def test_entities_count_toward_the_length_of_a_request_and_are_never_cut() -> None:
    found = parts('"' * 2000 + "Wort " * 300 + "'" * 2000, "de")
    check(found)
    assert "".join(said(part) for part in found).count('"') == 2000
    assert "".join(said(part) for part in found).count("'") == 2000


def test_a_sentence_without_an_end_is_cut_at_a_space() -> None:
    found = parts("Donaudampfschiff und " * 400, "de")
    check(found)
    assert len(found) == 4
    assert [part.closes for part in found] == [False, False, False, True]
    assert {word for part in found for word in said(part).split()} == {"Donaudampfschiff", "und"}


@pytest.mark.parametrize("cluster", ["e\u0301\u0323", "क्‍ष", "နို့"])
def test_no_cut_goes_through_what_a_reader_sees_as_one_character(cluster: str) -> None:
    found = parts("a" + cluster * 1500, "fr")
    check(found)
    assert len(found) > 1
    assert "".join(said(part) for part in found) == "a" + cluster * 1500
    for part in found[1:]:
        assert not unicodedata.category(said(part)[0]).startswith("M")


def test_text_without_spaces_is_cut_at_its_own_full_stops() -> None:
    found = parts("今日は良い天気です。" * 600, "ja")
    check(found)
    assert all(said(part).endswith("。") for part in found)


def test_a_paragraph_that_fits_one_request_is_not_cut_in_two() -> None:
    found = parts("\n\n".join("Ein Satz. " * 150 for _ in range(3)), "de")
    assert [part.closes for part in found] == [True, True, True]


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400), st.integers(1, 12), st.sampled_from(["en", "de", "hi"]))
def test_any_text_makes_valid_requests(text: str, times: int, language: str) -> None:
    check(parts(text * times, language))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text("abcä&<>'\". ,ß\n", max_size=300), max_size=12))
def test_no_letter_is_lost(paragraphs: list[str]) -> None:
    text = "\n\n".join(paragraphs)
    kept = "".join(said(part) for part in parts(text, "de"))
    sayable = "".join(re.findall(r"[abcäß]", text))
    # What looks like a tag is markup, and is left out of speech on purpose.
    if "<" not in text:
        assert "".join(re.findall(r"[abcäß]", kept)) == sayable


SPANS = (Span(shown="A a.", first=0, end=14), Span(shown="B b.", first=14, end=19), Span(shown="", first=19, end=25))


def test_a_sentence_begins_with_the_first_mark_in_its_bytes() -> None:
    stream = b'{"time":0,"start":10}\n{"time":125,"start":12,"new":1}\n{"time":900,"start":15}\n{"time":950,"start":20}'
    marks = sentence_marks(stream, SPANS, shift=0.5)
    assert [(mark.start, mark.text) for mark in marks] == [(0.5, "A a."), (1.4, "B b.")]


def test_a_sentence_without_a_mark_stays_with_the_one_before_it() -> None:
    marks = sentence_marks(b'{"time":10,"start":10}\n', SPANS, shift=-0.2)
    assert [(mark.start, mark.text) for mark in marks] == [(0.0, "A a. B b.")]


def test_broken_marks_are_none() -> None:
    assert sentence_marks(b'nonsense\n{"time":"x","start":1}\n{"start":2}\n[]\n7', SPANS, shift=0) == []
