"""Several processes on one PostgreSQL: work is taken over, nothing is doubled, deploying loses nothing."""

from __future__ import annotations

import asyncio
import hashlib
import random
import signal
import sys
import time
from collections import Counter
from functools import partial
from pathlib import Path

import pytest

from tests.postgres.fleet import Fleet, Machine, fleet
from tests.postgres.server import Postgres
from tests.slack.local_workspace import JSON
from tests.workflow.earshot import until

_KILL_SECONDS = 5.0


def _assert_complete(replies: list[JSON]) -> None:
    texts = Counter(m["text"].split(":")[0] for m in replies if m["text"])
    files = Counter(file["name"] for m in replies for file in m.get("files", ()))
    assert not texts or max(texts.values()) == 1, texts
    assert any(text.startswith("Recap of") for text in texts), texts
    assert len(files) == 4, files
    assert max(files.values()) == 1, files


def _redone(bots: Fleet, lengths: list[float]) -> list[str]:
    """The recordings that were begun to be heard again although their transcript was kept already."""
    redone = []
    diary = bots.heard()
    for length in lengths:
        sound = hashlib.sha256((bots.folder / f"{length:.2f}.wav").read_bytes()).hexdigest()
        kept = next((bots.folder / "data/blobs").glob(f"*/transcripts/{sound}/*.json")).stat().st_mtime
        if any(what == "begin" and of == f"{length:.2f}" and at > kept for what, of, at in diary):
            redone.append(f"{length:.2f}")
    return redone


async def _all_end(bots: Fleet, shares: dict[float, str], seconds: float) -> None:
    for ts in shares.values():
        await until(partial(bots.ended, ts), seconds)


async def _check(bots: Fleet, shares: dict[float, str]) -> None:
    for ts in shares.values():
        await until(partial(_attached, bots, ts), 30)
        _assert_complete(await bots.replies(ts))
    assert not await asyncio.to_thread(_redone, bots, list(shares))


async def _attached(bots: Fleet, ts: str) -> bool:
    return sum(len(m.get("files", ())) for m in await bots.replies(ts)) >= 4


async def _killing(bots: Fleet, workers: list[Machine], dice: random.Random, kills: list[str]) -> None:
    """Every few seconds one worker dies, and another one is started in its place under a new name."""
    while True:
        await asyncio.sleep(_KILL_SECONDS)
        victim = workers.pop(dice.randrange(len(workers)))
        await victim.end(signal.SIGKILL)
        kills.append(victim.name)
        workers.append(await bots.start("worker"))


async def _stream(bots: Fleet, count: int) -> dict[float, str]:
    shares = {}
    for number in range(count):
        length = 3.0 + number / 50
        shares[length] = await bots.share(length)
    return shares


@pytest.mark.soak
async def test_what_a_dead_worker_left_is_taken_over(tmp_path: Path, postgres: Postgres) -> None:
    async with fleet(tmp_path, await asyncio.to_thread(postgres.database), PACE="1.0") as bots:
        web, first = await bots.start("web"), await bots.start("worker")
        await bots.up(web, first)
        ts = await bots.share(5.0)
        await until(partial(_begun, bots))
        await first.end(signal.SIGKILL)
        second = await bots.start("worker")
        await bots.up(second)
        await until(partial(bots.ended, ts), 60)
        await _check(bots, {5.0: ts})
        status, figures = await bots.page(second.metrics_port, "metrics")
        assert status == 200
        assert 'earshot_stage_seconds_count{outcome="done",stage="transcribe"} 1.0' in figures
        assert 'earshot_queue_waiting{queue="recaps"} 0.0' in figures
        assert (await bots.page(second.port, "r/x"))[0] == 404, "a worker serves no pages"
        assert (await bots.page(second.port, "metrics"))[0] == 404, "figures are not on the port that people reach"
        assert await web.end() == await second.end() == 0


async def _begun(bots: Fleet) -> bool:
    return bool(await asyncio.to_thread(bots.heard))


@pytest.mark.soak
async def test_recaps_go_on_when_the_database_hangs_up(tmp_path: Path, postgres: Postgres) -> None:
    address = await asyncio.to_thread(postgres.database)
    async with fleet(tmp_path, address, PACE="1.0") as bots:
        await bots.up(await bots.start("web"), await bots.start("worker"))
        shares = {length: await bots.share(length) for length in (2.0, 4.0, 6.0)}
        for _ in range(8):
            await asyncio.sleep(1)
            assert await asyncio.to_thread(postgres.hang_up, address)
        for ts in shares.values():
            await until(partial(bots.ended, ts), 120)
        await _check(bots, shares)
        assert all(machine.process.returncode is None for machine in bots.machines)


@pytest.mark.soak
async def test_a_worker_that_was_paused_says_nothing_twice_and_ends(tmp_path: Path, postgres: Postgres) -> None:
    async with fleet(tmp_path, await asyncio.to_thread(postgres.database), PACE="1.0") as bots:
        web, first = await bots.start("web"), await bots.start("worker")
        await bots.up(web, first)
        ts = await bots.share(4.0)
        await until(partial(_begun, bots))
        first.send(signal.SIGSTOP)
        second = await bots.start("worker")
        await until(partial(bots.ended, ts), 90)
        first.send(signal.SIGCONT)
        assert await asyncio.wait_for(first.process.wait(), 30) != 0, "its work is somebody else's now"
        await _check(bots, {4.0: ts})
        assert second.process.returncode is None


@pytest.mark.soak
@pytest.mark.timeout(1500)
async def test_sixty_recaps_while_workers_die(tmp_path: Path, postgres: Postgres) -> None:
    limits = {"PACE": "1.0", "RECAPS_AT_ONCE": "3"}
    async with fleet(tmp_path, await asyncio.to_thread(postgres.database), **limits) as bots:
        web = await bots.start("web")
        workers = [await bots.start("worker") for _ in range(3)]
        await bots.up(web, *workers)
        kills: list[str] = []
        began = time.monotonic()
        killer = asyncio.create_task(_killing(bots, workers, random.Random(60), kills))
        try:
            shares = await _stream(bots, 60)
            await _all_end(bots, shares, 900)
        finally:
            killer.cancel()
        took = time.monotonic() - began
        await _check(bots, shares)
        begun = sum(what == "begin" for what, _, _ in bots.heard())
    sys.stdout.write(
        f"\n60 recaps on 3 workers, {len(kills)} of them killed: all there after {took:.0f} s, none twice; "
        f"no finished transcription redone ({begun - 60} unfinished ones were)\n"
    )


@pytest.mark.soak
@pytest.mark.timeout(900)
@pytest.mark.parametrize("count", [1, 3])
async def test_throughput_by_workers(tmp_path: Path, postgres: Postgres, count: int) -> None:
    limits = {"PACE": "1.0", "RECAPS_AT_ONCE": "2"}
    async with fleet(tmp_path, await asyncio.to_thread(postgres.database), **limits) as bots:
        machines = [await bots.start("web"), *[await bots.start("worker") for _ in range(count)]]
        await bots.up(*machines)
        began = time.monotonic()
        shares = await _stream(bots, 10 * count)
        await _all_end(bots, shares, 300)
        rate = len(shares) / (time.monotonic() - began) * 60
        await _check(bots, shares)
    sys.stdout.write(f"\n{count} worker(s): {rate:.1f} recaps a minute\n")


@pytest.mark.soak
@pytest.mark.timeout(600)
async def test_a_rolling_deploy_loses_nothing(tmp_path: Path, postgres: Postgres) -> None:
    limits = {"PACE": "1.0", "RECAPS_AT_ONCE": "3"}
    async with fleet(tmp_path, await asyncio.to_thread(postgres.database), **limits) as bots:
        machines = [await bots.start("web"), await bots.start("worker"), await bots.start("worker")]
        await bots.up(*machines)
        stream = asyncio.create_task(_stream(bots, 20))
        for old in machines:
            new = await bots.start(old.role)
            await bots.up(new)
            assert await old.end() == 0
        shares = await stream
        await _all_end(bots, shares, 300)
        await _check(bots, shares)
    sys.stdout.write("\nweb and 2 workers replaced one by one under 20 recaps: all there, none twice\n")
