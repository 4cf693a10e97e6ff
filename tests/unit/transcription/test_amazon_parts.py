"""The smaller parts of the Transcribe backend: languages, refusals, formats, FLAC."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import av
import botocore.session
import numpy as np
import pytest
from botocore.exceptions import ClientError, EndpointConnectionError, NoCredentialsError, ParamValidationError

from services.transcription.amazon_languages import _KNOWN, iso_of, languages_of
from services.transcription.amazon_reasons import NothingSaid, Unsuitable, failure, missing, translate, unheard
from services.transcription.amazon_sound import is_accepted, is_silent, make_flac
from services.transcription.sound import RATE, Sound
from services.vocabulary.errors import OperatorError, RetryableError, UserError
from tests.unit.transcription import sounds


def test_the_languages_are_those_of_the_service() -> None:
    model = botocore.session.get_session().get_service_model("transcribe")
    codes = _KNOWN.split()
    assert sorted(codes) == sorted(model.shape_for("LanguageCode").enum)
    assert all(iso_of(code).isalpha() and len(iso_of(code)) in {2, 3} for code in codes)


@pytest.mark.parametrize(
    ("language", "code"),
    [
        *(("en", "en-US"), ("EN-gb", "en-GB"), ("nb", "no-NO"), ("nn", "no-NO"), ("yue", "zh-CN"), ("zh", "zh-CN")),
        *(("pt", "pt-BR"), ("he", "he-IL"), ("iw", "he-IL"), ("ku", "ckb-IQ"), ("ast", "ast-ES"), ("en-XX", "en-US")),
    ],
)
def test_a_language_has_its_usual_code(language: str, code: str) -> None:
    assert languages_of((), None).code(language) == code


def test_the_settings_code_of_a_language_is_preferred() -> None:
    assert languages_of(("de-CH", "en-GB"), None).code("en") == "en-GB"


@pytest.mark.parametrize("names", [["xx"], ["en-US", "en"], ["en", "de", "fr", "es", "it", "pt"], [""]])
def test_languages_that_cannot_be_are_the_operators_matter(names: list[str]) -> None:
    with pytest.raises(OperatorError, match="TRANSCRIBE_LANGUAGES"):
        languages_of(names, None)


def test_vocabularies_belong_to_languages() -> None:
    assert languages_of(("en-GB", "de"), "terms").vocabularies == {"en-GB": "terms"}
    found = languages_of(("en-GB", "de"), "en-GB=terms, de=begriffe")
    assert found.vocabularies == {"en-GB": "terms", "de-DE": "begriffe"}
    for vocabulary in ("fr=mots", "=x", "xx=y"):
        with pytest.raises(OperatorError, match="TRANSCRIBE_VOCABULARY"):
            languages_of(("en-GB",), vocabulary)
    with pytest.raises(OperatorError, match="TRANSCRIBE_VOCABULARY"):
        languages_of((), "terms")


def refused(code: str, message: str = "", status: int = 400) -> ClientError:
    answer: Any = {"Error": {"Code": code, "Message": message}, "ResponseMetadata": {"HTTPStatusCode": status}}
    return ClientError(answer, "StartTranscriptionJob")


REFUSALS = [
    (refused("LimitExceededException", status=429), RetryableError, "busy"),
    (refused("ThrottlingException"), RetryableError, "busy"),
    (refused("InternalFailureException", status=500), RetryableError, "busy"),
    (refused("AccessDeniedException"), OperatorError, "transcribe:StartTranscriptionJob"),
    (refused("ExpiredTokenException"), OperatorError, "credentials"),
    (refused("UnrecognizedClientException"), OperatorError, "credentials"),
    (refused("BadRequestException", "The requested vocabulary couldn't be found."), OperatorError, "VOCABULARY"),
    (refused("BadRequestException", "Content redaction isn't available for ja-JP."), OperatorError, "REDACT_PII"),
    (refused("BadRequestException", "The S3 URI that you provided can't be accessed."), OperatorError, "s3:GetObject"),
    (refused("BadRequestException", "Something new"), OperatorError, "Something new"),
    (NoCredentialsError(), OperatorError, "credentials"),
    (EndpointConnectionError(endpoint_url="x"), RetryableError, "away"),
    (ParamValidationError(report="ours"), ParamValidationError, "ours"),
]


@pytest.mark.parametrize(
    ("error", "kind", "says"), REFUSALS, ids=[str(row[2]) + str(n) for n, row in enumerate(REFUSALS)]
)
def test_refusals_are_sorted_by_who_acts(error: Any, kind: type[Exception], says: str) -> None:
    found = translate(error)
    assert isinstance(found, kind)
    assert says in str(found)


def test_a_missing_job_is_told_by_its_recorded_sentence() -> None:
    gone = refused(
        "BadRequestException", "The requested job couldn't be found. Check the job name and try your request again."
    )
    assert missing(gone)
    assert not missing(refused("BadRequestException", "The requested vocabulary couldn't be found."))
    assert not missing(refused("AccessDeniedException"))


FAILURES = [
    ("Unsupported media format. Check the media format.", Unsuitable),
    ("The media format provided does not match the detected media format.", Unsuitable),
    ("Invalid sample rate for audio file", Unsuitable),
    ("The sample rate provided does not match the detected sample rate.", Unsuitable),
    ("Invalid file size: file size too large", Unsuitable),
    ("Invalid number of channels: number of channels too large", Unsuitable),
    ("Invalid file size: file size too large. Maximum audio duration is 4.000000 hours.Check the length.", Unsuitable),
    ("We couldn't identify the language of your audio.", NothingSaid),
    ("The specified vocabulary doesn't exist.", OperatorError),
    ("Redaction isn't supported for the language that was identified.", OperatorError),
    ("Access denied when calling the S3 bucket.", OperatorError),
    ("The specified KMS key doesn't exist.", OperatorError),
    ("Internal service failure. Try your request again.", RetryableError),
    ("", RetryableError),
]


@pytest.mark.parametrize(("reason", "kind"), FAILURES)
def test_reasons_of_failures_are_sorted(reason: str, kind: type[Exception]) -> None:
    assert isinstance(failure(reason), kind)


def test_a_recording_that_is_not_taken_is_a_sentence_with_a_way_forward() -> None:
    said = str(unheard("Invalid file size: file size too large. Maximum audio duration is 4.000000 hours.Check it."))
    assert said == (
        "The speech recognition does not take this recording (invalid file size: file size too large): please convert "
        "it to mp3 or m4a and share it again."
    )
    assert isinstance(unheard(""), UserError)


@pytest.mark.parametrize(
    ("head", "taken"),
    [
        (b"ID3\x04", True),
        (b"\xff\xfb\x90\x00", True),
        (b"\xff\xf3\x90\x00", True),
        (b"fLaC", True),
        (b"OggS", True),
        (b"#!AMR\n", True),
        (b"RIFF\x00\x00\x00\x00WAVE", True),
        (b"\x00\x00\x00\x20ftypM4A ", True),
        (b"\x00\x00\x00\x20ftypisom", True),
        (b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\x82\x84webm", True),
        (b"\x00\x00\x00\x14ftypqt  ", False),
        (b"\x00\x00\x00\x14ftyp3gp4", False),
        (b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\x82\x88matroska", False),
        (b"RIFF\x00\x00\x00\x00AVI ", False),
        (b"\xff\xf1\x50\x80", False),
        (b"\xff", False),
        (b"", False),
        (b"<html>", False),
    ],
)
def test_formats_are_told_by_their_first_bytes(head: bytes, *, taken: bool) -> None:
    assert is_accepted(head) == taken


async def test_a_stretch_becomes_flac_without_loss(tmp_path: Path) -> None:
    source = sounds.write(tmp_path / "sound", sounds.noise(70.0, level=0.3))
    await make_flac(source, tmp_path / "part.flac", start=2.5, end=65.0)
    with av.open(str(tmp_path / "part.flac")) as container:
        assert (container.streams.audio[0].rate, container.streams.audio[0].channels) == (RATE, 1)
        samples = np.concatenate([frame.to_ndarray().reshape(-1) for frame in container.decode(audio=0)])
    expected = np.fromfile(source, "<i2")[int(2.5 * RATE) : int(65.0 * RATE)]
    assert np.array_equal(samples, expected)


def test_silence_is_told(tmp_path: Path) -> None:
    assert is_silent(Sound(sounds.write(tmp_path / "none", sounds.silence(0))))
    assert is_silent(Sound(sounds.write(tmp_path / "quiet", sounds.noise(61.0, level=0.0002))))
    loud = sounds.silence(61.0)
    loud[-5] = 0.1
    assert not is_silent(Sound(sounds.write(tmp_path / "loud", loud)))
