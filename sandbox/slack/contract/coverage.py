"""How much of Slack the local Slack is, measured by driving it."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path

import aiohttp

from sandbox.slack.contract import Contract, read_contract
from sandbox.slack.contract.driving import Outcome, drive, without_scope
from sandbox.slack.contract.examples import EXAMPLES
from sandbox.slack.contract.staging import MANIFEST, Stage
from sandbox.slack.contract.usage import methods_used
from sandbox.slack.manifest import Manifest
from sandbox.slack.methods import all_methods
from sandbox.slack.server import serve

_HERE = Path(__file__).parents[1]
_PRODUCT = ("bot", "handlers", "services")
_NO_SCOPES = Manifest(scopes=frozenset({"incoming-webhook"}))


@dataclass(frozen=True)
class Coverage:
    """What is here of what there is. `exercised` and `listed` are pairs of a method and an error code."""

    implemented: frozenset[str]
    described: frozenset[str]
    used: frozenset[str]
    emitted: frozenset[str]
    events: frozenset[str]
    exercised: frozenset[tuple[str, str]]
    listed: frozenset[tuple[str, str]]
    attempts: int
    broken: tuple[Outcome, ...]

    @property
    def missing(self) -> frozenset[str]:
        """The methods that the product uses and that are not here."""
        return self.used - self.implemented


async def measure(product: Path) -> Coverage:
    """Drive every implemented method through its contract; `product` is the folder of the checkout."""
    contract = read_contract()
    outcomes = await _outcomes(contract)
    methods = frozenset(all_methods())
    return Coverage(
        implemented=methods,
        described=frozenset(contract.methods) | contract.undescribed,
        used=methods_used(_sources(product), contract),
        emitted=events_emitted(contract),
        events=frozenset(contract.events),
        exercised=frozenset((item.attempt.method, item.code) for item in outcomes if item.code and item.kept),
        listed=frozenset((name, code) for name in methods for code in contract.methods[name].errors),
        attempts=len(outcomes),
        broken=tuple(item for item in outcomes if not item.kept),
    )


async def _outcomes(contract: Contract) -> list[Outcome]:
    outcomes: list[Outcome] = []
    async with aiohttp.ClientSession() as session:
        for name in sorted(EXAMPLES):
            async with serve(manifest=MANIFEST, rate_limits=False) as running:
                outcomes += [item async for item in drive(Stage(running.slack, session), contract.methods[name])]
        async with serve(manifest=_NO_SCOPES, rate_limits=False) as running:
            stage = Stage(running.slack, session)
            scoped = [item for item in map(contract.methods.__getitem__, sorted(EXAMPLES)) if item.scopes.get("bot")]
            outcomes += [await without_scope(stage, item) for item in scoped]
    return outcomes


def events_emitted(contract: Contract) -> frozenset[str]:
    """Return the events that the local Slack sends: those whose names its modules write out."""
    written: set[str] = set()
    for path in _HERE.rglob("*.py"):
        if path.parent.name != "contract":
            tree = ast.parse(path.read_text(encoding="utf-8"))
            written |= {str(node.value) for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    return frozenset(contract.events) & frozenset(written)


def _sources(product: Path) -> list[str]:
    return [path.read_text(encoding="utf-8") for room in _PRODUCT for path in sorted((product / room).rglob("*.py"))]
