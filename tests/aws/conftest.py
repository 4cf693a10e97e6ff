"""The stand-ins for AWS, started once for all tests of a run; each test finds them as new."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sandbox.aws import Cloud, running


@pytest.fixture(scope="session")
def _stand_ins() -> Iterator[Cloud]:
    with running() as cloud:
        yield cloud


@pytest.fixture
def cloud(_stand_ins: Cloud) -> Cloud:
    """Running stand-ins without scripts, faults, jobs or journal entries."""
    _stand_ins.reset()
    return _stand_ins


@pytest.fixture
def bucket(cloud: Cloud) -> str:
    """An empty bucket."""
    return cloud.new_bucket()
