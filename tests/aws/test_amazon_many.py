"""Two hundred recordings that wait for Amazon Transcribe in one process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from sandbox.aws import Cloud, dialogue

ROOT = Path(__file__).resolve().parents[2]
COUNT = 200


@pytest.mark.soak
def test_two_hundred_recordings_in_flight_cost_little(cloud: Cloud, bucket: str, tmp_path: Path) -> None:
    cloud.engines.ear.heard = dialogue("A: Good morning everyone.\nB: The release is on Tuesday.")  # type: ignore[attr-defined]
    cloud.parts.transcribe.most_jobs = 100  # as an account has at first, so half of them wait for a place too
    cloud.pace.listening = 20.0
    command = [sys.executable, "-m", "tests.aws.many_recordings", str(COUNT), bucket, str(tmp_path)]
    environment = {**os.environ, **cloud.environment}
    done = subprocess.run(command, capture_output=True, text=True, timeout=280, cwd=ROOT, env=environment, check=False)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    print(f"\n{COUNT} recordings in flight: {found}")  # noqa: T201
    assert found["completed"] == COUNT
    assert found["threads"] < 40
    assert found["resident_more"] < 60
    assert found["lag_median_ms"] < 50
    assert len(cloud.journal.succeeded("StartTranscriptionJob")) == COUNT + 1
    assert cloud.parts.transcribe.jobs == {}
