"""Child processes: results, errors, limits, and that nothing outlives its caller."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from services.processes import ChildBug, ChildDied, ChildTimeout, Forks, Limits, Pool, Worker, run_once
from services.vocabulary.errors import UserError
from tests.slack.local_workspace import eventually

HERE = "tests.unit.test_processes"
LIMITS = Limits(wall=20)
Handler = Callable[[dict[str, Any], Callable[[dict[str, Any]], None]], dict[str, Any]]


def _look() -> dict[str, Any]:
    """What a child sees of itself."""
    group = Path("/proc/self/autogroup")
    return {
        "environment": dict(os.environ),
        "open": sorted(int(name) for name in os.listdir("/proc/self/fd")),  # noqa: PTH208 - no paths
        "nice": os.nice(0),
        "group": group.read_text() if group.exists() else None,
    }


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
                time.sleep(request.get("seconds", 60))
            case "eat":
                return {"size": len(bytearray(2 << 30))}
            case "look":
                return _look()
            case "bear":
                return {"pid": subprocess.Popen(["sleep", "60"]).pid}
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
    with pytest.raises(ChildDied, match=rf"{HERE}:serve: .* \(status 3\)"):
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
    assert "SLACK_BOT_TOKEN" not in (await run_once(f"{HERE}:serve", {"do": "look"}, LIMITS))["environment"]


async def test_children_yield_to_us_alone_and_as_a_session() -> None:
    forks = Forks(f"{HERE}:serve")
    for found in (
        await run_once(f"{HERE}:serve", {"do": "look"}, LIMITS),
        await forks.run({"do": "look"}, LIMITS),
    ):
        assert found["nice"] >= 10
        assert found["group"] is None or found["group"].endswith("nice 10\n")
    await forks.close()


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


@pytest_asyncio.fixture
async def forks() -> AsyncIterator[Forks]:
    """Children of these tests, forked."""
    forks = Forks(f"{HERE}:serve")
    yield forks
    await forks.close()


async def test_a_forked_child_serves_one_call_and_is_gone(forks: Forks) -> None:
    seen: list[dict[str, Any]] = []
    first = await forks.run({"do": "echo", "text": "hé\n"}, LIMITS, seen.append)
    second = await forks.run({"do": "echo", "text": ""}, LIMITS)
    assert (first["text"], first["served"], second["served"]) == ("hé\n", 1, 1)
    assert seen == [{"fraction": 0.5}]
    assert first["pid"] != second["pid"]
    await eventually(lambda: not alive(first["pid"]) and not alive(second["pid"]))


async def test_forked_children_work_side_by_side(forks: Forks) -> None:
    calls = (forks.run({"do": "echo", "text": str(number)}, LIMITS) for number in range(20))
    assert [each["text"] for each in await asyncio.gather(*calls)] == [str(number) for number in range(20)]


async def test_errors_of_a_forked_child_cross_by_who_acts(forks: Forks) -> None:
    with pytest.raises(UserError, match="cannot be heard"):
        await forks.run({"do": "refuse"}, LIMITS)
    with pytest.raises(ChildBug, match="KeyError"):
        await forks.run({"do": "bug"}, LIMITS)
    with pytest.raises(ChildDied):
        await forks.run({"do": "die"}, LIMITS)
    with pytest.raises(ChildDied, match="memory"):
        await forks.run({"do": "eat"}, LIMITS._replace(memory=1 << 30))
    with pytest.raises(ChildTimeout):
        await forks.run({"do": "sleep"}, LIMITS._replace(wall=1))
    assert (await forks.run({"do": "echo", "text": "well"}, LIMITS))["text"] == "well"


async def test_a_forked_child_sees_neither_our_secrets_nor_its_forkers_orders(
    monkeypatch: pytest.MonkeyPatch, forks: Forks
) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "secret")
    assert "SLACK_BOT_TOKEN" not in (await forks.run({"do": "look"}, LIMITS))["environment"]
    alone = (await forks.run({"do": "look"}, LIMITS))["open"]
    other = asyncio.create_task(forks.run({"do": "sleep"}, LIMITS))
    await asyncio.sleep(0.2)
    assert (await forks.run({"do": "look"}, LIMITS))["open"] == alone
    assert len(alone) <= 5, "standard streams, the protocol's stream, and the listing itself"
    other.cancel()
    with pytest.raises(asyncio.CancelledError):
        await other


async def test_what_a_forked_child_started_goes_with_it(forks: Forks) -> None:
    born = await forks.run({"do": "bear"}, LIMITS)
    await eventually(lambda: not alive(born["pid"]))


def alive(pid: int) -> bool:
    """Whether a process runs: what was killed may wait for init to take note."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def children_of(pid: int) -> list[int]:
    """The processes that one has started and not yet buried."""
    return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


async def test_a_canceled_call_leaves_no_forked_child(forks: Forks) -> None:
    await forks.run({"do": "echo", "text": ""}, LIMITS)
    task = asyncio.create_task(forks.run({"do": "sleep"}, LIMITS))
    await asyncio.sleep(0.3)
    forker = forks._forker
    assert forker is not None
    assert len(children_of(forker.process.pid)) == 1
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await eventually(lambda: not children_of(forker.process.pid))


async def test_a_forker_that_was_killed_is_replaced_and_so_is_one_that_was_idle() -> None:
    forks = Forks(f"{HERE}:serve", idle=0.3)
    await forks.run({"do": "echo", "text": ""}, LIMITS)
    first = forks._forker
    assert first is not None
    first.process.kill()
    await first.process.wait()
    assert (await forks.run({"do": "echo", "text": "again"}, LIMITS))["text"] == "again"
    second = forks._forker
    assert second is not None
    assert second.process.pid != first.process.pid
    await asyncio.sleep(1)
    assert second.process.returncode == 0
    assert (await forks.run({"do": "echo", "text": "awake"}, LIMITS))["text"] == "awake"
    await forks.close()


async def test_a_call_outlives_its_forker_and_ends_by_its_own_limits(forks: Forks) -> None:
    await forks.run({"do": "echo", "text": ""}, LIMITS)
    short = asyncio.create_task(forks.run({"do": "sleep", "seconds": 1}, LIMITS))
    long = asyncio.create_task(forks.run({"do": "sleep"}, LIMITS._replace(wall=2)))
    await asyncio.sleep(0.3)
    assert forks._forker is not None
    forks._forker.process.kill()
    assert await short == {}
    with pytest.raises(ChildTimeout):
        await long


async def test_children_go_when_their_grandparent_is_killed(tmp_path: Path) -> None:
    program = (
        f"import asyncio; from services.processes import Forks, Limits\n"
        f"async def main():\n forks = Forks({HERE + ':serve'!r})\n"
        f" await forks.run({{'do': 'echo', 'text': ''}}, Limits(wall=20))\n"
        f" print(forks._forker.process.pid, flush=True)\n"
        f" await forks.run({{'do': 'sleep'}}, Limits(wall=60))\n"
        f"asyncio.run(main())"
    )
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", program, stdout=asyncio.subprocess.PIPE, cwd=Path(__file__).parents[2]
    )
    assert process.stdout is not None
    forker = int(await process.stdout.readline())
    await asyncio.sleep(0.5)
    children = children_of(forker)
    assert len(children) == 1
    process.kill()
    await process.wait()
    await eventually(lambda: not any(alive(pid) for pid in (forker, *children)))
