"""`python -m sandbox.aws` as a process, and the stand-ins on a loop."""

from __future__ import annotations

import asyncio
import os
import re
import shlex
import sys

from sandbox.aws import aws


async def test_a_program_reaches_the_process_by_the_standard_variables() -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "sandbox.aws", "--scripted", "--port", "0", "--s3-port", "0", "--bucket", "talks"),
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        assert process.stdout
        said = []
        while b"S3_BUCKET" not in (line := await process.stdout.readline()):
            assert line
            said.append(line.decode())
        given = dict(re.findall(r"^export (\w+)=(.*)$", "".join(said), re.MULTILINE))
        program = "import boto3; print(boto3.client('s3').list_buckets()['Buckets'][0]['Name']);"
        program += "print(len(boto3.client('polly').describe_voices()['Voices']))"
        environment = {**os.environ, **{name: shlex.split(value)[0] for name, value in given.items()}}
        other = await asyncio.create_subprocess_exec(
            sys.executable, "-c", program, env=environment, stdout=asyncio.subprocess.PIPE
        )
        assert (await other.communicate())[0].split()[0] == b"talks"
    finally:
        process.terminate()
    assert await process.wait() == 0


async def test_a_loop_may_hold_them_and_call_them_from_threads() -> None:
    async with aws() as cloud:
        client = await asyncio.to_thread(cloud.client, "bedrock")
        assert (await asyncio.to_thread(client.list_foundation_models))["modelSummaries"]
        cloud.pace.queued = 60
        bucket = await asyncio.to_thread(cloud.new_bucket)
        await cloud.store.put(bucket, "a.wav", b"no sound")
        transcribe = await asyncio.to_thread(cloud.client, "transcribe")
        wanted = {
            "TranscriptionJobName": "j",
            "LanguageCode": "en-US",
            "Media": {"MediaFileUri": f"s3://{bucket}/a.wav"},
        }
        await asyncio.to_thread(lambda: transcribe.start_transcription_job(**wanted))
