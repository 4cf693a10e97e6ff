"""The stand-ins for AWS, started once for the tests of this folder and emptied for each."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sandbox.aws import Cloud, running


@pytest.fixture(scope="package")
def _started() -> Iterator[Cloud]:
    with running() as started:
        yield started


@pytest.fixture
def cloud(_started: Cloud) -> Cloud:
    _started.reset()
    return _started
