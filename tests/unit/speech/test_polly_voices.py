"""Which voice speaks a language."""

from __future__ import annotations

import json
from typing import Any

import botocore.session
import pytest

from services.speech.polly_voices import TABLE, Choice, choices, dialects, read_table, refreshed
from services.vocabulary.errors import OperatorError

ALL = ("generative", "neural", "standard")


def shapes(service: str) -> Any:
    return botocore.session.get_session().get_service_model(service)


def best(language: str, engines: tuple[str, ...] = ALL, **named: str) -> Choice | None:
    return next(choices(read_table(), language, engines=engines, named=named), None)


def test_the_table_knows_only_voices_languages_and_engines_of_the_service() -> None:
    model = shapes("polly")
    for voice in read_table():
        assert voice.id in model.shape_for("VoiceId").enum
        assert set(voice.engines) <= set(model.shape_for("Engine").enum)
        assert {voice.language, *voice.also} <= set(model.shape_for("LanguageCode").enum)
    assert {"source", "date"} <= json.loads(TABLE.read_text()).keys()


def test_every_language_code_of_both_services_is_known_or_has_no_voice() -> None:
    polly = set(shapes("polly").shape_for("LanguageCode").enum)
    table = read_table()
    assert polly == {code for voice in table for code in (voice.language, *voice.also)}
    spoken = {
        code.partition("-")[0]
        for code in shapes("transcribe").shape_for("LanguageCode").enum
        if next(choices(table, code, engines=ALL, named={}), None)
    }
    assert " ".join(sorted(spoken)) == "ar ca cs cy da de en es fi fr hi is it ja ko nl no pl pt ro ru sv tr zh"


@pytest.mark.parametrize(
    ("language", "code"),
    [
        ("zh-CN", "cmn-CN"),
        ("zh-TW", "cmn-CN"),
        ("zh-HK", "yue-CN"),
        ("ar-SA", "arb"),
        ("no-NO", "nb-NO"),
        ("en-AB", "en-GB"),
        ("en-WL", "en-GB-WLS"),
        ("cy-WL", "cy-GB"),
        ("de", "de-DE"),
        ("EN-gb", "en-GB"),
    ],
)
def test_transcribes_names_are_told_in_pollys(language: str, code: str) -> None:
    assert dialects(language)[0] == code


@pytest.mark.parametrize(
    ("language", "voice", "engine"),
    [
        ("en", "Matthew", "generative"),
        ("en-GB", "Amy", "generative"),
        ("en-ZA", "Ayanda", "neural"),  # the dialect counts before the engine
        ("en-CA", "Matthew", "generative"),
        ("ru", "Tatyana", "standard"),
        ("zh-HK", "Hiujin", "neural"),
        ("ar", "Hala", "neural"),
    ],
)
def test_the_best_voice_of_the_nearest_dialect_speaks(language: str, voice: str, engine: str) -> None:
    choice = best(language)
    assert choice is not None
    assert (choice.voice, choice.engine) == (voice, engine)


@pytest.mark.parametrize("language", ["uk", "vi-VN", "th", "fa-IR", "el", "xx", ""])
def test_a_language_without_a_voice_has_no_choice(language: str) -> None:
    assert best(language) is None


def test_only_engines_that_are_asked_for_speak() -> None:
    assert best("ru", engines=("generative", "neural")) is None
    choice = best("en", engines=("neural",))
    assert choice is not None
    assert choice.engine == "neural"


def test_a_chosen_voice_goes_before_all_and_must_exist() -> None:
    choice = best("en-US", en="Ruth")
    assert choice is not None
    assert choice.voice == "Ruth"
    with pytest.raises(OperatorError, match="Vicki"):
        best("en", en="Vicki")


@pytest.mark.parametrize(("language", "voice"), [("en", "Amy"), ("en", "Kajal"), ("es", "Lucia"), ("ar", "Zayd")])
def test_a_chosen_voice_may_speak_another_dialect_than_the_usual_one(language: str, voice: str) -> None:
    choice = best(language, ALL, **{language: voice})
    assert choice is not None
    assert choice.voice == voice


def test_the_regions_voices_replace_the_table_in_its_order() -> None:
    live: list[dict[str, Any]] = [
        {"Id": "Zoe", "LanguageCode": "en-US", "SupportedEngines": ["generative"], "Mood": "new"},
        {"Id": "Ruth", "LanguageCode": "en-US", "SupportedEngines": ["neural"]},
        {"Id": "Matthew", "LanguageCode": "en-US"},
    ]
    voices = refreshed(read_table(), live)
    assert [voice.id for voice in voices] == ["Matthew", "Ruth", "Zoe"]
    found = [(choice.voice, choice.engine) for choice in choices(voices, "en", engines=ALL, named={})]
    assert found == [("Zoe", "generative"), ("Ruth", "neural")]
