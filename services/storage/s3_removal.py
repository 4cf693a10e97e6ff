"""Deleting objects by key or below it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from botocore.exceptions import ClientError


def remove(client: Any, bucket: str, key: str) -> int:  # noqa: ANN401 - boto3 has no types
    """Delete the object with that key and all below it, a thousand with one request; how many there were. Blocks.

    Raises ClientError for the first object that S3 would not delete; those before it are gone.
    """
    count = 0
    for names in _batches(client, bucket, key):
        wanted = {"Objects": [{"Key": name} for name in names], "Quiet": True}
        answer = client.delete_objects(Bucket=bucket, Delete=wanted)
        if errors := answer.get("Errors"):
            raise ClientError({"Error": {"Code": errors[0]["Code"], "Message": errors[0]["Message"]}}, "DeleteObjects")
        count += len(names)
    return count


def _batches(client: Any, bucket: str, key: str) -> Iterator[list[str]]:  # noqa: ANN401
    """Keys as S3 lists them, up to a thousand at a time: first the object itself, then what is below."""
    first = client.list_objects_v2(Bucket=bucket, Prefix=key, MaxKeys=1).get("Contents", [])
    if first and first[0]["Key"] == key:  # the shortest name with a prefix is the first in order
        yield [key]
    for page in client.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=f"{key}/"):
        if names := [found["Key"] for found in page.get("Contents", [])]:
            yield names
