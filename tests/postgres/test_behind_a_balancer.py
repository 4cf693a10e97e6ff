"""Several bots over HTTP behind a balancer, on PostgreSQL: any of them takes any request, and one may go."""

from __future__ import annotations

import asyncio
import json
import signal
import time
from pathlib import Path

import pytest

from tests.postgres.server import Postgres
from tests.workflow.earshot import until
from tests.workflow.tenants import Tenant, Tenants, tenants

pytestmark = [pytest.mark.soak, pytest.mark.timeout(600)]


async def test_any_bot_takes_any_request_and_tokens_are_renewed_once(tmp_path: Path, postgres: Postgres) -> None:
    async with tenants(tmp_path, await asyncio.to_thread(postgres.database)) as stage:
        for name, role in (("web-1", "web"), ("web-2", "web"), ("worker-1", "worker"), ("worker-2", "worker")):
            await stage.start(name, role)
        acme, bolt = await stage.open("Acme"), await stage.open("Bolt")
        # Each request goes to the other web process: who sends a person to Slack does not take them back.
        for tenant in (acme, bolt):
            assert f"Earshot is in {tenant.workspace.info['team']['name']} now" in await stage.install(tenant)
        await _renew(stage, acme)
        await _lose_a_web(stage, bolt)
        await _uninstall(stage, bolt)
        _, ts = await acme.share(900, "Still here.mp3")
        assert (await acme.ended(ts))[0]["text"].startswith("Recap of Still here:")


async def _renew(stage: Tenants, tenant: Tenant) -> None:
    """Both workers have work for the workspace when its token is about to run out."""
    soon = time.time() + 1800
    await stage.rows("UPDATE installations SET expires_at = :soon WHERE team = :team", soon=soon, team=tenant.team)
    shares = [await tenant.share(700 + 10 * n, f"Talk {n}.mp3") for n in range(6)]
    for _, ts in shares:
        assert (await tenant.ended(ts))[0]["text"].startswith("Recap of Talk")
    log = [json.loads(line) for line in (await asyncio.to_thread(lambda: stage.log)).splitlines()]
    assert sum(line["event"] == "token renewed" for line in log) == 1
    assert not any(line["event"] == "no new token" for line in log)


async def _lose_a_web(stage: Tenants, tenant: Tenant) -> None:
    _, ts = await tenant.share(800, "Before.mp3")
    stage.bots["web-1"].send_signal(signal.SIGKILL)
    await stage.bots["web-1"].wait()
    _, later = await tenant.share(810, "After.mp3")
    for each, name in ((ts, "Before"), (later, "After")):
        assert (await tenant.ended(each))[0]["text"].startswith(f"Recap of {name}:")
    await tenant.ada.post(tenant.general, "When will the lamp be replaced?", later)
    await tenant.said(later, "third of March")


async def _uninstall(stage: Tenants, tenant: Tenant) -> None:
    await tenant.workspace.control("uninstall", team=tenant.team)

    async def erased() -> bool:
        rows = await stage.rows("SELECT 1 FROM recaps WHERE team = :team", team=tenant.team)
        return not rows and not await asyncio.to_thread(stage.blobs, tenant.team)

    assert await until(erased)
