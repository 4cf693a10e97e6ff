"""S3 by boto3 against the stand-in: moto behind a door that counts and can break."""

from __future__ import annotations

import time
from typing import Any

import pytest
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import ClientError

from sandbox.aws import Cloud
from tests.aws.plain_http import send

PARTS = TransferConfig(multipart_threshold=5 << 20, multipart_chunksize=5 << 20)


@pytest.fixture
def s3(cloud: Cloud) -> Any:
    return cloud.client("s3", config=Config(retries={"total_max_attempts": 1}))


def test_objects_are_kept_ranged_listed_and_deleted(cloud: Cloud, bucket: str, s3: Any) -> None:
    s3.put_object(Bucket=bucket, Key="a/ü b.txt", Body=b"0123456789", Metadata={"who": "us"}, Tagging="keep=1")
    assert s3.get_object(Bucket=bucket, Key="a/ü b.txt", Range="bytes=2-4")["Body"].read() == b"234"
    assert s3.head_object(Bucket=bucket, Key="a/ü b.txt")["Metadata"] == {"who": "us"}
    assert s3.get_object_tagging(Bucket=bucket, Key="a/ü b.txt")["TagSet"] == [{"Key": "keep", "Value": "1"}]
    assert [item["Key"] for item in s3.list_objects_v2(Bucket=bucket, Prefix="a/")["Contents"]] == ["a/ü b.txt"]
    s3.delete_object(Bucket=bucket, Key="a/ü b.txt")
    with pytest.raises(s3.exceptions.NoSuchKey):
        s3.get_object(Bucket=bucket, Key="a/ü b.txt")
    operations = [call.operation for call in cloud.journal.of(service="s3")]
    assert operations == [
        *("PutObject", "GetObject", "HeadObject", "GetObjectTagging", "ListObjectsV2", "DeleteObject", "GetObject")
    ]
    assert cloud.journal.of("PutObject")[0].parameters == {"Bucket": bucket, "Key": "a/ü b.txt"}


def test_large_objects_go_up_in_parts_and_come_back_whole(cloud: Cloud, bucket: str, s3: Any, tmp_path: Any) -> None:
    path = tmp_path / "large"
    path.write_bytes(bytes(range(256)) * (12 << 12))
    s3.upload_file(str(path), bucket, "large", Config=PARTS)
    assert [call.operation for call in cloud.journal.of("*MultipartUpload")] == [
        *("CreateMultipartUpload", "CompleteMultipartUpload")
    ]
    assert cloud.journal.count("UploadPart") == 3
    s3.download_file(bucket, "large", str(tmp_path / "back"))
    assert (tmp_path / "back").read_bytes() == path.read_bytes()


def test_a_presigned_address_serves_ranges(bucket: str, s3: Any) -> None:
    s3.put_object(Bucket=bucket, Key="talk.mp3", Body=b"0123456789", ContentType="audio/mpeg")
    url = s3.generate_presigned_url("get_object", Params={"Bucket": bucket, "Key": "talk.mp3"}, ExpiresIn=60)
    came = send("GET", url, headers={"Range": "bytes=0-3"})
    assert (came.status, came.content, came.headers["Content-Type"]) == (206, b"0123", "audio/mpeg")


@pytest.mark.parametrize(
    ("kind", "code"), [("throttle", "SlowDown"), ("denied", "AccessDenied"), ("internal", "InternalError")]
)
def test_s3_fails_on_request(cloud: Cloud, bucket: str, s3: Any, kind: Any, code: str) -> None:
    cloud.faults.add("PutObject", kind, service="s3")
    with pytest.raises(ClientError) as caught:
        s3.put_object(Bucket=bucket, Key="x", Body=b"x")
    assert caught.value.response["Error"]["Code"] == code
    s3.put_object(Bucket=bucket, Key="x", Body=b"x")
    assert [call.error for call in cloud.journal.of("PutObject")] == [code, None]


def test_connections_break_on_request(cloud: Cloud, bucket: str, s3: Any) -> None:
    s3.put_object(Bucket=bucket, Key="x", Body=b"x" * 100_000)
    cloud.faults.add("GetObject", "cut_stream")
    with pytest.raises(Exception, match=r"(?i)connection|read|incomplete|premature"):
        s3.get_object(Bucket=bucket, Key="x")["Body"].read()
    cloud.faults.add("GetObject", "drop")
    with pytest.raises(Exception, match=r"(?i)connection"):
        s3.get_object(Bucket=bucket, Key="x")
    cloud.faults.add("HeadObject", "slow", seconds=0.3)
    began = time.monotonic()
    s3.head_object(Bucket=bucket, Key="x")
    assert time.monotonic() - began > 0.25
