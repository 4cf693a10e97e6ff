"""What is asked of Amazon Transcribe for one recording, and where it lies: names made from what goes in."""

from __future__ import annotations

import hashlib
from typing import Any

from services.transcription.amazon_languages import Languages, iso_of
from services.transcription.amazon_split import Part
from services.vocabulary.base import Value

_FEWEST, _MOST = 2, 30  # MaxSpeakerLabels, in the service model of botocore 1.44.5
_DOCUMENT = "document.json"
_USUAL = 10
"""Speakers that are looked for where nobody says how many there are: more cost nothing, but voices get split."""


class Settings(Value):
    """What holds for all recordings of a process."""

    languages: Languages
    redact: bool = False
    kms_key: str | None = None
    chunk: float | None = None
    queue_role: str | None = None

    @property
    def fingerprint(self) -> str:
        """Results of equal settings may stand for one another."""
        return hashlib.sha256(self.model_dump_json(exclude={"kms_key", "queue_role"}).encode()).hexdigest()[:8]


class Task(Value):
    """One recording to hear: the workspace and the media that it is of, and how it is to be heard.

    `code` is Transcribe's code of the language, None where it is to find out.
    """

    team: str
    media: str
    settings: Settings
    code: str | None = None
    speakers: int | None = None

    @property
    def name(self) -> str:
        """The stem of all its jobs' names: equal work has an equal name, in whichever process it is done."""
        what = "\n".join((self.team, self.media, self.settings.fingerprint, self.code or "", str(self.speakers)))
        return f"earshot-{self.media[:16]}-{hashlib.sha256(what.encode()).hexdigest()[:16]}"

    @property
    def folder(self) -> str:
        """The blobs of this work: below the media's transcripts, so that they are deleted with them at the latest."""
        return f"{self.team}/transcripts/{self.media}/{self.name}"

    def job(self, number: int, part: Part, form: str) -> str:
        """The name of the job of a part, whose sound has that form ('as-is', 'flac')."""
        return f"{self.name}-{form}-{number:02}-{round(part.start)}-{round(part.end)}"

    def room(self, job: str) -> str:
        """The blobs of one job: the sound that is made for it, and what it writes."""
        return f"{self.folder}/{job}"

    def document(self, job: str) -> str:
        """The key of the blob that the job writes."""
        # The service puts 'redacted-' before the name by itself, so that nobody takes one for the other.
        return f"{self.room(job)}/{'redacted-' if self.settings.redact else ''}{_DOCUMENT}"

    def request(self, job: str, media: tuple[str, str], room: tuple[str, str]) -> dict[str, Any]:
        """StartTranscriptionJob for a media file; `media` and `room` are buckets and keys."""
        key = {"OutputEncryptionKMSKeyId": self.settings.kms_key} if self.settings.kms_key else {}
        redaction = {"RedactionType": "PII", "RedactionOutput": "redacted"}
        most = min(_MOST, max(_FEWEST, self.speakers or _USUAL))
        return {
            "TranscriptionJobName": job,
            "Media": {"MediaFileUri": f"s3://{media[0]}/{media[1]}"},
            "OutputBucketName": room[0],
            "OutputKey": f"{room[1]}/{_DOCUMENT}",
            "Settings": {"ShowSpeakerLabels": True, "MaxSpeakerLabels": most, **self._vocabulary()},
            "Tags": [{"Key": "app", "Value": "earshot"}],
            **self._language(),
            **({"ContentRedaction": redaction} if self.settings.redact else {}),
            **key,
            **self._queue(),
        }

    def _queue(self) -> dict[str, Any]:
        """Beyond the limit of jobs at once the service keeps up to 10,000, if it may read and write by itself."""
        role = self.settings.queue_role
        return {"JobExecutionSettings": {"AllowDeferredExecution": True, "DataAccessRoleArn": role}} if role else {}

    def _vocabulary(self) -> dict[str, str]:
        """The vocabulary of the one language; where it is to be found out they go with the languages."""
        vocabularies = self.settings.languages.vocabularies
        return {"VocabularyName": vocabularies[self.code]} if self.code in vocabularies else {}

    def _language(self) -> dict[str, Any]:
        languages = self.settings.languages
        if self.code:
            return {"LanguageCode": self.code}
        if not languages.options:
            return {"IdentifyLanguage": True}
        own = {code: {"VocabularyName": name} for code, name in languages.vocabularies.items()}
        options = {"IdentifyLanguage": True, "LanguageOptions": list(languages.options)}
        return {**options, "LanguageIdSettings": own} if own else options

    @property
    def language(self) -> str | None:
        """The language that was asked for, ISO 639-1."""
        return iso_of(self.code) if self.code else None
