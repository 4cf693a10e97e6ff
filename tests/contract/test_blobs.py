"""What every store of blobs promises, held to files and to S3."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from services.storage import BlobMissing, Blobs
from services.storage.files import FileBlobs
from services.storage.s3 import S3Blobs
from services.storage.scratch import Scratch
from tests.contract.buckets import BUCKET, s3_client, s3_server


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    with s3_server() as address:
        yield address


@pytest.fixture(params=["files", "s3", "s3 below a prefix"])
async def blobs(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Blobs]:
    if request.param == "files":
        yield FileBlobs(tmp_path / "blobs")
        return
    client = s3_client(request.getfixturevalue("endpoint"))
    prefix = "a/place" if "prefix" in request.param else ""
    store = S3Blobs(client, bucket=BUCKET, prefix=prefix, scratch=Scratch(tmp_path / "scratch"))
    yield store
    for key in ("T1", "T2"):
        await store.delete(key)
    store.close()
    client.close()


def file_of(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("data", [b"", b"x", bytes(range(256))], ids=["empty", "one byte", "every byte"])
async def test_what_was_written_is_read(blobs: Blobs, data: bytes) -> None:
    await blobs.write("T1/notes/one", data)
    assert await blobs.read("T1/notes/one") == data
    assert await blobs.exists("T1/notes/one")
    async with blobs.local("T1/notes/one") as path:
        assert path.read_bytes() == data


async def test_writing_replaces(blobs: Blobs, tmp_path: Path) -> None:
    await blobs.write("T1/notes/one", b"a longer text")
    await blobs.put("T1/notes/one", file_of(tmp_path / "new", b"short"))
    assert await blobs.read("T1/notes/one") == b"short"


@pytest.mark.parametrize("size", [8 << 20, (8 << 20) + 1, 20_000_001])
async def test_a_large_file_comes_back_whole(blobs: Blobs, tmp_path: Path, size: int) -> None:
    source = file_of(tmp_path / "large", os.urandom(size))
    await blobs.put("T1/media/large.mp4", source)
    async with blobs.local("T1/media/large.mp4") as path:
        assert path.read_bytes() == source.read_bytes()


async def test_a_key_that_is_not_there(blobs: Blobs) -> None:
    await blobs.write("T1/media/abc", b"x")
    for key in ("T1/media/ab", "T1/media", "T2/media/abc"):
        assert not await blobs.exists(key)
        with pytest.raises(BlobMissing):
            await blobs.read(key)
        with pytest.raises(BlobMissing):
            async with blobs.local(key):
                pass


async def test_deleting_takes_one_or_all_below_and_nothing_beside(blobs: Blobs) -> None:
    keys = ["T1/media/a", "T1/media/ab", "T1/notes/a/1", "T1/notes/a/2", "T1/notes/ab/1", "T2/media/a"]
    for key in keys:
        await blobs.write(key, b"x")

    assert await blobs.delete("T1/media/a") == 1
    assert await blobs.delete("T1/notes/a") == 2
    assert await blobs.delete("T1/notes/a") == 0
    assert [key for key in keys if await blobs.exists(key)] == ["T1/media/ab", "T1/notes/ab/1", "T2/media/a"]
    assert await blobs.delete("T1") == 2
    assert await blobs.exists("T2/media/a")


@pytest.mark.parametrize("key", ["", "/a", "a/", "a//b", "../a", "a/../b", ".a", "a b", "a/é", "a\n"])
async def test_an_odd_key_is_refused(blobs: Blobs, key: str, tmp_path: Path) -> None:
    source = file_of(tmp_path / "some", b"x")
    with pytest.raises(ValueError, match="not a blob key"):
        await blobs.put(key, source)
    with pytest.raises(ValueError, match="not a blob key"):
        await blobs.write(key, b"x")
    with pytest.raises(ValueError, match="not a blob key"):
        await blobs.read(key)
    with pytest.raises(ValueError, match="not a blob key"):
        await blobs.exists(key)
    with pytest.raises(ValueError, match="not a blob key"):
        await blobs.delete(key)
    with pytest.raises(ValueError, match="not a blob key"):
        async with blobs.local(key):
            pass
