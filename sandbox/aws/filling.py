"""Fills the JSON schema of a request with extractive results, by the names of its members."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from sandbox.aws.instances import least, resolved
from sandbox.aws.json_values import Json
from sandbox.aws.material import Material
from services.vocabulary.question import Answer
from services.vocabulary.recap import ActionItem, Chapter, Point, Summary, Topic

Schema = dict[str, Any]


@dataclass(frozen=True)
class Filling:
    """Results of one recording; `answer` is None where nothing was asked, `question` what was."""

    material: Material
    summary: Summary
    answer: Answer | None = None
    question: str = ""

    def fill(self, schema: Schema) -> Json:
        """A value that keeps the schema: members whose names are understood hold results, others the least there is."""
        return self._object(schema, schema)

    def _object(self, schema: Schema, root: Schema) -> Json:
        schema = _plain(schema, root)
        members = schema.get("properties", {})
        required = set(schema.get("required", ()))
        filled: dict[str, Any] = {}
        for name, member in members.items():
            maker = _MAKERS.get(name)
            if maker:
                filled[name] = self._shaped(maker(self), _plain(member, root), root)
            elif name in required:
                filled[name] = least(member, root)
        return filled

    def _shaped(self, result: Json, schema: Schema, root: Schema) -> Json:
        """A result in the form that the schema wants: a list, an object with what is known of it, or plain text."""
        if schema.get("type") == "array":
            items = _plain(schema.get("items", {}), root)
            several = result if isinstance(result, tuple | list) else [result]
            return [self._shaped(each, items, root) for each in several if each is not None]
        if isinstance(result, tuple | list):
            result = next(iter(result), None)
        if result is None:
            return None if schema.get("_nullable") else least(schema, root)
        if schema.get("type") == "object" or "properties" in schema:
            return self._told(result, schema, root)
        if isinstance(result, Point | ActionItem):
            return result.text
        return result.name if isinstance(result, Topic) else result.title if isinstance(result, Chapter) else result

    def _told(self, result: Json, schema: Schema, root: Schema) -> dict[str, Any]:
        known = self._facts(result)
        required = set(schema.get("required", ()))
        told: dict[str, Any] = {}
        for name, member in schema.get("properties", {}).items():
            if name in known and known[name] is not None:
                shaped = isinstance(known[name], tuple)
                told[name] = self._shaped(known[name], _plain(member, root), root) if shaped else known[name]
            elif name in required:
                told[name] = least(member, root)
        return told

    def _facts(self, result: Json) -> dict[str, Any]:
        """What can be said of a result, by the names that schemas use."""
        if isinstance(result, Chapter):
            inside = tuple(
                point for point in self.summary.points if result.first <= point.citations[0].first <= result.last
            )
            first = self.material.named(result.first, result.first)
            numbers = self.material.named(result.first, min(result.last, result.first + 5))
            facts: dict[str, Any] = {
                "title": result.title,
                "heading": result.title,
                "text": result.title,
                "name": result.title,
            }
            return {**facts, "first": next(iter(first), 0), "segments": numbers, "sentences": inside, "points": inside}
        if isinstance(result, Topic):
            numbers = [number for segment in result.segments for number in self.material.named(segment, segment)]
            return {"name": result.name, "text": result.name, "segments": numbers}
        if not isinstance(result, Point | ActionItem):
            return {"text": str(result), "title": str(result), "segments": []}
        cited = (self.material.named(citation.first, citation.last) for citation in result.citations)
        facts = {"text": result.text, "title": result.text, "segments": [number for each in cited for number in each]}
        if isinstance(result, ActionItem):
            owner = self.material.labels[result.owner] if result.owner is not None and self.material.labels else None
            facts |= {"owner": owner, "due": result.due}
        return facts

    def titles(self) -> tuple[Chapter, ...]:
        """The subject of the whole, as the longest chapter's."""
        return tuple(sorted(self.summary.chapters, key=lambda chapter: chapter.first - chapter.last))[:1]

    def sentences(self) -> tuple[Point, ...]:
        """Those of the answer, or of the summary where nothing was asked."""
        return self.answer.sentences if self.answer else self.summary.points


def _opening(filling: Filling) -> Iterable[Point]:
    return tuple(point for point in (filling.summary.gist, *filling.summary.points[:2]) if point)


_MAKERS: dict[str, Callable[[Filling], Json]] = {
    "gist": lambda filling: filling.summary.gist,
    "title": Filling.titles,
    "introduction": _opening,
    "opening": _opening,
    "points": lambda filling: filling.summary.points,
    "highlights": lambda filling: filling.summary.points,
    "topics": lambda filling: filling.summary.topics,
    "chapters": lambda filling: filling.summary.chapters,
    "sections": lambda filling: tuple(
        chapter
        for chapter in filling.summary.chapters
        if any(chapter.first <= point.citations[0].first <= chapter.last for point in filling.summary.points)
    ),
    "decisions": lambda filling: filling.summary.decisions,
    "action_items": lambda filling: filling.summary.action_items,
    "speakers": lambda _filling: (),
    "found": lambda filling: bool(filling.answer and filling.answer.found),
    "sentences": Filling.sentences,
    "question": lambda filling: filling.question,
    "words": lambda _filling: (),
}
"""What a member of the reply is made of, by its name. Nobody is given a name: quotes prove none."""


def _plain(schema: Schema, root: Schema) -> Schema:
    """The schema without references, and of several choices the one that is not null."""
    if "$ref" in schema:
        return _plain(resolved(schema["$ref"], root), root)
    for keyword in ("anyOf", "oneOf", "allOf"):
        if keyword in schema:
            choices = schema[keyword]
            chosen = next((choice for choice in choices if choice.get("type") != "null"), choices[0])
            return {**_plain(chosen, root), "_nullable": any(choice.get("type") == "null" for choice in choices)}
    return schema
