"""Files that are made from downloaded weights, once."""

from __future__ import annotations

from pathlib import Path

from services.weights.campplus import campplus
from services.weights.checkpoint import read_checkpoint


def _campplus(directory: Path) -> None:
    (directory / "campplus.onnx").write_bytes(campplus(read_checkpoint(directory / "campplus.pt")))


BUILDERS = {"campplus.onnx": _campplus}
"""By the name of the file: what makes it in a directory that holds the model's unpacked files."""
