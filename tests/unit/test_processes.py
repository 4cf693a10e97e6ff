"""Child processes: results, errors, limits, and that nothing outlives its caller."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from collections.abc import Callable
from typing import Any

import pytest

from services.processes import ChildBug, ChildDied, ChildTimeout, Limits, Pool, Worker, run_once
from services.vocabulary.errors import UserError

HERE = "tests.unit.test_processes"
LIMITS = Limits(wall=20)
Handler = Callable[[dict[str, Any], Callable[[dict[str, Any]], None]], dict[str, Any]]


def serve() -> Handler:
    """The child's side of these tests."""
    served = 0

    def handle(request: dict[str, Any], progress: Callable[[dict[str, Any]], None]) -> dict[str, Any]:
        nonlocal served
        served += 1
        match request["do"]:
            case "echo":
                sys.stdout.write("noise that does not disturb the protocol")
                progress({"fraction": 0.5})
                return {"text": request["text"], "served": served, "pid": os.getpid()}
            case "refuse":
                raise UserError("This cannot be heard.")
            case "bug":
                raise KeyError("oops")
            case "die":
                os._exit(3)
            case "sleep":
                time.sleep(60)
            case "eat":
                return {"size": len(bytearray(2 << 30))}
            case "environment":
                return dict(os.environ)
        return {}

    return handle


async def test_a_call_returns_the_result_and_reports_progress() -> None:
    seen: list[dict[str, Any]] = []
    result = await run_once(f"{HERE}:serve", {"do": "echo", "text": "hé\n"}, LIMITS, on_progress=seen.append)
    assert result["text"] == "hé\n"
    assert seen == [{"fraction": 0.5}]


async def test_errors_cross_the_pipe_by_who_acts() -> None:
    worker = Worker(f"{HERE}:serve", LIMITS)
    with pytest.raises(UserError, match="cannot be heard"):
        await worker.call({"do": "refuse"})
    with pytest.raises(ChildBug, match="KeyError"):
        await worker.call({"do": "bug"})
    assert (await worker.call({"do": "echo", "text": ""}))["served"] == 3, "an error does not end the child"
    await worker.close()


async def test_a_dead_child_is_reported_and_replaced() -> None:
    worker = Worker(f"{HERE}:serve", LIMITS)
    with pytest.raises(ChildDied):
        await worker.call({"do": "die"})
    assert (await worker.call({"do": "echo", "text": ""}))["served"] == 1
    await worker.close()


async def test_the_wall_clock_kills_the_child() -> None:
    began = time.monotonic()
    with pytest.raises(ChildTimeout):
        await run_once(f"{HERE}:serve", {"do": "sleep"}, Limits(wall=1))
    assert time.monotonic() - began < 5


async def test_the_memory_limit_holds() -> None:
    with pytest.raises(ChildDied, match="memory"):
        await run_once(f"{HERE}:serve", {"do": "eat"}, Limits(wall=20, memory=1 << 30))


async def test_secrets_of_our_environment_do_not_reach_the_child(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "secret")
    assert "SLACK_BOT_TOKEN" not in await run_once(f"{HERE}:serve", {"do": "environment"}, LIMITS)


async def test_a_canceled_call_kills_its_child() -> None:
    pool = Pool(f"{HERE}:serve", LIMITS)
    pid = (await pool.call({"do": "echo", "text": ""}))["pid"]
    task = asyncio.create_task(pool.call({"do": "sleep"}))
    await asyncio.sleep(0.2)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    assert (await pool.call({"do": "echo", "text": ""}))["pid"] != pid
    await pool.close()


async def test_a_pool_keeps_its_child_warm_and_lets_it_go_when_idle() -> None:
    pool = Pool(f"{HERE}:serve", LIMITS, idle=0.3)
    first = await pool.call({"do": "echo", "text": ""})
    second = await pool.call({"do": "echo", "text": ""})
    assert second["pid"] == first["pid"]
    assert second["served"] == 2
    await asyncio.sleep(1)
    with pytest.raises(ProcessLookupError):
        os.kill(first["pid"], 0)
    await pool.close()
