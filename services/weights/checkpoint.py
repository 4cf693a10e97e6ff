"""A torch checkpoint read into numpy, without torch and without running what is in it.

A checkpoint is a zip file: `data.pkl` describes the tensors, `data/KEY` holds the raw numbers of each storage.
"""

from __future__ import annotations

import collections
import io
import pickle
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]

_STORAGES = {"FloatStorage": "<f4", "HalfStorage": "<f2", "DoubleStorage": "<f8", "LongStorage": "<i8"}


class BadCheckpointError(Exception):
    """The file is not a checkpoint of plain tensors."""


def read_checkpoint(path: Path) -> dict[str, Array]:
    """The tensors of a state dict by name. Raises BadCheckpointError for anything but plain tensors in a zip file."""
    try:
        with zipfile.ZipFile(path) as archive:
            description = next(name for name in archive.namelist() if name.endswith("/data.pkl"))
            tensors = _Reader(archive, description.removesuffix("/data.pkl")).load()
    except (zipfile.BadZipFile, StopIteration, pickle.UnpicklingError, KeyError, ValueError) as error:
        raise BadCheckpointError(f"{path.name} cannot be read: {error}") from error
    if not isinstance(tensors, dict) or not all(isinstance(value, np.ndarray) for value in tensors.values()):
        raise BadCheckpointError(f"{path.name} holds more than tensors")
    return dict(tensors)


class _StorageType:
    def __init__(self, name: str) -> None:
        self.dtype = np.dtype(_STORAGES[name])


def _tensor(storage: Array, offset: int, shape: Sequence[int], strides: Sequence[int], *_: object) -> Array:
    """What `torch._utils._rebuild_tensor_v2` makes; strides are counted in elements."""
    if offset < 0 or offset + sum((n - 1) * s for n, s in zip(shape, strides, strict=True)) >= max(1, storage.size):
        raise pickle.UnpicklingError("a tensor reaches beyond its storage")
    steps = [stride * storage.itemsize for stride in strides]
    return np.lib.stride_tricks.as_strided(storage[offset:], shape, steps).copy()


class _Reader(pickle.Unpickler):
    def __init__(self, archive: zipfile.ZipFile, root: str) -> None:
        super().__init__(io.BytesIO(archive.read(f"{root}/data.pkl")))
        self._archive = archive
        self._root = root

    def find_class(self, module: str, name: str) -> Any:  # noqa: ANN401 - the signature of pickle
        if (module, name) == ("collections", "OrderedDict"):
            return collections.OrderedDict
        if (module, name) == ("torch._utils", "_rebuild_tensor_v2"):
            return _tensor
        if module == "torch" and name in _STORAGES:
            return _StorageType(name)
        raise pickle.UnpicklingError(f"{module}.{name} is not a part of a plain state dict")

    def persistent_load(self, identity: tuple[str, _StorageType, str, str, int]) -> Array:
        kind, storage, key, _device, count = identity
        raw = self._archive.read(f"{self._root}/data/{key}")
        if kind != "storage" or len(raw) != count * storage.dtype.itemsize:
            raise pickle.UnpicklingError(f"storage {key} has the wrong size")
        return np.frombuffer(raw, storage.dtype)
