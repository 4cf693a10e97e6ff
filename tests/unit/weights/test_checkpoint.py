"""A checkpoint is read for its numbers only."""

from __future__ import annotations

import io
import pickle
import zipfile
from collections import OrderedDict
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from services.weights.checkpoint import BadCheckpointError, read_checkpoint


class _Global:
    """Pickled as a call of `module.name` with these arguments."""

    def __init__(self, module: str, name: str, *arguments: Any) -> None:
        self.module, self.name, self.arguments = module, name, arguments


def _pickled(thing: Any) -> bytes:
    """What torch would write, in the oldest protocol, where calls of globals can be written by hand."""
    if isinstance(thing, _Global):
        arguments = b"(" + b"".join(_pickled(argument) for argument in thing.arguments) + b"t"
        return b"c" + f"{thing.module}\n{thing.name}\n".encode() + arguments + b"R"
    if isinstance(thing, _Storage):
        kind = b"ctorch\n" + thing.kind.encode() + b"\n"
        rest = b"".join(_pickled(item) for item in (thing.key, "cpu", thing.count))
        return b"(" + _pickled("storage") + kind + rest + b"tQ"
    if isinstance(thing, dict):
        return b"(" + b"".join(_pickled(key) + _pickled(value) for key, value in thing.items()) + b"d"
    if isinstance(thing, tuple):
        return b"(" + b"".join(_pickled(item) for item in thing) + b"t"
    return f"I{thing}\n".encode() if isinstance(thing, int) else f"V{thing}\n".encode()


class _Storage:
    def __init__(self, key: str, kind: str, count: int) -> None:
        self.key, self.kind, self.count = key, kind, count


def _tensor(storage: _Storage, offset: int, shape: tuple[int, ...], strides: tuple[int, ...]) -> _Global:
    return _Global("torch._utils", "_rebuild_tensor_v2", storage, offset, shape, strides, 0)


def _checkpoint(path: Path, described: bytes, storages: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("model/data.pkl", described + b".")
        for key, raw in storages.items():
            archive.writestr(f"model/data/{key}", raw)
    return path


def test_tensors_come_with_their_shape_offset_and_strides(tmp_path: Path) -> None:
    numbers = np.arange(12, dtype="<f4")
    storage = _Storage("0", "FloatStorage", 12)
    described = _pickled({"plain": _tensor(storage, 0, (3, 4), (4, 1)), "turned": _tensor(storage, 2, (2, 3), (1, 4))})
    found = read_checkpoint(_checkpoint(tmp_path / "model.pt", described, {"0": numbers.tobytes()}))
    assert np.array_equal(found["plain"], numbers.reshape(3, 4))
    assert np.array_equal(found["turned"], [[2, 6, 10], [3, 7, 11]])


def test_a_checkpoint_cannot_run_anything(tmp_path: Path) -> None:
    marker = tmp_path / "marker"
    evil = io.BytesIO()
    pickle.dump(OrderedDict(x=_Evil(str(marker))), evil)
    path = tmp_path / "model.pt"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("model/data.pkl", evil.getvalue())
    with pytest.raises(BadCheckpointError):
        read_checkpoint(path)
    assert not marker.exists()


class _Evil:
    def __init__(self, path: str) -> None:
        self.path = path

    def __reduce__(self) -> Any:
        return exec, (f"open({self.path!r}, 'w')",)


@pytest.mark.parametrize(
    ("offset", "shape", "strides", "count"),
    [(0, (4, 4), (4, 1), 12), (9, (2, 2), (2, 1), 12), (-1, (2,), (1,), 12), (0, (2,), (1,), 13)],
    ids=["too large", "too far", "before the beginning", "wrong size"],
)
def test_a_tensor_cannot_reach_beyond_its_numbers(
    offset: int, shape: tuple[int, ...], strides: tuple[int, ...], count: int, tmp_path: Path
) -> None:
    described = _pickled({"x": _tensor(_Storage("0", "FloatStorage", count), offset, shape, strides)})
    path = _checkpoint(tmp_path / "model.pt", described, {"0": np.zeros(12, "<f4").tobytes()})
    with pytest.raises(BadCheckpointError):
        read_checkpoint(path)


def test_other_files_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "model.pt"
    path.write_bytes(b"not a zip file")
    with pytest.raises(BadCheckpointError):
        read_checkpoint(path)
    with pytest.raises(BadCheckpointError):
        read_checkpoint(_checkpoint(path, pickle.dumps("text", 0)[:-1], {}))
