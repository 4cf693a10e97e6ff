"""What `doctor` asks of the bucket. It leaves nothing behind."""

from __future__ import annotations

import uuid
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from bot.aws_remedies import asking, remedy
from services.storage.aws import Fault, code_of, fault_of
from services.vocabulary.errors import OperatorError


def bucket(s3: Any, name: str) -> str:  # noqa: ANN401 - the same
    """Whether objects can be written, read and deleted, are encrypted, and are closed to the public."""
    if not name:
        raise OperatorError("no bucket is set: set S3_BUCKET to one that Earshot may keep things in")
    _opens(s3, name)
    key = f"doctor/{uuid.uuid4().hex}"
    with asking(f"the bucket {name}", "s3:PutObject, s3:PutObjectTagging, s3:GetObject and s3:DeleteObject"):
        s3.put_object(Bucket=name, Key=key, Body=b"probe", Tagging="kind=doctor")
        try:
            with s3.get_object(Bucket=name, Key=key)["Body"] as body:
                body.read()
        finally:
            s3.delete_object(Bucket=name, Key=key)
    return f"{name}, {_encryption(s3, name)}, {_openness(s3, name)}"


def _opens(s3: Any, name: str) -> None:  # noqa: ANN401 - the same
    try:
        s3.head_bucket(Bucket=name)
    except ClientError as error:
        if code_of(error) in ("404", "NoSuchBucket"):
            raise OperatorError(
                f"there is no bucket {name}: make it (deploy/earshot.yml does) or set S3_BUCKET"
            ) from error
        if fault_of(error) is Fault.REGION:
            raise OperatorError(
                f"the bucket {name} is in another region: set AWS_REGION to that of the bucket"
            ) from error
        raise OperatorError(remedy(f"the bucket {name}", "s3:ListBucket", error)) from error
    except BotoCoreError as error:
        raise OperatorError(remedy(f"the bucket {name}", "s3:ListBucket", error)) from error


def _encryption(s3: Any, name: str) -> str:  # noqa: ANN401 - the same
    try:
        rules = s3.get_bucket_encryption(Bucket=name)["ServerSideEncryptionConfiguration"]["Rules"]
    except ClientError as error:
        if code_of(error) == "ServerSideEncryptionConfigurationNotFoundError":
            raise OperatorError(f"the bucket {name} encrypts nothing by itself: turn default encryption on") from error
        return "encryption not shown to us"
    return str(rules[0]["ApplyServerSideEncryptionByDefault"]["SSEAlgorithm"])


def _openness(s3: Any, name: str) -> str:  # noqa: ANN401 - the same
    opened = f"the bucket {name} may be opened to the public: turn on all four settings of Block Public Access"
    try:
        blocked = s3.get_public_access_block(Bucket=name)["PublicAccessBlockConfiguration"]
    except ClientError as error:
        if code_of(error) == "NoSuchPublicAccessBlockConfiguration":
            raise OperatorError(opened) from error
        return "public access not shown to us"
    if not all(blocked.values()):
        raise OperatorError(opened)
    return "closed to the public"
