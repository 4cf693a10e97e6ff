"""A writer of ONNX models: just enough of the format to describe a network, without the onnx package.

ONNX is a protobuf message (`onnx.proto` of the ONNX project); the numbers below are its field numbers.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

Attribute = int | float | Sequence[int]
Operand = str | npt.NDArray[Any]

_IR_VERSION = 8
_OPSET = 13
_FLOAT, _INT64 = 1, 7
_ATTRIBUTE_FLOAT, _ATTRIBUTE_INT, _ATTRIBUTE_INTS = 1, 2, 7


def _varint(value: int) -> bytes:
    value &= (1 << 64) - 1
    encoded = bytearray()
    while value > 0x7F:  # noqa: PLR2004 - seven bits a byte
        encoded.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*encoded, value])


def _integer(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _message(field: int, payload: bytes | str) -> bytes:
    data = payload.encode() if isinstance(payload, str) else payload
    return _varint(field << 3 | 2) + _varint(len(data)) + data


def _attribute(name: str, value: Attribute) -> bytes:
    head = _message(1, name)
    if isinstance(value, float):
        return head + _varint(2 << 3 | 5) + struct.pack("<f", value) + _integer(20, _ATTRIBUTE_FLOAT)
    if isinstance(value, int):
        return head + _integer(3, value) + _integer(20, _ATTRIBUTE_INT)
    return head + b"".join(_integer(8, item) for item in value) + _integer(20, _ATTRIBUTE_INTS)


def _value(name: str, shape: Sequence[int | str]) -> bytes:
    """A float tensor of the model's surface; a string in the shape is a dimension of any size."""
    sizes = [_message(2, size) if isinstance(size, str) else _integer(1, size) for size in shape]
    dimensions = b"".join(_message(1, size) for size in sizes)
    return _message(1, name) + _message(2, _message(1, _integer(1, _FLOAT) + _message(2, dimensions)))


class Graph:
    """A network under construction: `add` appends an operation and returns the name of its result.

    Operands are names of earlier results, or arrays, which become constants (float32, or int64 where they are int64).
    """

    def __init__(self) -> None:
        self._nodes: list[bytes] = []
        self._constants: list[bytes] = []

    def add(self, operation: str, *operands: Operand, name: str | None = None, **attributes: Attribute) -> str:
        """Append one operation of ONNX; `name` names its result."""
        inputs = [operand if isinstance(operand, str) else self._constant(operand) for operand in operands]
        result = name or f"t{len(self._nodes)}"
        self._nodes.append(
            b"".join(_message(1, given) for given in inputs)
            + _message(2, result)
            + _message(4, operation)
            + b"".join(_message(5, _attribute(key, value)) for key, value in attributes.items())
        )
        return result

    def _constant(self, array: npt.NDArray[Any]) -> str:
        kind, data = (_INT64, array) if array.dtype == np.int64 else (_FLOAT, array.astype("<f4"))
        name = f"c{len(self._constants)}"
        self._constants.append(
            b"".join(_integer(1, size) for size in data.shape)
            + _integer(2, kind)
            + _message(8, name)
            + _message(9, np.ascontiguousarray(data).tobytes())
        )
        return name

    def model(self, given: tuple[str, Sequence[int | str]], result: tuple[str, Sequence[int | str]]) -> bytes:
        """The bytes of a model with one input and one output, each a name and a shape."""
        graph = (
            b"".join(_message(1, node) for node in self._nodes)
            + _message(2, "graph")
            + b"".join(_message(5, constant) for constant in self._constants)
            + _message(11, _value(*given))
            + _message(12, _value(*result))
        )
        return _integer(1, _IR_VERSION) + _message(7, graph) + _message(8, _message(1, "") + _integer(2, _OPSET))
