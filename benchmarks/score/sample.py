"""A few of each set of an evaluation folder, so that a slow or paid engine can be tried before all of it is."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_MATERIAL = ("meetings.jsonl", "tinyrec.jsonl")
"""What the sets ask about: never thinned out."""


@contextmanager
def sampled(folder: Path, most: int | None) -> Iterator[Path]:
    """A folder with at most so many lines of each set, spread evenly over it; the folder itself where `most` is None.

    All else in it is linked, not copied. It is gone afterwards.
    """
    if most is None:
        yield folder
        return
    with tempfile.TemporaryDirectory() as temporary:
        for source in folder.rglob("*"):
            target = Path(temporary) / source.relative_to(folder)
            target.parent.mkdir(parents=True, exist_ok=True)
            if source.suffix == ".jsonl" and source.name not in _MATERIAL:
                target.write_text("".join(_spread(source, most)), encoding="utf-8")
            elif source.is_file():
                target.symlink_to(source)
        yield Path(temporary)


def _spread(source: Path, most: int) -> list[str]:
    lines = [line + "\n" for line in source.read_text(encoding="utf-8").splitlines() if line.strip()]
    return lines if len(lines) <= most else [lines[index * len(lines) // most] for index in range(most)]
