"""`python -m benchmarks.score --data FOLDER [--out FILE] [--only task,...]`: every task whose data the folder has."""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks.score.baselines import BASELINES
from services.vocabulary.errors import OperatorError

_NEEDS = {
    "retrieval": "qa_retrieval.jsonl",
    "answers": "qa_retrieval.jsonl",
    "summaries": "summaries.jsonl",
    "chapters": "chapters.jsonl",
    "asr": "asr/refs.jsonl",
    "diar": "diar/convs.jsonl",
    "refusals": "qa_retrieval.jsonl",
}
Groups = dict[str, dict[str, Any]]


def _scorer(folder: Path) -> ModuleType:
    """The scorer that stands in the folder: its figures are its own, whatever they are called."""
    spec = importlib.util.spec_from_file_location("folder_scorer", folder / "score.py")
    if spec is None or spec.loader is None or not (folder / "score.py").is_file():
        raise SystemExit(f"{folder} holds no score.py: name a folder of the layout that docs/operations.md describes")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def by_group(figures: dict[str, Any]) -> Groups:
    """Figures that stand alone are those of all; the rest are their groups' already."""
    alone = {key: value for key, value in figures.items() if not isinstance(value, dict)}
    groups: Groups = {"ALL": alone} if alone else {}
    return groups | {key: value for key, value in figures.items() if isinstance(value, dict)}


def _tasks(only: str, backend: str) -> list[str]:
    """A model writes answers and summaries; it neither hears nor retrieves."""
    return [task for task in only.split(",") if backend == "local" or task in ("answers", "summaries")]


def _figures(task: str, backend: str, folder: Path, scorer: ModuleType) -> dict[str, Any]:
    if backend == "local":
        local: dict[str, Any] = importlib.import_module(f"benchmarks.score.{task}").run(folder, scorer)
        return local
    from benchmarks.score import modelled  # noqa: PLC0415 - the packages of AWS are seconds to load

    return modelled.run(task, folder, scorer)


def _show(task: str, groups: Groups) -> None:
    print(f"\n{task}")
    for group, figures in groups.items():
        told = "  ".join(f"{key} {value}" for key, value in figures.items() if isinstance(value, int | float))
        print(f"  {group:<22} {told}")
    for name, figure in BASELINES.get(task, {}).items():
        print(f"  beside it: {name}: {figure}")


def main() -> int:
    """Run, print, write."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.score", description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--only", default=",".join(BASELINES), help="tasks; also: refusals")
    parser.add_argument("--backend", choices=("local", "aws"), default="local", help="aws: what a model writes")
    arguments = parser.parse_args()
    folder, found = arguments.data.resolve(), dict[str, Groups]()
    scorer = _scorer(folder)
    for task in _tasks(arguments.only, arguments.backend):
        if not (folder / _NEEDS[task]).exists():
            print(f"\n{task}: skipped, the folder has no {_NEEDS[task]}")
            continue
        try:
            figures = _figures(task, arguments.backend, folder, scorer)
        except OperatorError as error:
            print(f"\n{task}: skipped, {error}")
            continue
        found[task] = by_group(figures)
        _show(task, found[task])
        sys.stdout.flush()
    if arguments.out:
        arguments.out.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
