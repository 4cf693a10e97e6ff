"""The forms of what is written beside the summary: what is asked of the model, and how the proved parts are set."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Protocol

from pydantic import Field

from services.evidence.material import clock
from services.summarization.replies import Said
from services.vocabulary.base import Strict
from services.vocabulary.recap import Point


class Piece(Strict):
    """A statement with its place: a `part`, under a `heading` that must rest on `rests`; `listed` as an item."""

    said: Said
    part: int = 0
    heading: str = ""
    rests: tuple[int, ...] = ()
    listed: bool = False


class Form(Protocol):
    """A reply that can be taken apart into statements, so that each is checked."""

    @property
    def title(self) -> Said:
        """What it is called."""
        ...

    def pieces(self) -> Iterator[Piece]:
        """Everything else, in the order in which it is read."""
        ...


class ShowNotesReply(Strict):
    """Show notes, as a podcast publishes them."""

    title: Said
    introduction: tuple[Said, ...] = ()
    highlights: tuple[Said, ...] = Field(default=(), description="in order of time")

    def pieces(self) -> Iterator[Piece]:
        """See `Form`."""
        for said in self.introduction:
            yield Piece(said=said)
        for said in self.highlights:
            yield Piece(said=said, listed=True)


class SectionReply(Strict):
    """A part of an article."""

    heading: str
    sentences: tuple[Said, ...]


class BlogPostReply(Strict):
    """An article."""

    title: Said
    opening: tuple[Said, ...] = ()
    sections: tuple[SectionReply, ...] = ()

    def pieces(self) -> Iterator[Piece]:
        """See `Form`."""
        for said in self.opening:
            yield Piece(said=said)
        for number, section in enumerate(self.sections):
            segments = tuple(segment for said in section.sentences for segment in said.segments)
            for said in section.sentences:
                yield Piece(said=said, part=number + 1, heading=section.heading, rests=segments)


FORMS: dict[str, type[ShowNotesReply | BlogPostReply]] = {
    "show_notes": ShowNotesReply,
    "blog_post": BlogPostReply,
}
"""By the name that a prompt's header gives as `reply`."""


class Proved(Strict):
    """A piece whose statement passed, with the heading where that passed too."""

    point: Point
    part: int = 0
    heading: str | None = None
    listed: bool = False


def markdown(pieces: Sequence[Proved]) -> str:
    """The body: each part with its heading, if it has one, its sentences as a paragraph, and items with their times."""
    parts: list[str] = []
    for _, group in groupby(pieces, key=lambda piece: piece.part):
        inside = list(group)
        heading = inside[0].heading
        told = " ".join(escaped(piece.point.text) for piece in inside if not piece.listed)
        items = "\n".join(
            f"- {clock(piece.point.citations[0].start)} {escaped(piece.point.text)}" for piece in inside if piece.listed
        )
        parts += [f"## {escaped(heading)}" if heading else "", told, items]
    return "\n\n".join(filter(None, parts))


def escaped(text: str) -> str:
    """Text that means itself in Markdown."""
    return "".join(f"\\{character}" if character in "\\`*_{}[]<>#|~" else character for character in text)
