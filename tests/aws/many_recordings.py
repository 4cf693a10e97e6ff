"""A process with many recordings in flight at Amazon Transcribe; prints what that costs it, as JSON.

python -m tests.aws.many_recordings COUNT BUCKET FOLDER     (the stand-ins are in the environment)
"""

from __future__ import annotations

import asyncio
import json
import re
import sys
import threading
import time
from pathlib import Path
from typing import Any

import boto3
from botocore.config import Config

from services.storage.s3 import S3Blobs
from services.storage.scratch import Scratch
from services.transcription.amazon import AmazonTranscriber
from services.transcription.amazon_job import Poll
from services.vocabulary.media import Media
from tests.aws.amazon import ignored, sound
from tests.fakes.engines import write_tone


def resident() -> float:
    """MiB of this process."""
    found = re.search(r"VmRSS:\s+(\d+)", Path("/proc/self/status").read_text())
    return int(found[1]) / 1024 if found else 0.0


async def watch(lags: list[float], peaks: list[float], seen: list[int]) -> None:
    """How late the loop is to what it should do every 10 ms, how much memory there is, and how many threads."""
    while True:
        due = time.perf_counter() + 0.01
        await asyncio.sleep(0.01)
        lags.append(time.perf_counter() - due)
        if not len(lags) % 20:
            peaks.append(resident())
            seen.append(threading.active_count())


async def measure(count: int, bucket: str, folder: Path) -> dict[str, Any]:
    config = Config(retries={"mode": "standard", "total_max_attempts": 1}, max_pool_connections=20)
    s3, transcribe = boto3.client("s3", config=config), boto3.client("transcribe", config=config)
    blobs = S3Blobs(s3, bucket=bucket, scratch=Scratch(folder))
    ears = AmazonTranscriber(transcribe, blobs, scratch=Scratch(folder), poll=Poll(first=1.0, longest=10.0))
    write_tone(folder / "talk.mp3", 20.0)
    await blobs.put("T1/media/talk", folder / "talk.mp3")
    audio = sound(folder / "sound.pcm", 20.0)
    shared = [Media(id=f"{n:064x}", key="T1/media/talk", name="talk.mp3", size=1_003) for n in range(count + 1)]
    await ears.transcribe(audio, report=ignored, original=shared[0])
    lags, peaks, seen, before, cpu = list[float](), list[float](), list[int](), resident(), time.process_time()
    watcher = asyncio.create_task(watch(lags, peaks, seen))
    began = time.perf_counter()
    found = await asyncio.gather(*(ears.transcribe(audio, report=ignored, original=one) for one in shared[1:]))
    seconds = time.perf_counter() - began
    watcher.cancel()
    lags.sort()
    return {
        "completed": sum(bool(transcript.segments) for transcript in found),
        "seconds": round(seconds, 1),
        "processor_seconds": round(time.process_time() - cpu, 1),
        "resident_before": round(before),
        "resident_more": round(max(peaks) - before, 1),
        "threads": max(seen),
        "lag_median_ms": round(lags[len(lags) // 2] * 1e3, 2),
        "lag_p99_ms": round(lags[len(lags) * 99 // 100] * 1e3, 1),
        "lag_worst_ms": round(lags[-1] * 1e3, 1),
    }


def main(count: str, bucket: str, folder: str) -> None:
    sys.stdout.write(json.dumps(asyncio.run(measure(int(count), bucket, Path(folder)))))


if __name__ == "__main__":
    main(*sys.argv[1:])
