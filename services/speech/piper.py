"""The piper program: text in, sound out. It is under the GPL and runs as a program of its own, never imported here."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
import tempfile
import wave
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from services.speech.loudness import Samples
from services.vocabulary.errors import OperatorError, RetryableError

_SENTENCE_PAUSE = 0.25
_PATIENCE = 900.0


def speak(lines: Sequence[str], voice: Path, *, scratch: Path, pace: float = 1.0) -> tuple[list[Samples], int]:
    """Each line spoken, in -1..1, and the samples per second. `voice` is an onnx file with its json beside it.

    `pace` above 1 stretches the speech. Each line holds at least one word. Files in between stand in a folder of their
    own in `scratch`. It blocks. Raises OperatorError when piper
    or the voice is missing, RetryableError when it ended before its time.
    """
    if importlib.util.find_spec("piper") is None:
        raise OperatorError("piper-tts is not installed: install the requirements of the extra 'local'")
    if not voice.is_file():
        raise OperatorError(f"The voice {voice} is missing: fetch it with `python -m bot models`")
    with tempfile.TemporaryDirectory(dir=scratch) as folder:
        command = [sys.executable, "-m", "piper", "--model", str(voice.resolve()), "--output-dir", folder]
        command += ["--length-scale", str(pace), "--sentence-silence", str(_SENTENCE_PAUSE)]
        text = "".join(f"{' '.join(line.split())}\n" for line in lines)
        try:
            subprocess.run(  # noqa: S603 - our own interpreter; the text goes over standard input
                command, input=text.encode(), cwd=folder, capture_output=True, check=True, timeout=_PATIENCE
            )
        except subprocess.CalledProcessError as error:
            raise RetryableError(f"piper ended with status {error.returncode}: {_last_line(error.stderr)}") from error
        except subprocess.TimeoutExpired as error:
            raise RetryableError("piper took too long") from error
        # Piper names its files by the nanosecond.
        spoken = [_read(path) for path in sorted(Path(folder).glob("*.wav"), key=lambda path: int(path.stem))]
    if len(spoken) != len(lines):
        raise RetryableError(f"piper spoke {len(spoken)} of {len(lines)} lines")
    return [samples for samples, _ in spoken], spoken[0][1] if spoken else 0


def _read(path: Path) -> tuple[Samples, int]:
    with wave.open(str(path)) as file:
        samples = np.frombuffer(file.readframes(file.getnframes()), "<i2")
        return np.asarray(samples / 32768, np.float32), file.getframerate()


def _last_line(stderr: bytes) -> str:
    lines = stderr.decode(errors="replace").strip().splitlines()
    return lines[-1] if lines else "it said nothing"
