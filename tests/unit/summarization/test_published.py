"""A publisher's chapters over the segments of a transcript."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.summarization.published import published_chapters
from services.vocabulary.source import Marker
from services.vocabulary.transcript import Segment, Transcript


def _talk(*starts: float, duration: float = 100.0) -> Transcript:
    segments = tuple(
        Segment(id=n, speaker=0, start=start, end=start + 1, text=f"Sentence {n}.") for n, start in enumerate(starts)
    )
    return Transcript(language="en", duration=duration, segments=segments)


def _markers(*starts: float) -> list[Marker]:
    return [Marker(title=f"Part {n}", start=start) for n, start in enumerate(starts)]


def test_segments_belong_to_the_chapter_that_they_begin_in() -> None:
    chapters = published_chapters(_markers(0, 10, 20), _talk(0, 4, 10, 14, 25))
    assert [(c.title, c.start, c.end, c.first, c.last) for c in chapters] == [
        ("Part 0", 0.0, 10.0, 0, 1),
        ("Part 1", 10.0, 20.0, 2, 3),
        ("Part 2", 20.0, 100.0, 4, 4),
    ]


def test_what_is_said_before_the_first_marker_belongs_to_it() -> None:
    first, second = published_chapters(_markers(5, 10), _talk(0, 6, 12))
    assert (first.start, first.first, first.last, second.first) == (0.0, 0, 1, 2)


def test_a_chapter_in_which_nothing_is_said_is_left_out() -> None:
    chapters = published_chapters(_markers(0, 10, 20), _talk(0, 25))
    assert [(c.title, c.end) for c in chapters] == [("Part 0", 20.0), ("Part 2", 100.0)]


@pytest.mark.parametrize(("markers", "talk"), [((), (0, 5)), ((0,), (0, 5)), ((0, 50), (0, 5)), ((0, 10), ())], ids=str)
def test_fewer_than_two_are_none(markers: tuple[float, ...], talk: tuple[float, ...]) -> None:
    assert published_chapters(_markers(*markers), _talk(*talk)) == ()


@given(st.lists(st.floats(0, 100), max_size=12), st.lists(st.floats(0, 99), min_size=1, max_size=30))
def test_they_cover_the_whole_in_order(markers: list[float], starts: list[float]) -> None:
    talk = _talk(*sorted(starts))
    chapters = published_chapters(_markers(*markers), talk)
    if chapters:
        assert chapters[0].start == 0.0
        assert (chapters[0].first, chapters[-1].last) == (0, len(starts) - 1)
        for before, after in pairwise(chapters):
            assert before.last + 1 == after.first
            assert before.end == after.start
