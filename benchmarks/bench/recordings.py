"""What the benches listen to: conversations of the local voice in several pitches, made on the spot."""

from __future__ import annotations

from pathlib import Path

from benchmarks.compositions import compose_minutes


def ten_minutes(folder: Path) -> Path:
    """A conversation of ten minutes as a sound file."""
    folder.mkdir(parents=True, exist_ok=True)
    return compose_minutes(folder / "ten-minutes.flac", minutes=10)


def short_talks(folder: Path, count: int) -> list[Path]:
    """Different conversations of about half a minute."""
    folder.mkdir(parents=True, exist_ok=True)
    return [compose_minutes(folder / f"talk-{n}.flac", minutes=0.5, seed=n) for n in range(count)]
