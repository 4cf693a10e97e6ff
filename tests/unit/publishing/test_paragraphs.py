from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from services.publishing.paragraphs import paragraphs
from services.vocabulary.transcript import Segment


def talk(count: int, text: str = "Ten words of a talk that goes on and on.", *, pause: float = 0.1) -> list[Segment]:
    """Segments of five seconds by nobody in particular."""
    return [
        Segment(id=number, speaker=0, start=number * (5 + pause), end=number * (5 + pause) + 5, text=text)
        for number in range(count)
    ]


def ids(found: list[list[Segment]]) -> list[int]:
    """The first segment of each paragraph."""
    return [paragraph[0].id for paragraph in found]


@given(
    st.lists(st.tuples(st.integers(0, 2), st.floats(0, 9), st.text(max_size=4)), max_size=30), st.sets(st.integers())
)
def test_nothing_is_lost_or_moved(drawn: list[tuple[int, float, str]], starts: set[int]) -> None:
    now, segments = 0.0, []
    for number, (speaker, gap, text) in enumerate(drawn):
        segments.append(Segment(id=number, speaker=speaker, start=now + gap, end=now + gap + 3, text=text))
        now += gap + 3
    found = list(paragraphs(segments, starts))
    assert [segment for paragraph in found for segment in paragraph] == segments
    assert all(len({segment.speaker for segment in paragraph}) == 1 for paragraph in found)


def test_a_long_talk_ends_its_paragraphs_after_a_sentence() -> None:
    assert ids(list(paragraphs(talk(20)))) == [0, 8, 16]


def test_without_any_full_stop_a_paragraph_ends_all_the_same() -> None:
    assert ids(list(paragraphs(talk(40, "no marks at all")))) == [0, 16, 32]


def test_a_pause_and_a_chapter_begin_one() -> None:
    assert ids(list(paragraphs(talk(3, pause=4.5)))) == [0, 1, 2]
    assert ids(list(paragraphs(talk(6), {2, 5}))) == [0, 2, 5]
