"""The forms of what is written beside the summary: what is asked of the model, and how the proved parts are set."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from pydantic import Field

from services.evidence.material import clock
from services.summarization.replies import Said
from services.vocabulary.base import Value
from services.vocabulary.recap import Point


class Piece(Value):
    """A statement with its place: in the section of `heading`, which must rest on `section`; `listed` as an item."""

    said: Said
    heading: str = ""
    section: tuple[int, ...] = ()
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


class ShowNotesReply(Value):
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


class SectionReply(Value):
    """A part of an article."""

    heading: str
    sentences: tuple[Said, ...]


class BlogPostReply(Value):
    """An article."""

    title: Said
    opening: tuple[Said, ...] = ()
    sections: tuple[SectionReply, ...] = ()

    def pieces(self) -> Iterator[Piece]:
        """See `Form`."""
        for said in self.opening:
            yield Piece(said=said)
        for section in self.sections:
            segments = tuple(segment for said in section.sentences for segment in said.segments)
            for said in section.sentences:
                yield Piece(said=said, heading=section.heading, section=segments)


FORMS: dict[str, type[ShowNotesReply] | type[BlogPostReply]] = {
    "show_notes": ShowNotesReply,
    "blog_post": BlogPostReply,
}
"""By the name that a prompt's header gives as `reply`."""


class Proved(Value):
    """A piece whose statement passed, with the heading where that passed too."""

    point: Point
    heading: str | None = None
    listed: bool = False


def markdown(pieces: list[Proved]) -> str:
    """The body: paragraphs, lists with times, and headings, each once and only over something."""
    parts: list[str] = []
    heading: str | None = None
    joins = False
    for piece in pieces:
        text = escaped(piece.point.text)
        if piece.heading and piece.heading != heading:
            heading, joins = piece.heading, False
            parts.append(f"## {escaped(piece.heading)}")
        if piece.listed:
            item = f"- {clock(piece.point.citations[0].start)} {text}"
            parts[-1:] = [f"{parts[-1]}\n{item}"] if parts and parts[-1].startswith("- ") else [*parts[-1:], item]
            joins = False
        elif joins:
            parts[-1] += f" {text}"
        else:
            parts.append(text)
            joins = True
    return "\n\n".join(parts)


def escaped(text: str) -> str:
    """Text that means itself in Markdown."""
    return "".join(f"\\{character}" if character in "\\`*_{}[]<>#|~" else character for character in text)
