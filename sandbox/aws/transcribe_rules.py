"""What Transcribe refuses although the shapes are right.

The sentences marked with a code are recorded from the service; the others are like them.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlsplit

from sandbox.aws.errors import AwsError

MISSING_JOB = "The requested job couldn't be found. Check the job name and try your request again."
"""Recorded."""

_NO_LANGUAGE = "The language code is missing. Either add a language code or turn on language identification."
"""Recorded."""

_MOST_OPTIONS = 5
_REDACTED = {"en-US", "en-GB", "en-AU", "en-IE", "en-IN", "en-NZ", "en-WL", "en-ZA", "en-AB", "es-US"}


def judge(wanted: dict[str, Any], vocabularies: set[str]) -> None:
    """Raise AwsError for a job that cannot be started."""
    _language(wanted)
    _settings(wanted.get("Settings", {}), vocabularies)
    _output(wanted)
    code = wanted.get("LanguageCode")
    if "ContentRedaction" in wanted and code not in _REDACTED and not wanted.get("IdentifyLanguage"):
        _refuse("Content redaction isn't available for the language that you specified.")
    if "ToxicityDetection" in wanted and code != "en-US":
        _refuse("Toxicity detection is only available in US English (en-US).")
    execution = wanted.get("JobExecutionSettings", {})
    if execution.get("AllowDeferredExecution") and "DataAccessRoleArn" not in execution:
        _refuse("You must specify DataAccessRoleArn if AllowDeferredExecution is true.")


def place(uri: str) -> tuple[str, str]:
    """Bucket and key of a media file's address. Raises AwsError where it is none of S3."""
    parts = urlsplit(uri)
    path = unquote(parts.path).lstrip("/")
    if parts.scheme == "s3":
        return parts.netloc, path
    host = parts.netloc
    if host.startswith(("s3.", "s3-")):
        bucket, _, key = path.partition("/")
        return bucket, key
    if ".s3." in host:
        return host.split(".s3.")[0], path
    raise AwsError("BadRequestException", "The S3 URI that you provided isn't valid. Check the URI and try again.")


def output_key(wanted: dict[str, Any]) -> str:
    """The key of the document: OutputKey where it ends in .json, else in that folder, under the job's name."""
    name = f"{wanted['TranscriptionJobName']}.json"
    key = str(wanted.get("OutputKey", ""))
    if key.endswith(".json"):
        return key
    return f"{key.rstrip('/')}/{name}" if key else name


def _refuse(message: str) -> None:
    raise AwsError("BadRequestException", message)


def _language(wanted: dict[str, Any]) -> None:
    single, several = wanted.get("IdentifyLanguage"), wanted.get("IdentifyMultipleLanguages")
    ways = [bool(wanted.get("LanguageCode")), bool(single), bool(several)]
    if not any(ways):
        _refuse(_NO_LANGUAGE)
    if sum(ways) > 1:
        _refuse("You can specify only one of LanguageCode, IdentifyLanguage and IdentifyMultipleLanguages.")
    options = wanted.get("LanguageOptions")
    if options is not None:
        if not (single or several):
            _refuse("LanguageOptions can be used only with language identification.")
        if not 2 <= len(options) <= _MOST_OPTIONS or len(set(options)) < len(options):  # noqa: PLR2004 - two languages are a choice
            _refuse("You must specify between 2 and 5 different language codes in LanguageOptions.")
    settings = wanted.get("LanguageIdSettings")
    if settings and not (single or several):
        _refuse("LanguageIdSettings can be used only with language identification.")
    if settings and not set(settings) <= set(options or ()):
        _refuse("LanguageIdSettings must name languages of LanguageOptions.")


def _settings(settings: dict[str, Any], vocabularies: set[str]) -> None:
    if bool(settings.get("ShowSpeakerLabels")) != ("MaxSpeakerLabels" in settings):
        _refuse("If you specify ShowSpeakerLabels, you must also specify MaxSpeakerLabels, and the other way round.")
    if settings.get("ShowSpeakerLabels") and settings.get("ChannelIdentification"):
        _refuse("You can't use ShowSpeakerLabels and ChannelIdentification in the same request.")
    if bool(settings.get("ShowAlternatives")) != ("MaxAlternatives" in settings):
        _refuse("If you specify ShowAlternatives, you must also specify MaxAlternatives, and the other way round.")
    if ("VocabularyFilterName" in settings) != ("VocabularyFilterMethod" in settings):
        _refuse("VocabularyFilterName and VocabularyFilterMethod must be specified together.")
    for name in ("VocabularyName", "VocabularyFilterName"):
        if name in settings and settings[name] not in vocabularies:
            _refuse("The requested vocabulary couldn't be found. Check the vocabulary name and try your request again.")


def _output(wanted: dict[str, Any]) -> None:
    for name in ("OutputKey", "OutputEncryptionKMSKeyId"):
        if name in wanted and "OutputBucketName" not in wanted:
            _refuse(f"If you specify {name}, you must also specify OutputBucketName.")
