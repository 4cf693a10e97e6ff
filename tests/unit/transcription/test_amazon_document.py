"""Documents of Amazon Transcribe: made up ones of both formats, and all that were recorded."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from services.transcription.amazon_document import read_document
from services.transcription.amazon_stitch import transcript_of
from services.vocabulary.errors import OperatorError
from tests.unit.transcription.documents import legacy, modern

LINES = ("spk_0: Good morning, Anna's here.", "spk_1: Hello! It costs 5.", "spk_0: Fine.")


def read(document: Any, language: str | None = None) -> Any:
    return read_document(json.dumps(document).encode(), language)


@pytest.mark.parametrize("form", [modern, legacy])
def test_both_formats_say_the_same(form: Any) -> None:
    heard = read(form(*LINES))
    assert "".join(word.text for word in heard.words) == "Good morning, Anna's here. Hello! It costs 5. Fine."
    assert heard.labels == ("spk_0",) * 4 + ("spk_1",) * 4 + ("spk_0",)
    assert (heard.words[1].start, heard.words[1].end, heard.words[1].probability) == (0.35, 0.65, 0.97)
    found = transcript_of(heard, duration=20.0)
    assert [(s.speaker, s.text) for s in found.segments] == [
        (0, "Good morning, Anna's here."),
        (1, "Hello!"),
        (1, "It costs 5."),
        (0, "Fine."),
    ]
    assert found.covered == pytest.approx(found.speech)


def test_speakers_are_numbered_by_first_appearance() -> None:
    found = transcript_of(read(modern("spk_3: One.", "spk_1: Two.", "spk_3: Three.")), duration=9.0)
    assert [segment.speaker for segment in found.segments] == [0, 1, 0]
    assert sum(speaker.share for speaker in found.speakers) == pytest.approx(1)


def test_one_voice_is_one_voice() -> None:
    found = transcript_of(read(modern(*LINES)), duration=20.0, one_voice=True)
    assert {segment.speaker for segment in found.segments} == {0}
    assert len(found.speakers) == 1


def test_without_labels_nobody_is_counted() -> None:
    document = legacy(*LINES)
    del document["results"]["speaker_labels"]
    found = transcript_of(read(document), duration=20.0)
    assert found.speakers == ()
    assert {segment.speaker for segment in found.segments} == {0}


@pytest.mark.parametrize("glue", ["", " "])
def test_languages_without_spaces_are_joined_without_spaces(glue: str) -> None:
    document = modern("spk_0: 今日", "spk_0: は", "spk_0: 晴れ。", glue=glue, pause=0.0)
    for kind in ("ja", "zh"):
        assert "".join(word.text for word in read(document, kind).words) == "今日は晴れ。"


def test_spaces_are_those_of_the_text_whatever_the_language() -> None:
    document = modern("spk_0: 今日 は OK")
    document["results"]["audio_segments"][0]["transcript"] = "今日は OK"
    assert "".join(word.text for word in read(document).words) == "今日は OK"


def test_marks_before_a_word_stay_before_it() -> None:
    heard = read(modern("spk_0: Hola. ¿Qué tal? (Bien)"))
    assert [word.text for word in heard.words] == ["Hola.", " ¿Qué", " tal?", " (Bien)"]


def test_a_text_that_is_another_does_not_matter() -> None:
    document = modern("spk_0: One two, three four.")
    document["results"]["audio_segments"][0]["transcript"] = "Something else entirely"
    document["results"]["transcripts"][0]["transcript"] = "Something else"
    assert "".join(word.text for word in read(document).words) == "One two, three four."


def test_a_masked_word_and_personal_data() -> None:
    document = modern("spk_0: Call me at home.")
    document["isRedacted"] = True
    document["results"]["items"][3]["alternatives"] = [{"content": "[PII]", "redactions": [{"confidence": "0.9"}]}]
    document["results"]["items"][1]["alternatives"][0] |= {"content": "***"}
    document["results"]["audio_segments"][0]["transcript"] = "Call *** at [PII]."
    heard = read(document)
    assert heard.redacted
    assert "".join(word.text for word in heard.words) == "Call *** at [PII]."
    assert heard.words[3].probability == 1.0


def test_an_empty_document_says_nothing() -> None:
    document = modern()
    found = transcript_of(read(document, "en"), duration=5.0)
    assert (found.segments, found.speakers, found.language, found.speech) == ((), (), "und", 0.0)


def test_items_without_content_are_left_out() -> None:
    document = modern("spk_0: One two three.")
    document["results"]["items"][1]["alternatives"] = []
    document["results"]["items"][2]["alternatives"][0]["content"] = ""
    assert "".join(word.text for word in read(document).words) == "One."


def test_the_language_is_the_identified_one_or_the_jobs() -> None:
    assert read(modern(*LINES)).language is None
    assert read(modern(*LINES), "fr").language == "fr"
    assert read(modern(*LINES, language_code="en-GB"), "fr").language == "en"
    several = [
        {"language_code": "en-US", "duration_in_seconds": "3.5"},
        {"language_code": "de-DE", "duration_in_seconds": 12.0},
    ]
    assert read(modern(*LINES, language_codes=several)).language == "de"


def test_speech_without_words_lowers_the_coverage() -> None:
    document = modern(*LINES)
    document["results"]["audio_segments"].append(
        {"id": 3, "transcript": "", "start_time": "30.0", "end_time": "34.0", "items": []}
    )
    found = transcript_of(read(document), duration=60.0)
    assert found.speech - found.covered == pytest.approx(4.0)


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b"[]", b'"a"', b"{}", b'{"results": {}}', b'{"results": {"items": [], "transcripts": 3}}', b"\xff"],
)
def test_what_is_no_document_is_refused_with_a_sentence(data: bytes) -> None:
    with pytest.raises(OperatorError, match="no transcript of an Amazon Transcribe job"):
        read_document(data)


@pytest.mark.parametrize("change", [{"status": "FAILED"}, {"results": {"items": [{"type": 3}], "transcripts": []}}])
def test_a_broken_document_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(OperatorError):
        read({**modern(*LINES), **change})


def test_times_that_are_no_numbers_are_refused() -> None:
    document = modern(*LINES)
    document["results"]["items"][0]["start_time"] = "soon"
    with pytest.raises(OperatorError):
        read(document)


RECORDED = {
    "bkudria__speakeasy/asrOutput.json": (5, 511),
    "kibaffo33__aws_transcribe_to_docx/01-plain.json": (0, 354),
    "kibaffo33__aws_transcribe_to_docx/02-channel-identification.json": (2, 354),
    "kibaffo33__aws_transcribe_to_docx/03-speaker-identification.json": (3, 354),
    "kibaffo33__aws_transcribe_to_docx/05-automatic-content-redaction-with-undredacted-redacted.json": (0, 354),
    "kibaffo33__aws_transcribe_to_docx/07-vocabulary-filter-mask.json": (0, 354),
    "kibaffo33__aws_transcribe_to_docx/10-speaker-identification-alternative-results.json": (3, 354),
}


@pytest.mark.parametrize("name", RECORDED)
def test_recorded_documents_are_read_word_for_word(shared: Path, name: str) -> None:
    data = (shared / "fixtures/transcribe" / name).read_bytes()
    results = json.loads(data)["results"]
    heard = read_document(data)
    assert "".join(word.text for word in heard.words) == results["transcripts"][0]["transcript"]
    spoken = [item for item in results["items"] if item["type"] == "pronunciation"]
    assert [word.start for word in heard.words] == [float(item["start_time"]) for item in spoken]
    assert [word.probability for word in heard.words] == [float(i["alternatives"][0]["confidence"]) for i in spoken]
    found = transcript_of(heard, duration=max(word.end for word in heard.words))
    assert (len(found.speakers), len(heard.words)) == RECORDED[name]
    assert "".join(found.text.split()) == "".join(results["transcripts"][0]["transcript"].split())
    assert found.covered > 0.99 * found.speech
    assert heard.redacted == ("redacted" in name)


def test_every_recorded_word_has_its_recorded_speaker(shared: Path) -> None:
    results = json.loads((shared / "fixtures/transcribe/bkudria__speakeasy/asrOutput.json").read_bytes())
    items = results["results"]["items"]
    heard = read(results)
    assert list(heard.labels) == [item["speaker_label"] for item in items if item["type"] == "pronunciation"]
    for item in items:
        item.pop("speaker_label")
    assert read(results).labels == heard.labels, "by the times of the speakers' segments, as before 2024"


def test_the_recorded_diarization_of_a_live_job_is_read(shared: Path) -> None:
    snapshot = json.loads((shared / "fixtures/transcribe/localstack__test_transcribe.snapshot.json").read_bytes())
    (document,) = [
        entry["recorded-content"]["transcribe_speaker_diarization"]
        for name, entry in snapshot.items()
        if name.endswith("test_transcribe_speaker_diarization")
    ]
    found = transcript_of(read(document), duration=5.86)
    assert [(segment.speaker, segment.text) for segment in found.segments] == [
        (0, "Hey, I am using LocalStack."),
        (1, "Yeah, it's a great tool to emulate the cloud services."),
    ]


@pytest.mark.parametrize("name", ["bda-standard.json", "example-call.json"])
def test_recorded_documents_of_other_services_are_refused(shared: Path, name: str) -> None:
    data = (shared / "fixtures/transcribe/aws-samples__amazon-transcribe-output-word-document" / name).read_bytes()
    with pytest.raises(OperatorError, match="call analytics and data automation"):
        read_document(data)
