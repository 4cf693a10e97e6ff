"""What S3 adds to the contract: parts, encryption, tags, links, and its own ways to fail."""

from __future__ import annotations

import asyncio
import json
import os
import re
import subprocess
import sys
import threading
import urllib.request
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from botocore.credentials import RefreshableCredentials

from services.storage import BlobMissing
from services.storage.s3 import S3Blobs
from services.storage.scratch import Scratch
from services.vocabulary.errors import OperatorError, RetryableError
from tests.contract.buckets import BUCKET, answering, s3_client, s3_server, send

WEEK = 7 * 24 * 3600


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    with s3_server() as address:
        yield address


@pytest.fixture
def client(endpoint: str) -> Iterator[Any]:
    client = s3_client(endpoint)
    yield client
    client.close()


@pytest.fixture
async def blobs(client: Any, tmp_path: Path) -> AsyncIterator[S3Blobs]:
    store = S3Blobs(client, bucket=BUCKET, scratch=Scratch(tmp_path / "scratch"))
    yield store
    await store.delete("T1")
    store.close()


def large(path: Path, size: int = 30 << 20) -> Path:
    path.write_bytes(os.urandom(size))
    return path


@pytest.mark.parametrize("size", [10, 10 << 20], ids=["at once", "in parts"])
async def test_objects_say_what_they_are_and_are_encrypted(
    blobs: S3Blobs, client: Any, tmp_path: Path, size: int
) -> None:
    await blobs.put("T1/narrations/recap.mp3", large(tmp_path / "sound", size))
    found = client.head_object(Bucket=BUCKET, Key="T1/narrations/recap.mp3")
    assert found["ServerSideEncryption"] == "AES256"
    assert found["ContentType"] == "audio/mpeg"
    tags = client.get_object_tagging(Bucket=BUCKET, Key="T1/narrations/recap.mp3")["TagSet"]
    assert tags == [{"Key": "kind", "Value": "narrations"}]


async def test_the_operators_key_encrypts(client: Any, tmp_path: Path) -> None:
    store = S3Blobs(client, bucket=BUCKET, kms_key="alias/earshot", scratch=Scratch(tmp_path))
    await store.write("T1/media/a", b"x")
    found = client.head_object(Bucket=BUCKET, Key="T1/media/a")
    assert (found["ServerSideEncryption"], found["SSEKMSKeyId"]) == ("aws:kms", "alias/earshot")
    store.close()


async def test_the_beginning_of_a_blob(blobs: S3Blobs) -> None:
    await blobs.write("T1/media/a", b"0123456789")
    assert await blobs.head("T1/media/a", 4) == b"0123"
    assert await blobs.head("T1/media/a", 400) == b"0123456789"
    with pytest.raises(BlobMissing):
        await blobs.head("T1/media/b", 4)


class Listing:
    """A bucket of 2003 objects that are listed and deleted as S3 does, a thousand at most with one request."""

    def __init__(self) -> None:
        self.names = sorted(f"T1/notes/{number}" for number in range(2003))
        self.deletions: list[int] = []

    def __call__(self, handler: BaseHTTPRequestHandler) -> None:
        if handler.command == "POST":
            gone = re.findall("<Key>(.*?)</Key>", vars(handler)["body"].decode())
            self.deletions.append(len(gone))
            self.names = [name for name in self.names if name not in set(gone)]
            send(handler, 200, b"<DeleteResult/>")
            return
        query = parse_qs(urlsplit(handler.path).query)
        after = query.get("continuation-token", [""])[0]
        left = [name for name in self.names if name > after and name.startswith(query["prefix"][0])]
        page = left[: int(query.get("max-keys", ["1000"])[0])]
        more = f"<IsTruncated>true</IsTruncated><NextContinuationToken>{page[-1]}</NextContinuationToken>"
        keys = "".join(f"<Contents><Key>{name}</Key></Contents>" for name in page)
        found = f"<ListBucketResult>{more if len(left) > len(page) else ''}{keys}</ListBucketResult>"
        send(handler, 200, found.encode())


async def test_thousands_are_deleted_in_batches(tmp_path: Path) -> None:
    listing = Listing()
    with answering(listing) as address:
        client = s3_client(address)
        store = S3Blobs(client, bucket=BUCKET, scratch=Scratch(tmp_path))
        assert await store.delete("T1") == 2003
        assert (listing.deletions, listing.names) == ([1000, 1000, 3], [])
        store.close()
        client.close()


async def test_what_local_fetched_is_gone_afterwards(blobs: S3Blobs, tmp_path: Path) -> None:
    await blobs.write("T1/media/a", b"x")
    async with blobs.local("T1/media/a") as path:
        assert path.is_relative_to(tmp_path / "scratch")
    assert not path.exists()


class Counting:
    """A client that notes what it is asked, and may fail or wait in the named operation."""

    def __init__(self, client: Any, *, operation: str = "", error: Exception | None = None) -> None:
        self._client = client
        self._operation, self._error = operation, error
        self.asked: list[str] = []
        self.begun, self.go = threading.Event(), threading.Event()

    def __getattr__(self, name: str) -> Any:
        real = getattr(self._client, name)
        if name != self._operation:
            return real

        def call(**arguments: Any) -> Any:
            self.asked.append(name)
            self.begun.set()
            if self._error and arguments.get("PartNumber", 2) == 2:
                raise self._error
            if not self._error:
                self.go.wait(10)
            return real(**arguments)

        return call


async def test_an_upload_that_fails_leaves_nothing(client: Any, tmp_path: Path) -> None:
    broken = Counting(client, operation="upload_part", error=client.exceptions.ClientError({}, "UploadPart"))
    store = S3Blobs(broken, bucket=BUCKET, scratch=Scratch(tmp_path))
    with pytest.raises(client.exceptions.ClientError):
        await store.put("T1/media/a", large(tmp_path / "file"))
    assert client.list_multipart_uploads(Bucket=BUCKET).get("Uploads", []) == []
    assert not await store.exists("T1/media/a")
    store.close()


async def test_a_canceled_upload_waits_for_its_parts_and_leaves_nothing(client: Any, tmp_path: Path) -> None:
    slow = Counting(client, operation="upload_part")
    store = S3Blobs(slow, bucket=BUCKET, scratch=Scratch(tmp_path))
    task = asyncio.create_task(store.put("T1/media/a", large(tmp_path / "file", 60 << 20)))
    await asyncio.to_thread(slow.begun.wait, 10)
    task.cancel()
    done, _ = await asyncio.wait([task], timeout=0.2)
    assert not done, "a part is still under way"
    slow.go.set()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert len(slow.asked) <= 2, "no part is begun after the cancellation"
    assert client.list_multipart_uploads(Bucket=BUCKET).get("Uploads", []) == []
    assert not await store.exists("T1/media/a")
    store.close()


async def test_a_link_opens_the_blob(blobs: S3Blobs) -> None:
    await blobs.write("T1/narrations/a.mp3", b"sound")
    address = await blobs.link("T1/narrations/a.mp3", 600, name="Übersicht; 1.mp3", content_type="audio/mpeg")

    def fetch() -> tuple[bytes, Any]:
        with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310 - our own server
            return answer.read(), answer.headers

    body, headers = await asyncio.to_thread(fetch)
    assert body == b"sound"
    assert headers["Content-Type"] == "audio/mpeg"
    assert headers["Content-Disposition"] == "attachment; filename*=UTF-8''%C3%9Cbersicht%3B%201.mp3"


def lasting(address: str) -> int:
    return int(parse_qs(urlsplit(address).query)["X-Amz-Expires"][0])


async def test_a_link_lasts_as_long_as_asked_and_never_over_a_week(blobs: S3Blobs) -> None:
    for seconds, expected in ((60, 60), (WEEK, WEEK), (WEEK + 1, WEEK), (400 * 86_400, WEEK)):
        assert lasting(await blobs.link("T1/a", seconds, name="a", content_type="audio/mpeg")) == expected


async def test_a_link_never_outlives_the_credentials(client: Any, tmp_path: Path) -> None:
    renewals = []

    def role() -> dict[str, str]:
        renewals.append(1)
        until = datetime.now(UTC) + timedelta(hours=6)
        return {"access_key": "a", "secret_key": "b", "token": "c", "expiry_time": until.isoformat()}

    old = {**role(), "expiry_time": (datetime.now(UTC) + timedelta(minutes=5)).isoformat()}
    credentials = RefreshableCredentials.create_from_metadata(old, refresh_using=role, method="a-role")
    store = S3Blobs(client, bucket=BUCKET, credentials=credentials, scratch=Scratch(tmp_path))
    found = lasting(await store.link("T1/a", WEEK, name="a", content_type="audio/mpeg"))
    assert len(renewals) == 2, "those that end in minutes are renewed before they sign"
    assert 6 * 3600 - 60 < found <= 6 * 3600
    store.close()


def failing(status: int, code: str, asked: list[str]) -> Any:
    body = f"<Error><Code>{code}</Code><Message>no</Message></Error>".encode()

    def respond(handler: BaseHTTPRequestHandler) -> None:
        asked.append(handler.command)
        send(handler, status, body if handler.command != "HEAD" else b"", Content_Type="application/xml")

    return respond


REFUSALS = [
    (403, "AccessDenied", OperatorError, "s3:GetObject"),
    (404, "NoSuchBucket", OperatorError, "S3_BUCKET"),
    (400, "ExpiredToken", OperatorError, "renew"),
    (403, "InvalidAccessKeyId", OperatorError, "renew"),
    (403, "SignatureDoesNotMatch", OperatorError, "renew"),
    (403, "RequestTimeTooSkewed", OperatorError, "renew"),
    (400, "AuthorizationHeaderMalformed", OperatorError, "AWS_REGION"),
    (400, "KMS.DisabledException", OperatorError, "S3_KMS_KEY"),
    (404, "NoSuchKey", BlobMissing, "T1/media/a"),
    (412, "PreconditionFailed", RetryableError, "changed"),
    (503, "SlowDown", RetryableError, "SlowDown"),
    (429, "TooManyRequests", RetryableError, "busy"),
    (500, "InternalError", RetryableError, "busy"),
    (503, "SomethingNew", RetryableError, "busy"),
]


@pytest.mark.parametrize(("status", "code", "kind", "says"), REFUSALS, ids=[row[1] for row in REFUSALS])
async def test_what_s3_says_becomes_ours(
    status: int, code: str, kind: type[Exception], says: str, tmp_path: Path
) -> None:
    asked: list[str] = []
    with answering(failing(status, code, asked)) as address:
        client = s3_client(address, retries={"mode": "standard", "total_max_attempts": 1})
        store = S3Blobs(client, bucket=BUCKET, scratch=Scratch(tmp_path / "scratch"))
        with pytest.raises(kind, match=says):
            await store.read("T1/media/a")
        with pytest.raises(kind, match=says):
            async with store.local("T1/media/a"):
                pass
        assert asked == ["GET", "GET"]
        store.close()
        client.close()


@pytest.mark.parametrize(
    ("status", "kind"), [(403, OperatorError), (400, OperatorError), (503, RetryableError)], ids=str
)
async def test_a_head_request_has_only_a_status(status: int, kind: type[Exception], tmp_path: Path) -> None:
    with answering(failing(status, "", [])) as address:
        client = s3_client(address, retries={"mode": "standard", "total_max_attempts": 1})
        store = S3Blobs(client, bucket=BUCKET, scratch=Scratch(tmp_path))
        with pytest.raises(kind):
            await store.exists("T1/media/a")
        store.close()
        client.close()


async def test_a_store_that_is_away_is_tried_later(tmp_path: Path) -> None:
    client = s3_client("http://127.0.0.1:9", retries={"mode": "standard", "total_max_attempts": 1})
    store = S3Blobs(client, bucket=BUCKET, scratch=Scratch(tmp_path))
    with pytest.raises(RetryableError, match="away"):
        await store.read("T1/media/a")
    store.close()
    client.close()


async def test_an_object_that_may_not_be_deleted_is_said(tmp_path: Path) -> None:
    found = b"<ListBucketResult><Contents><Key>T1</Key></Contents></ListBucketResult>"
    refused = b"<DeleteResult><Error><Key>T1</Key><Code>AccessDenied</Code><Message>no</Message></Error></DeleteResult>"
    with answering(lambda handler: send(handler, 200, refused if handler.command == "POST" else found)) as address:
        client = s3_client(address)
        store = S3Blobs(client, bucket=BUCKET, scratch=Scratch(tmp_path))
        with pytest.raises(OperatorError, match="s3:DeleteObject"):
            await store.delete("T1")
        store.close()
        client.close()


class Breaking:
    """An object of 20 MiB whose body breaks off the first `times` times that it is read."""

    def __init__(self, times: int) -> None:
        self.left, self.data, self.ranges = times, os.urandom(20 << 20), list[str]()

    def __call__(self, handler: BaseHTTPRequestHandler) -> None:
        wanted = handler.headers["Range"]
        self.ranges.append(wanted)
        first, last = (int(number) for number in wanted.removeprefix("bytes=").split("-"))
        body = self.data[first : last + 1]
        cut, self.left = (len(body) // 2 if self.left else len(body)), max(0, self.left - 1)
        end = first + len(body) - 1
        about = {"Content_Length": str(len(body)), "Content_Range": f"bytes {first}-{end}/{len(self.data)}"}
        send(handler, 206, body[:cut], **about, ETag='"one"')
        handler.close_connection = cut < len(body)


async def test_a_body_that_breaks_off_is_fetched_again(tmp_path: Path) -> None:
    breaking = Breaking(2)
    with answering(breaking) as address:
        client = s3_client(address)
        store = S3Blobs(client, bucket=BUCKET, scratch=Scratch(tmp_path))
        async with store.local("T1/media/a") as path:
            assert path.read_bytes() == breaking.data
        assert len(breaking.ranges) == 3 + 2
        store.close()
        client.close()


async def test_a_body_that_always_breaks_off_is_tried_later(tmp_path: Path) -> None:
    breaking = Breaking(100)
    with answering(breaking) as address:
        client = s3_client(address)
        store = S3Blobs(client, bucket=BUCKET, scratch=Scratch(tmp_path))
        with pytest.raises(RetryableError):
            async with store.local("T1/media/a"):
                pass
        with pytest.raises(RetryableError):
            await store.head("T1/media/a", 100)
        store.close()
        client.close()


MEASURED = """
import asyncio, json, re, sys
from pathlib import Path
from services.storage.s3 import S3Blobs
from services.storage.scratch import Scratch
from tests.contract.buckets import BUCKET, s3_client

async def main(endpoint, source, scratch):
    client = s3_client(endpoint)
    store = S3Blobs(client, bucket=BUCKET, scratch=Scratch(Path(scratch)))
    # ru_maxrss begins with what the parent had; this is our own.
    peak = lambda: int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) // 1024
    await store.write("T1/media/small", b"x" * (1 << 20))
    peaks = [peak()]
    await store.put("T1/media/large", Path(source))
    peaks.append(peak())
    async with store.local("T1/media/large") as path:
        assert path.stat().st_size == Path(source).stat().st_size
    peaks.append(peak())
    print(json.dumps(peaks))

asyncio.run(main(*sys.argv[1:]))
"""


@pytest.mark.soak
def test_a_file_of_200_mb_never_lies_in_memory(endpoint: str, tmp_path: Path) -> None:
    source = large(tmp_path / "large", 200 << 20)
    command = [sys.executable, "-c", MEASURED, endpoint, str(source), str(tmp_path / "scratch")]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=200, cwd=Path.cwd())
    before, sent, fetched = json.loads(done.stdout)
    print(f"\n200 MiB, peak memory: {before} MiB before, {sent} after sending, {fetched} after fetching")  # noqa: T201
    assert sent - before < 64, f"MiB at the peak: {before} before, {sent} after sending"
    assert fetched - before < 64, f"MiB at the peak: {before} before, {fetched} after fetching"
