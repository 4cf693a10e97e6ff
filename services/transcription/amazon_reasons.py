"""What Amazon Transcribe says when it refuses or fails, in our error tree."""

from __future__ import annotations

from botocore.exceptions import BotoCoreError, ClientError

from services.storage.aws import Fault, code_of, fault_of, message_of
from services.vocabulary.errors import OperatorError, RetryableError, UserError


class JobGone(Exception):  # noqa: N818 - an event: the job, or what it wrote, is not there any more
    """The job or its document was deleted, by a retention rule or by another process that was done with it."""


class Unsuitable(Exception):  # noqa: N818 - an event: another form of the sound may do
    """Transcribe cannot take the file as it is. The message is its own reason."""


class NothingSaid(Exception):  # noqa: N818 - an event: there is no speech to tell a language from
    """The language could not be told."""


# Parts of the texts of FailureReason: the first five are in the service model of botocore 1.44.5, the length is
# recorded (LocalStack's snapshot against the service), and the rest are from the user guide.
_UNSUITABLE = (
    "unsupported media format",
    "does not match the detected",
    "invalid sample rate",
    "invalid number of channels",
    "file size too large",
    "maximum audio duration",
    "failed to parse",
)
_NOTHING = (
    "couldn't identify the language",
    "could not identify the language",
    "no speech",
    "audio duration too short",
)
_ACCESS = ("access", "permission", "s3 uri", "kms", "encryption", "bucket")
_REDACTION = ("redaction", "pii")


def missing(error: Exception) -> bool:
    """Whether the error says that there is no such job; it has no code of its own."""
    said = message_of(error).lower()
    return code_of(error) == "NotFoundException" or ("job couldn't be found" in said and "BadRequest" in code_of(error))


def translate(error: ClientError | BotoCoreError) -> Exception:
    """RetryableError or OperatorError for a call that was refused; the error itself where it is a bug of ours."""
    said = f"{code_of(error)} {message_of(error)}".strip()
    match fault_of(error):
        case Fault.PASSING:
            return RetryableError(f"Amazon Transcribe is away or busy: {said}")
        case Fault.DENIED:
            return OperatorError(
                f"Amazon Transcribe refuses us ({said}): allow the role transcribe:StartTranscriptionJob, "
                "transcribe:GetTranscriptionJob, transcribe:DeleteTranscriptionJob and transcribe:TagResource on jobs "
                "named earshot-*, and s3:GetObject and s3:PutObject in the bucket, which it uses in the role's name"
            )
        case Fault.CREDENTIALS:
            return OperatorError(
                f"AWS does not accept our credentials ({said}): renew them, or give the machine a role; "
                "`python -m bot doctor` says which are used"
            )
        case Fault.REGION:
            return OperatorError(f"There is no Amazon Transcribe where we look ({said}): correct AWS_REGION")
        case Fault.OTHER:
            return _refused(error, message_of(error))


def _refused(error: ClientError | BotoCoreError, said: str) -> Exception:
    """A BadRequestException: a setting that does not fit."""
    if "BadRequest" not in code_of(error):
        return error
    lowered = said.lower()
    if "vocabulary" in lowered:
        return OperatorError(f"Amazon Transcribe does not know our vocabulary ({said}): correct TRANSCRIBE_VOCABULARY")
    if any(part in lowered for part in _REDACTION):
        return OperatorError(
            f"Amazon Transcribe cannot leave personal data out in this language ({said}): name languages in "
            "TRANSCRIBE_LANGUAGES that it can do so in, or turn TRANSCRIBE_REDACT_PII off"
        )
    if any(part in lowered for part in _ACCESS) or "uri" in lowered:
        return OperatorError(
            f"Amazon Transcribe cannot reach the bucket ({said}): it must be in the region of AWS_REGION, and the role "
            "needs s3:GetObject and s3:PutObject in it, and kms:Decrypt and kms:GenerateDataKey where it has a key"
        )
    return OperatorError(f"Amazon Transcribe does not take the job ({said}): check the TRANSCRIBE_ settings")


def failure(reason: str) -> Exception:
    """What a job's FailureReason comes to."""
    lowered = reason.lower()
    if any(part in lowered for part in _UNSUITABLE):
        return Unsuitable(reason)
    if any(part in lowered for part in _NOTHING):
        return NothingSaid(reason)
    if "vocabulary" in lowered:
        return OperatorError(f"Amazon Transcribe cannot use our vocabulary ({reason}): correct TRANSCRIBE_VOCABULARY")
    if any(part in lowered for part in _REDACTION):
        return OperatorError(
            f"Amazon Transcribe could not leave personal data out ({reason}): name languages in TRANSCRIBE_LANGUAGES "
            "that it can do so in, or turn TRANSCRIBE_REDACT_PII off"
        )
    if any(part in lowered for part in _ACCESS):
        return OperatorError(
            f"Amazon Transcribe cannot reach the recording ({reason}): the role needs s3:GetObject and s3:PutObject in "
            "the bucket, and kms:Decrypt and kms:GenerateDataKey where it has a key"
        )
    return RetryableError(f"The transcription job failed: {reason or 'no reason was given'}")


def unheard(reason: str) -> UserError:
    """Neither the file nor the sound made from it was taken."""
    first = reason.split(".", maxsplit=1)[0].strip().lower()
    return UserError(
        f"The speech recognition does not take this recording ({first}): please convert it to mp3 or m4a and share it "
        "again."
    )
