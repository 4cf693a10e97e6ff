"""Publishers' chapters files."""

from __future__ import annotations

import json
from typing import Any

import pytest

from services.media.podcasts import chapters
from services.vocabulary.errors import UserError
from services.vocabulary.source import Marker


def _read(*entries: Any) -> tuple[Marker, ...]:
    return chapters(json.dumps({"version": "1.2.0", "chapters": entries}).encode())


def test_chapters_in_the_order_of_their_times() -> None:
    found = _read(
        {"startTime": 300.25, "title": "Second", "endTime": 400},
        {"startTime": 0, "title": "First", "img": "https://x.example/1.jpg"},
        {"startTime": 350, "title": "An advertisement", "toc": False},
    )
    assert found == (Marker(title="First", start=0), Marker(title="Second", start=300.25, end=400))


@pytest.mark.parametrize(
    "entry",
    [
        {"title": "no time"},
        {"startTime": 3},
        {"startTime": 3, "title": "  \u202e "},
        {"startTime": -1, "title": "before"},
        {"startTime": True, "title": "a bool"},
        {"startTime": 1e300, "title": "never"},
        {"startTime": float("nan"), "title": "not a number"},
        {"startTime": [3], "title": "a list"},
        {"startTime": 3, "title": {"en": "an object"}},
        "text",
        None,
    ],
)
def test_what_is_no_chapter_is_left_out(entry: Any) -> None:
    assert _read(entry, {"startTime": 5, "title": "Kept"}) == (Marker(title="Kept", start=5),)


def test_times_in_writing_and_ends_before_starts() -> None:
    assert _read({"startTime": "00:01:30", "title": "a", "endTime": 10}) == (Marker(title="a", start=90),)
    assert _read({"startTime": 0.1 + 0.2, "title": "a"})[0].start == pytest.approx(0.3)


def test_two_at_one_time_are_the_first_and_all_is_bounded() -> None:
    assert _read({"startTime": 1, "title": "a"}, {"startTime": 1.0, "title": "b"}) == (Marker(title="a", start=1),)
    many = _read(*({"startTime": second, "title": "x" * 1000} for second in range(1500)))
    assert len(many) == 500
    assert max(len(marker.title) for marker in many) == 150


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{}", b'{"chapters": 3}', b"<html>", b"[" * 200_000, b"\xff\xfe\x00", b"null"]
)
def test_what_is_no_chapters_file_is_said(body: bytes) -> None:
    with pytest.raises(UserError, match="chapters file cannot be read"):
        chapters(body)
