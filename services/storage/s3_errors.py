"""What S3 says, in our error tree."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from botocore.exceptions import BotoCoreError, ClientError

from services.storage import BlobMissing
from services.storage.aws import Fault, code_of, fault_of, message_of
from services.vocabulary.errors import OperatorError, RetryableError

# A HEAD request has no body, so its code is the HTTP status.
_MISSING = frozenset({"NoSuchKey", "404"})
# The object was replaced while it was read, or the upload was cleared away: the whole step is done again.
_CHANGED = frozenset({"PreconditionFailed", "NoSuchUpload", "InvalidPart", "ConditionalRequestConflict", "BadDigest"})


@contextmanager
def translated(bucket: str, key: str) -> Iterator[None]:
    """Errors of boto3 leave this block as ours, about that key (without the bucket's prefix)."""
    try:
        yield
    except (ClientError, BotoCoreError) as error:
        raise translate(error, bucket=bucket, key=key) from error


def translate(error: ClientError | BotoCoreError, *, bucket: str, key: str) -> Exception:
    """BlobMissing, RetryableError or OperatorError; the error itself where it is a bug of ours."""
    code = code_of(error)
    if code in _MISSING:
        return BlobMissing(key)
    if code in _CHANGED:
        return RetryableError(f"The blob changed while it was moved ({code})")
    if code == "NoSuchBucket":
        return OperatorError(f"There is no bucket {bucket!r}: create it, or correct S3_BUCKET")
    if code.startswith("KMS."):
        return OperatorError(
            f"S3 cannot use the key of the bucket {bucket!r} ({message_of(error)}): enable the key in S3_KMS_KEY "
            "and allow the role kms:GenerateDataKey and kms:Decrypt on it"
        )
    return of_fault(fault_of(error), error, bucket)


def of_fault(fault: Fault, error: ClientError | BotoCoreError, bucket: str) -> Exception:
    """The error for a fault that is no matter of one object."""
    said = f"{code_of(error)} {message_of(error)}".strip()
    match fault:
        case Fault.PASSING:
            return RetryableError(f"S3 is away or busy: {said}")
        case Fault.DENIED:
            return OperatorError(
                f"S3 refuses us in the bucket {bucket!r} ({said}): allow the role s3:GetObject, s3:PutObject, "
                "s3:PutObjectTagging, s3:DeleteObject, s3:AbortMultipartUpload on its objects, s3:ListBucket on it, "
                "and kms:GenerateDataKey and kms:Decrypt where it has a key"
            )
        case Fault.CREDENTIALS:
            return OperatorError(
                f"AWS does not accept our credentials ({said}): renew them, or give the machine a role; "
                "`python -m bot doctor` says which are used"
            )
        case Fault.REGION:
            return OperatorError(f"The bucket {bucket!r} is in another region ({said}): correct AWS_REGION")
        case Fault.OTHER:
            return error
