"""Amazon Transcribe by boto3 against the stand-in: jobs, their documents, and what is refused."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from sandbox.aws import Cloud, dialogue
from sandbox.aws.document_check import problems
from sandbox.aws.scripted import ScriptedEar
from sandbox.web.sounds import tone
from tests.aws.plain_http import send
from tests.aws.sounds import sound

LABELS = {"ShowSpeakerLabels": True, "MaxSpeakerLabels": 4}
MISSING = "The requested job couldn't be found. Check the job name and try your request again."


@pytest.fixture
def transcribe(cloud: Cloud) -> Any:
    return cloud.client("transcribe", config=Config(parameter_validation=False, retries={"total_max_attempts": 1}))


@pytest.fixture
def start(cloud: Cloud, bucket: str, transcribe: Any) -> Callable[..., dict[str, Any]]:
    cloud.pace.queued = cloud.pace.listening = 0.0

    def begin(name: str = "job-1", body: bytes | None = None, key: str = "media/a.wav", **more: Any) -> dict[str, Any]:
        cloud.store.client.put_object(Bucket=bucket, Key=key, Body=sound("wav") if body is None else body)
        wanted = {"LanguageCode": "en-US", "Media": {"MediaFileUri": f"s3://{bucket}/{key}"}, **more}
        wanted = {name: value for name, value in wanted.items() if value is not None}
        job: dict[str, Any] = transcribe.start_transcription_job(TranscriptionJobName=name, **wanted)[
            "TranscriptionJob"
        ]
        return job

    return begin


def ended(transcribe: Any, name: str = "job-1") -> dict[str, Any]:
    for _ in range(400):
        job: dict[str, Any] = transcribe.get_transcription_job(TranscriptionJobName=name)["TranscriptionJob"]
        if job["TranscriptionJobStatus"] in {"COMPLETED", "FAILED"}:
            return job
        time.sleep(0.02)
    raise AssertionError(job)


def document(cloud: Cloud, bucket: str, key: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(cloud.store.client.get_object(Bucket=bucket, Key=key)["Body"].read())
    assert problems(found) == []
    return found


def test_a_job_leaves_a_sound_document_where_it_was_told_to(
    cloud: Cloud, bucket: str, transcribe: Any, start: Callable[..., dict[str, Any]]
) -> None:
    started = start(
        OutputBucketName=bucket, OutputKey="out/", Settings=LABELS, LanguageCode=None, IdentifyLanguage=True
    )
    assert started["TranscriptionJobStatus"] == "QUEUED"
    assert "MediaFormat" not in started
    job = ended(transcribe)
    assert job["Transcript"]["TranscriptFileUri"] == f"https://s3.us-east-1.amazonaws.com/{bucket}/out/job-1.json"
    assert (job["MediaFormat"], job["MediaSampleRateHertz"], job["LanguageCode"]) == ("wav", 16_000, "en-US")
    assert job["Settings"] == {**LABELS, "ChannelIdentification": False, "ShowAlternatives": False}
    assert job["IdentifiedLanguageScore"] == pytest.approx(0.9883)
    results = document(cloud, bucket, "out/job-1.json")["results"]
    assert results["language_identification"] == [{"score": "0.9883", "code": "en-US"}]
    assert results["speaker_labels"]["speakers"] == 2
    assert results["transcripts"][0]["transcript"].startswith("Good morning everyone, I am Anna, and we start")


@pytest.mark.parametrize(
    ("key", "lies"),
    [({}, "job-1.json"), ({"OutputKey": "a/b"}, "a/b/job-1.json"), ({"OutputKey": "a/b.json"}, "a/b.json")],
)
def test_the_output_key_is_a_folder_unless_it_ends_in_json(
    cloud: Cloud, bucket: str, start: Callable[..., dict[str, Any]], key: dict[str, str], lies: str
) -> None:
    start(OutputBucketName=bucket, **key)
    assert ended(cloud.client("transcribe"))["TranscriptionJobStatus"] == "COMPLETED"
    assert "speaker_labels" not in document(cloud, bucket, lies)["results"]


def test_without_a_bucket_there_is_an_address_that_anybody_can_read(
    transcribe: Any, start: Callable[..., dict[str, Any]]
) -> None:
    start()
    found = send("GET", ended(transcribe)["Transcript"]["TranscriptFileUri"])
    assert problems(found.json()) == []


def test_statuses_follow_the_clock(cloud: Cloud, transcribe: Any, start: Callable[..., dict[str, Any]]) -> None:
    cloud.pace.queued, cloud.pace.listening = 60, 600
    start()

    def status() -> str:
        time.sleep(0.05)
        return str(
            transcribe.get_transcription_job(TranscriptionJobName="job-1")["TranscriptionJob"]["TranscriptionJobStatus"]
        )

    assert status() == "QUEUED"
    cloud.clock.advance(61)
    assert status() == "IN_PROGRESS"
    time.sleep(0.3)
    cloud.clock.advance(601)
    assert ended(transcribe)["TranscriptionJobStatus"] == "COMPLETED"
    told = [event["detail"]["TranscriptionJobStatus"] for event in cloud.parts.transcribe.work.events]
    assert told == ["IN_PROGRESS", "COMPLETED"]


def test_redaction_and_subtitles_leave_files_of_their_own(
    cloud: Cloud, bucket: str, transcribe: Any, start: Callable[..., dict[str, Any]]
) -> None:
    ear = cloud.engines.ear
    assert isinstance(ear, ScriptedEar)
    ear.heard = dialogue("A: Write to anna@example.com. Or call 555-0100-200, please.")
    start(
        OutputBucketName=bucket,
        ContentRedaction={"RedactionType": "PII", "RedactionOutput": "redacted_and_unredacted"},
        Subtitles={"Formats": ["vtt", "srt"], "OutputStartIndex": 1},
        Settings=LABELS,
    )
    job = ended(transcribe)
    assert job["Transcript"]["RedactedTranscriptFileUri"].endswith("/redacted-job-1.json")
    redacted = document(cloud, bucket, "redacted-job-1.json")
    assert redacted["isRedacted"] is True
    assert redacted["results"]["transcripts"][0]["transcript"] == "Write to [PII]. Or call [PII], please."
    assert "anna@example.com" in document(cloud, bucket, "job-1.json")["results"]["transcripts"][0]["transcript"]
    subtitles = cloud.store.client.get_object(Bucket=bucket, Key="job-1.vtt")["Body"].read().decode()
    assert subtitles.startswith("WEBVTT\n\n1\n00:00:00.300 --> ")
    assert [uri.rsplit("/", 1)[-1] for uri in job["Subtitles"]["SubtitleFileUris"]] == ["job-1.vtt", "job-1.srt"]


def test_there_are_no_more_speakers_than_asked_for(
    cloud: Cloud, bucket: str, transcribe: Any, start: Callable[..., dict[str, Any]]
) -> None:
    ear = cloud.engines.ear
    assert isinstance(ear, ScriptedEar)
    ear.heard = dialogue("A: Good morning.\nB: Hello to you.\nC: Hi there.")
    start(OutputBucketName=bucket, Settings={"ShowSpeakerLabels": True, "MaxSpeakerLabels": 2})
    ended(transcribe)
    labels = document(cloud, bucket, "job-1.json")["results"]["speaker_labels"]
    assert [segment["speaker_label"] for segment in labels["segments"]] == ["spk_0", "spk_1", "spk_1"]
    assert ear.asked == [("en", 2)]


@pytest.mark.parametrize(
    ("body", "more", "reason"),
    [
        (b"no media at all", {}, "Unsupported media format"),
        (sound("aiff"), {}, "Unsupported media format"),
        (sound("mp3"), {"MediaFormat": "wav"}, "The media format provided does not match the detected media format"),
        (
            sound("wav"),
            {"MediaSampleRateHertz": 8000},
            "The sample rate provided does not match the detected sample rate",
        ),
        (sound("wav", rate=6000), {}, "Invalid sample rate for audio file"),
        (sound("wav", rate=96_000), {}, "Invalid sample rate for audio file"),
        (sound("wav", layout="5.1"), {}, "Invalid number of channels: number of channels too large"),
    ],
)
def test_a_file_that_cannot_be_heard_fails_the_job_with_a_reason(
    transcribe: Any, start: Callable[..., dict[str, Any]], body: bytes, more: dict[str, Any], reason: str
) -> None:
    start(body=body, **more)
    job = ended(transcribe)
    assert job["TranscriptionJobStatus"] == "FAILED"
    assert job["FailureReason"].startswith(reason)
    assert job["Transcript"] == {}


@pytest.mark.parametrize(
    ("kind", "key", "format_"),
    [("mp3", "a", "mp3"), ("flac", "a", "flac"), ("m4a", "a.m4a", "m4a"), ("m4a", "a.mp4", "mp4"), ("ogg", "a", "ogg")],
)
def test_what_can_be_heard_is_named(
    transcribe: Any, start: Callable[..., dict[str, Any]], kind: str, key: str, format_: str
) -> None:
    start(body=sound(kind, rate=48_000), key=key)
    assert ended(transcribe)["MediaFormat"] == format_


def test_webm_is_heard(transcribe: Any, start: Callable[..., dict[str, Any]]) -> None:
    start(body=tone("webm", 1)[0], key="a.mkv")
    assert ended(transcribe)["MediaFormat"] == "webm"


def test_what_is_too_long_fails_in_the_words_of_the_live_service(
    cloud: Cloud, transcribe: Any, start: Callable[..., dict[str, Any]]
) -> None:
    cloud.parts.transcribe.work.limits.seconds = 0.5
    start(body=sound("flac", 2))
    said = ended(transcribe)["FailureReason"]
    assert said.endswith("hours.Check the length of the file and try your request again.")
    cloud.parts.transcribe.work.limits.bytes = 10
    start(name="job-2")
    assert ended(transcribe, "job-2")["FailureReason"].startswith("Invalid file size: file size too large")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (
            {"LanguageCode": None},
            "The language code is missing. Either add a language code or turn on language identif",
        ),
        ({"LanguageCode": "xx-XX"}, "1 validation error detected: Value 'xx-XX' at 'languageCode' failed to satisfy"),
        ({"IdentifyLanguage": True}, "only one of LanguageCode"),
        ({"LanguageOptions": ["en-US", "de-DE"]}, "only with language identification"),
        ({"LanguageCode": None, "IdentifyLanguage": True, "LanguageOptions": ["en-US"]}, "between 2 and 5"),
        ({"Settings": {"ShowSpeakerLabels": True}}, "you must also specify MaxSpeakerLabels"),
        ({"Settings": {"ShowSpeakerLabels": True, "MaxSpeakerLabels": 1}}, "greater than or equal to 2"),
        ({"Settings": {"ShowSpeakerLabels": True, "MaxSpeakerLabels": 31}}, "less than or equal to 30"),
        ({"Settings": {**LABELS, "ChannelIdentification": True}}, "in the same request"),
        ({"Settings": {"VocabularyName": "ours"}}, "vocabulary couldn't be found"),
        ({"OutputKey": "x/"}, "you must also specify OutputBucketName"),
        ({"OutputBucketName": "there-is-no-such-bucket"}, "bucket can't be accessed"),
        ({"Media": {"MediaFileUri": "s3://there-is-no-such-bucket/a.mp3"}}, "doesn't point to an S3 object"),
        ({"Media": {"MediaFileUri": "https://example.com/a.mp3"}}, "isn't valid"),
        (
            {"ContentRedaction": {"RedactionType": "PII", "RedactionOutput": "redacted"}, "LanguageCode": "fr-FR"},
            "isn't av",
        ),
        ({"Speed": 2}, "extraneous key ['Speed']"),
    ],
)
def test_a_wrong_wish_is_refused(
    transcribe: Any, start: Callable[..., dict[str, Any]], more: dict[str, Any], said: str
) -> None:
    if "Speed" in more:
        more = {}
        transcribe.meta.events.register(
            "before-call.transcribe.*", lambda params, **_: params.update(body=params["body"][:-1] + b', "Speed": 2}')
        )
    with pytest.raises(ClientError) as caught:
        start(**more)
    assert caught.value.response["Error"]["Code"] == "BadRequestException"
    assert said in caught.value.response["Error"]["Message"]


def test_a_name_is_given_once(transcribe: Any, start: Callable[..., dict[str, Any]]) -> None:
    start()
    with pytest.raises(transcribe.exceptions.ConflictException):
        start()


def test_jobs_are_listed_by_pages_and_deleted(transcribe: Any, start: Callable[..., dict[str, Any]]) -> None:
    for name in ("one", "two", "three"):
        start(name=name)
        ended(transcribe, name)
    page = transcribe.list_transcription_jobs(Status="COMPLETED", MaxResults=2)
    assert [job["TranscriptionJobName"] for job in page["TranscriptionJobSummaries"]] == ["three", "two"]
    assert page["TranscriptionJobSummaries"][0]["OutputLocationType"] == "SERVICE_BUCKET"
    rest = transcribe.list_transcription_jobs(MaxResults=2, NextToken=page["NextToken"])
    assert [job["TranscriptionJobName"] for job in rest["TranscriptionJobSummaries"]] == ["one"]
    assert "NextToken" not in rest
    transcribe.delete_transcription_job(TranscriptionJobName="two")
    for call in (transcribe.get_transcription_job, transcribe.delete_transcription_job):
        with pytest.raises(transcribe.exceptions.BadRequestException) as caught:
            call(TranscriptionJobName="two")
        assert caught.value.response["Error"]["Message"] == MISSING
        assert caught.value.response["Message"] == MISSING


def test_only_so_many_run_at_once(cloud: Cloud, transcribe: Any, start: Callable[..., dict[str, Any]]) -> None:
    cloud.parts.transcribe.most_jobs = 1
    cloud.pace.queued = 5
    start()
    with pytest.raises(transcribe.exceptions.LimitExceededException):
        start(name="job-2")
    cloud.faults.add("GetTranscriptionJob", "throttle")
    with pytest.raises(ClientError) as caught:
        transcribe.get_transcription_job(TranscriptionJobName="job-1")
    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 429
