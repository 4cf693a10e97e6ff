"""Nothing untraced is posted, and what is true survives."""

from __future__ import annotations

from collections import Counter

import pytest

from services.evidence.statements import Statements
from tests.unit.truth.cases import LIES, TRUTHS, Case


def _passes(case: Case) -> bool:
    return Statements(case.transcript, case.language).point(case.text, case.segments) is not None


@pytest.mark.parametrize("case", LIES, ids=lambda case: f"{case.kind}: {case.text[:50]}")
def test_a_lie_is_dropped(case: Case) -> None:
    assert not _passes(case)


@pytest.mark.parametrize("case", TRUTHS, ids=lambda case: case.text[:50])
def test_a_truth_survives(case: Case) -> None:
    statements = Statements(case.transcript, case.language)
    assert statements.point(case.text, case.segments), statements.reasons


def test_the_set_is_as_large_as_was_promised() -> None:
    kinds = Counter(case.kind for case in LIES)
    assert len(LIES) >= 60
    assert len(TRUTHS) >= 30
    assert min(kinds.values()) >= 5
