"""One checker for the documents of the live service and those that are emitted here."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from sandbox.aws import dialogue
from sandbox.aws.document_check import problems
from sandbox.aws.transcribe_document import document, number

REAL = (
    "bkudria__speakeasy/asrOutput.json",
    *(
        f"kibaffo33__aws_transcribe_to_docx/{name}.json"
        for name in (
            "01-plain",
            "02-channel-identification",
            "03-speaker-identification",
            "05-automatic-content-redaction-with-undredacted-redacted",
            "07-vocabulary-filter-mask",
            "10-speaker-identification-alternative-results",
        )
    ),
)
TALK = dialogue("A: “Well, it’s 3.5 percent!” — he said...\nB: ¿Por qué? $40 for C++; that is (not) much.\nA: - Right:")


def emitted(**more: Any) -> dict[str, Any]:
    return document(TALK, job="job", account="123456789012", **{"labels": True, **more})


@pytest.mark.parametrize("name", REAL)
def test_real_documents_pass(shared: Path, name: str) -> None:
    assert problems(json.loads((shared / "fixtures/transcribe" / name).read_text())) == []


def test_the_diarization_that_was_recorded_with_the_api_passes(shared: Path) -> None:
    text = (shared / "fixtures/transcribe/localstack__test_transcribe.snapshot.json").read_text()
    recorded = [found for found in _documents(json.loads(text)) if "items" in found]
    assert recorded
    for results in recorded:
        items = [item for item in results["items"] if item["type"] == "pronunciation"]
        assert all(isinstance(item["start_time"], str) for item in items)


@pytest.mark.parametrize("name", ["example-call.json", "bda-standard.json"])
def test_documents_of_other_services_do_not(shared: Path, name: str) -> None:
    path = shared / "fixtures/transcribe/aws-samples__amazon-transcribe-output-word-document" / name
    assert problems(json.loads(path.read_text()))


def test_emitted_documents_pass_with_and_without_speakers() -> None:
    assert problems(emitted()) == []
    assert problems(emitted(labels=False, identified=("en-US", 0.9883))) == []
    assert problems(document(dialogue(""), job="job", account="1", labels=True)) == []


def test_words_are_parted_from_their_marks() -> None:
    items = emitted()["results"]["items"]
    said = [item["alternatives"][0]["content"] for item in items]
    assert said[:9] == ["Well", ",", "it’s", "3.5", "percent", ".", "he", "said", "."]
    assert said[9:] == ["Por", "qué", "?", "$40", "for", "C++", ",", "that", "is", "not", "much", ".", "Right", ","]


def test_languages_without_spaces_are_joined_without() -> None:
    results = document(dialogue("A: 今日は 晴れ です。", "ja"), job="job", account="1", labels=False)["results"]
    assert results["transcripts"] == [{"transcript": "今日は晴れです。"}]


@pytest.mark.parametrize(
    ("value", "written"), [(0, "0.0"), (0.74, "0.74"), (12, "12.0"), (1.23456, "1.235"), (3600.5, "3600.5")]
)
def test_numbers_are_written_as_the_service_does(value: float, written: str) -> None:
    assert number(value) == written


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (("items", 0, "start_time"), 0.3, "start_time"),
        (("items", 0, "start_time"), "0.30", "start_time"),
        (("items", 0, "alternatives", 0, "confidence"), 0.98, "confidence"),
        (("items", 1, "start_time"), "0.3", "punctuation with times"),
        (("items", 0, "id"), 7, "id"),
        (("items", 2, "speaker_label"), "spk_1", "items of other speakers"),
        (("audio_segments", 0, "items"), [0], "do not hold every item once"),
        (("audio_segments", 0, "transcript"), "Something else.", "its transcript is not its items"),
        (("speaker_labels", "speakers"), 3, "are not 3"),
        (("speaker_labels", "segments", 0, "items"), [], "do not hold every word"),
    ],
)
def test_the_checker_sees_what_is_wrong(path: tuple[Any, ...], value: Any, said: str) -> None:
    broken = copy.deepcopy(emitted())
    place: Any = broken["results"]
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    assert any(said in problem for problem in problems(broken)), problems(broken)


def _documents(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, dict):
        own = [value["results"]] if isinstance(value.get("results"), dict) else []
        return own + [found for item in value.values() for found in _documents(item)]
    return [found for item in value for found in _documents(item)] if isinstance(value, list) else []
