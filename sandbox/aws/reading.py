"""JSON against a shape of the model: typed values out, or all that is wrong with it."""

from __future__ import annotations

import base64
import binascii
import re
import warnings
from datetime import UTC, datetime
from functools import cache

from botocore.model import ListShape, MapShape, Shape, StringShape, StructureShape

from sandbox.aws.json_values import Json

_NUMBERS = {"integer", "long", "float", "double"}


class Reader:
    """Reads values of one request or answer. `problems` fills with sentences in the services' own words.

    `loose` lets unknown members pass, as the answers of the real services have some that no model knows.
    """

    def __init__(self, *, loose: bool = False) -> None:
        self.problems: list[str] = []
        self._loose = loose

    def read(self, shape: Shape, value: Json, path: str = "") -> Json:
        """The typed value: bytes for blobs, dates for timestamps, all else as it is."""
        if getattr(shape, "is_document_type", False):
            return value
        if isinstance(shape, StructureShape):
            return self._structure(shape, value, path)
        if isinstance(shape, ListShape):
            return self._list(shape, value, path)
        if isinstance(shape, MapShape):
            return self._map(shape, value, path)
        return self._scalar(shape, value, path)

    def _refuse(self, value: Json, path: str, constraint: str) -> None:
        shown = value if isinstance(value, str) else repr(value)
        self.problems.append(f"Value '{shown[:200]}' at '{path}' failed to satisfy constraint: {constraint}")

    def _structure(self, shape: StructureShape, value: Json, path: str) -> Json:
        if not isinstance(value, dict):
            return self._mistyped(shape, value, path)
        given = {name: item for name, item in value.items() if item is not None}
        members = {_wire_name(member, name): (name, member) for name, member in shape.members.items()}
        unknown = given.keys() - members.keys()
        if unknown and not self._loose:
            self.problems.append(f"extraneous key {sorted(unknown)} is not permitted at '{path}'")
        for name in shape.required_members:
            if _wire_name(shape.members[name], name) not in given:
                self._refuse("null", _join(path, name), "Member must not be null")
        known = given.keys() & members.keys()
        if shape.is_tagged_union and len(known) != 1 and not (self._loose and unknown):
            self._refuse(sorted(known), path, f"exactly one of [{', '.join(members)}] must be set")
        return {
            members[wire][0]: self.read(members[wire][1], item, _join(path, members[wire][0]))
            for wire, item in given.items()
            if wire in members
        }

    def _list(self, shape: ListShape, value: Json, path: str) -> Json:
        if not isinstance(value, list):
            return self._mistyped(shape, value, path)
        self._length(shape, value, path)
        return [self.read(shape.member, item, f"{path}.{index + 1}.member") for index, item in enumerate(value)]

    def _map(self, shape: MapShape, value: Json, path: str) -> Json:
        if not isinstance(value, dict):
            return self._mistyped(shape, value, path)
        self._length(shape, value, path)
        return {
            self.read(shape.key, name, f"{path}.key"): self.read(shape.value, item, f"{path}.{name}.member")
            for name, item in value.items()
        }

    def _scalar(self, shape: Shape, value: Json, path: str) -> Json:
        kind = shape.type_name
        if kind == "boolean" and isinstance(value, bool):
            return value
        if kind in _NUMBERS and _is_number(value, whole=kind in {"integer", "long"}):
            self._range(shape, value, path)
            return value
        if kind == "timestamp" and isinstance(value, int | float | str):
            return self._moment(shape, value, path)
        if kind == "blob" and isinstance(value, str):
            return self._blob(shape, value, path)
        if kind == "string" and isinstance(value, str):
            self._string(shape, value, path)
            return value
        return self._mistyped(shape, value, path)

    def _mistyped(self, shape: Shape, value: Json, path: str) -> Json:
        self.problems.append(f"{type(value).__name__} can not be converted to a {shape.type_name} at '{path}'")
        return value

    def _length(self, shape: Shape, value: Json, path: str) -> None:
        low, high = shape.metadata.get("min"), shape.metadata.get("max")
        if low is not None and len(value) < low:
            self._refuse(value, path, f"Member must have length greater than or equal to {low}")
        if high is not None and len(value) > high:
            self._refuse(value, path, f"Member must have length less than or equal to {high}")

    def _range(self, shape: Shape, value: float, path: str) -> None:
        low, high = shape.metadata.get("min"), shape.metadata.get("max")
        if low is not None and value < low:
            self._refuse(value, path, f"Member must have value greater than or equal to {low}")
        if high is not None and value > high:
            self._refuse(value, path, f"Member must have value less than or equal to {high}")

    def _string(self, shape: Shape, value: str, path: str) -> None:
        self._length(shape, value, path)
        if isinstance(shape, StringShape) and shape.enum and value not in shape.enum:
            self._refuse(value, path, f"Member must satisfy enum value set: [{', '.join(shape.enum)}]")
        pattern = shape.metadata.get("pattern")
        if pattern and not _compiled(pattern).fullmatch(value):
            self._refuse(value, path, f"Member must satisfy regular expression pattern: {pattern}")

    def _blob(self, shape: Shape, value: str, path: str) -> Json:
        try:
            decoded = base64.b64decode(value, validate=True)
        except (binascii.Error, ValueError):
            return self._mistyped(shape, value, path)
        self._length(shape, decoded, path)
        return decoded

    def _moment(self, shape: Shape, value: float | str, path: str) -> Json:
        try:
            if isinstance(value, str):
                return datetime.fromisoformat(value)
            return datetime.fromtimestamp(value, UTC)
        except (ValueError, OverflowError):
            return self._mistyped(shape, value, path)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    with warnings.catch_warnings():
        # The models' patterns are Java's, where `[a-z--]` is fine; they mean the same in Python.
        warnings.simplefilter("ignore", FutureWarning)
        return re.compile(pattern.replace(r"\p{L}", "^\\W\\d_").replace(r"\p{N}", r"\d"))


def _is_number(value: Json, *, whole: bool) -> bool:
    return isinstance(value, int if whole else int | float) and not isinstance(value, bool)


def _wire_name(member: Shape, name: str) -> str:
    return str(member.serialization.get("name", name))


def _join(path: str, name: str) -> str:
    """A member's path as the services write it, in lower camel case."""
    return f"{path}.{name[0].lower()}{name[1:]}".lstrip(".")
