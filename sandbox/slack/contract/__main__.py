"""`python -m sandbox.slack.contract`: how much of Slack the local Slack is. Fails when the product needs more."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections import Counter
from pathlib import Path

from sandbox.slack.contract.coverage import Coverage, measure


def table(coverage: Coverage) -> str:
    """Return the figures as text."""
    codes, listed = ({code for _, code in pairs} for pairs in (coverage.exercised, coverage.listed))
    pairs = coverage.exercised & coverage.listed
    rows = [
        ("methods implemented", len(coverage.implemented), len(coverage.described)),
        ("methods of the product", len(coverage.used - coverage.missing), len(coverage.used)),
        ("events emitted", len(coverage.emitted), len(coverage.events)),
        ("error codes exercised", len(codes & listed), len(listed)),
        ("  by method", len(pairs), len(coverage.listed)),
        ("attempts that kept the contract", coverage.attempts - len(coverage.broken), coverage.attempts),
    ]
    lines = [f"{name:32} {here:5} / {there}" for name, here, there in rows]
    families = Counter(name.split(".")[0] for name in coverage.implemented)
    lines += ["", "implemented: " + ", ".join(f"{family} {count}" for family, count in sorted(families.items()))]
    lines += [f"MISSING, and used by the product: {name}" for name in sorted(coverage.missing)]
    lines += [
        f"BROKEN: {item.attempt.method} {item.attempt.what}: expected {item.attempt.expected}, answered {item.answer}"
        for item in coverage.broken
    ]
    return "\n".join([*lines, ""])


def main() -> int:
    """Print the table; return 1 when a method that the product uses is missing or an answer breaks the contract."""
    parser = argparse.ArgumentParser(prog="python -m sandbox.slack.contract", description=__doc__)
    parser.add_argument("--product", type=Path, default=Path.cwd(), help="the checkout whose calls are looked at")
    parser.add_argument("--names", action="store_true", help="list methods and events by name, too")
    arguments = parser.parse_args()
    coverage = asyncio.run(measure(arguments.product))
    sys.stdout.write(table(coverage))
    if arguments.names:
        sys.stdout.write("\n".join([*sorted(coverage.implemented), "", *sorted(coverage.emitted), ""]))
    return 1 if coverage.missing or coverage.broken else 0


if __name__ == "__main__":
    sys.exit(main())
