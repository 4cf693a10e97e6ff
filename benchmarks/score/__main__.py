"""`python -m benchmarks.score --data FOLDER [--backend aws] [--most N] [--only TASK,...] [--out FILE]`.

Every task whose data the folder has. With `--backend aws` what a language model writes: with the account that the
environment has credentials for, else with stand-ins on this machine, and then it says 'stand-in, not a model'.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks.score.baselines import BASELINES
from benchmarks.score.sample import sampled
from bot import logs
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
_WRITTEN = ("answers", "summaries")
"""What a model does: it neither hears nor retrieves."""

Groups = dict[str, dict[str, Any]]
Run = Callable[[str, Path, ModuleType], dict[str, Any]]
"""A task, the folder and its scorer in; figures out."""


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


def _locally(task: str, folder: Path, scorer: ModuleType) -> dict[str, Any]:
    figures: dict[str, Any] = importlib.import_module(f"benchmarks.score.{task}").run(folder, scorer)
    return figures


@contextmanager
def _runner(backend: str) -> Iterator[Run]:
    if backend == "local":
        yield _locally
        return
    from benchmarks.score import modelled  # noqa: PLC0415 - the packages of AWS are seconds to load
    from benchmarks.score.account import account  # noqa: PLC0415 - the same

    with account() as by:
        print(f"written by: {by}", flush=True)
        yield lambda task, folder, scorer: modelled.run(task, folder, scorer, by)


def _show(task: str, groups: Groups) -> None:
    print(f"\n{task}")
    for group, figures in groups.items():
        told = "  ".join(f"{key} {value}" for key, value in figures.items() if isinstance(value, int | float | str))
        print(f"  {group:<22} {told}")
    for name, figure in BASELINES.get(task, {}).items():
        print(f"  beside it: {name}: {figure}")
    sys.stdout.flush()


def _scored(run: Run, tasks: list[str], folder: Path, scorer: ModuleType) -> dict[str, Groups]:
    """The figures of the tasks that the folder has the data of and this machine the engines."""
    found = dict[str, Groups]()
    for task in tasks:
        if not (folder / _NEEDS[task]).exists():
            print(f"\n{task}: skipped, the folder has no {_NEEDS[task]}")
            continue
        try:
            found[task] = by_group(run(task, folder, scorer))
        except OperatorError as error:
            print(f"\n{task}: skipped, {error}")
            continue
        _show(task, found[task])
    return found


def _arguments(given: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.score", description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--only", default=",".join(BASELINES), help="tasks; also: refusals")
    parser.add_argument("--backend", choices=("local", "aws"), default="local", help="aws: what a model writes")
    parser.add_argument("--most", type=int, help="a sample: at most so many of each set, spread evenly")
    return parser.parse_args(given)


def main(given: list[str] | None = None) -> int:
    """Run, print, write."""
    arguments = _arguments(given)
    tasks = [task for task in arguments.only.split(",") if arguments.backend == "local" or task in _WRITTEN]
    scorer = _scorer(arguments.data.resolve())
    try:
        with sampled(arguments.data.resolve(), arguments.most) as folder, _runner(arguments.backend) as run:
            found = _scored(run, tasks, folder, scorer)
    except OperatorError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    if arguments.out:
        arguments.out.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    logs.configure("ERROR", "text")
    sys.exit(main())
