"""The transcript as Markdown for a canvas: whatever was said is there, is never read as Markdown, and fits."""

from __future__ import annotations

import re

from hypothesis import given

from services.publishing.canvas_markdown import canvas_parts, canvas_title
from services.publishing.times import no_link
from services.vocabulary.recap import Recap
from services.vocabulary.transcript import Segment
from tests.fakes.recaps import sample_recap
from tests.unit.publishing.recaps import recaps
from tests.unit.publishing.test_limits import LINKS, many


@many
@given(recaps(), LINKS)
def test_every_canvas_fits_and_holds_no_markup_of_strangers(recap: Recap, link) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001 - drawn
    parts = canvas_parts(recap, link)
    assert bool(parts) == bool(recap.transcript.segments)
    assert len(canvas_title(recap)) <= 150
    for part in parts:
        assert 0 < len(part) <= 100_000
        bare = re.sub(r"\]\(https?://[^()\s]*\)", "]", part)
        assert not re.search(r"(?<!\\)[<>`|]", bare)


def test_times_open_the_player_and_chapters_are_headings() -> None:
    recap = sample_recap()
    whole = "\n\n".join(canvas_parts(recap, lambda seconds: f"https://e.example/r/x#t={int(seconds)}"))
    assert "](https://e.example/r/x#t=" in whole
    for chapter in recap.summary.chapters:
        assert f"## {chapter.title}" in whole
    for speaker in recap.transcript.speakers:
        assert f"**{speaker.label}**" in whole


def test_hours_come_in_parts_of_whole_paragraphs() -> None:
    recap = sample_recap()
    segments = tuple(
        Segment(id=n, speaker=n % 2, start=n * 10.0, end=n * 10.0 + 9, text="Word " * 40 + f"number {n}.")
        for n in range(3_000)
    )
    summary = recap.summary.model_copy(update={"chapters": ()})
    transcript = recap.transcript.model_copy(update={"segments": segments, "duration": 30_000.0})
    long = recap.model_copy(update={"transcript": transcript, "summary": summary})
    parts = canvas_parts(long, no_link)
    assert len(parts) > 5
    assert all(f"number {n}." in "\n\n".join(parts) for n in (0, 1_500, 2_999))
    assert all(part.endswith(".") for part in parts)


def test_what_is_too_long_for_a_canvas_is_none() -> None:
    recap = sample_recap()
    huge = tuple(Segment(id=n, speaker=0, start=n, end=n + 1, text="x" * 1_000) for n in range(1_200))
    transcript = recap.transcript.model_copy(update={"segments": huge, "duration": 1_200.0})
    summary = recap.summary.model_copy(update={"chapters": ()})
    assert canvas_parts(recap.model_copy(update={"transcript": transcript, "summary": summary}), no_link) == []
