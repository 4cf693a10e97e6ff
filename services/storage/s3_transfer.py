"""Large objects in parts, so that memory holds a few parts and never a file."""

from __future__ import annotations

import asyncio
import contextlib
import os
from pathlib import Path
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from services.storage.aws import Calls, Fault, code_of, fault_of

PART = 8 << 20
"""Bytes of one part; the least that S3 takes is 5 MiB."""

_MOST_PARTS = 10_000  # https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html
_AT_ONCE = 2
_CHUNK = 1 << 20
_TRIES = 3


async def upload(
    calls: Calls,
    client: Any,  # noqa: ANN401 - boto3 has no types
    path: Path,
    size: int,
    *,
    where: dict[str, str],
    how: dict[str, str],
) -> None:
    """Send a file in parts. `where` is bucket and key, `how` the object's encryption, type and tags.

    After a failure or a cancellation the parts that were sent are deleted, once none is under way any more: S3 would
    keep, and bill, a part that arrives after its upload was aborted.
    """
    begun = await calls(client.create_multipart_upload, **where, **how)
    target = {**where, "UploadId": begun["UploadId"]}
    try:
        parts = await _send(calls, client, path, size, target)
        await _finished(calls(client.complete_multipart_upload, **target, MultipartUpload={"Parts": parts}))
    except BaseException:
        with contextlib.suppress(ClientError, BotoCoreError):  # the bucket's lifecycle rule clears what is left
            await asyncio.shield(calls(client.abort_multipart_upload, **target))
        raise


async def _send(calls: Calls, client: Any, path: Path, size: int, target: dict[str, str]) -> list[dict[str, Any]]:  # noqa: ANN401
    step = max(PART, -(-size // _MOST_PARTS))
    free = asyncio.Semaphore(_AT_ONCE)

    def send(number: int) -> dict[str, Any]:
        body = _slice(path, (number - 1) * step, step)
        sent = client.upload_part(**target, PartNumber=number, Body=body)
        # A checksum that went with a part has to be named again when the parts are put together.
        sums = {name: value for name, value in sent.items() if name.startswith("Checksum") and name != "ChecksumType"}
        return {"PartNumber": number, "ETag": sent["ETag"], **sums}

    async def one(number: int) -> dict[str, Any]:
        async with free:
            return dict(await _finished(calls(send, number=number)))

    tasks = [asyncio.create_task(one(number)) for number in range(1, -(-size // step) + 1)]
    try:
        return list(await asyncio.gather(*tasks))
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _finished(call: Any) -> Any:  # noqa: ANN401 - what the call returns
    """The call's result; a cancellation waits until its thread is done, so that nothing is sent behind our back."""
    task = asyncio.ensure_future(call)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        while not task.done():  # canceled once by whoever cancels us, and again by `_send`, which clears up
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.wait([task])
        raise


def _slice(path: Path, start: int, length: int) -> bytes:
    with path.open("rb") as file:
        return os.pread(file.fileno(), length, start)


async def download(calls: Calls, client: Any, where: dict[str, str], target: Path) -> None:  # noqa: ANN401
    """Fetch an object into a file, part by part; a part that breaks off is fetched again.

    Every part must be of the same object: one that is replaced meanwhile raises PreconditionFailed.
    """
    position, total, same = 0, 1, dict[str, str]()
    while position < total:
        wanted = f"bytes={position}-{position + PART - 1}"
        answer = await calls(
            _fetch, client=client, where={**where, "Range": wanted, **same}, at=position, target=target
        )
        position, total, same = position + answer["length"], answer["total"], {"IfMatch": answer["etag"]}


def _fetch(client: Any, where: dict[str, str], at: int, target: Path) -> dict[str, Any]:  # noqa: ANN401
    """One part, in a thread. botocore tries a request again, but not a body that breaks off while it is read."""
    for tries in range(1, _TRIES + 1):
        try:
            return _fetch_once(client, where, at, target)
        except (ClientError, BotoCoreError) as error:
            if code_of(error) == "InvalidRange":  # it is empty
                target.touch()
                return {"length": 0, "total": 0, "etag": ""}
            if isinstance(error, ClientError) or fault_of(error) is not Fault.PASSING or tries == _TRIES:
                raise
    raise AssertionError("the last try returns or raises")


def _fetch_once(client: Any, where: dict[str, str], at: int, target: Path) -> dict[str, Any]:  # noqa: ANN401
    answer = client.get_object(**where)
    with contextlib.closing(answer["Body"]) as body, target.open("r+b" if at else "wb") as file:
        file.seek(at)
        length = sum(file.write(chunk) for chunk in body.iter_chunks(_CHUNK))
    total = int(answer.get("ContentRange", f"/{length}").rpartition("/")[2])
    return {"length": length, "total": total, "etag": answer["ETag"]}
