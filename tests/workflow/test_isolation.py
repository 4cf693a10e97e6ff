"""One workspace can reach nothing of another: what it sends with the other's ids shows, changes and deletes nothing."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import web

from bot.manifest import read_manifest
from services.player.links import PlayerLinks
from services.publishing.actions import Action, View
from services.storage.team_rows import tables_of_teams
from tests.slack.local_workspace import JSON
from tests.workflow.earshot import free_port, until
from tests.workflow.forgeries import Forger, Victim
from tests.workflow.tenants import Tenant, Tenants, tenants

pytestmark = pytest.mark.asyncio(loop_scope="module")

# What is only said, or only called so, in the victim's workspace.
_MARKS = ("Quokka", "lamp", "third of March")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def stage(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Tenants]:
    async with tenants(tmp_path_factory.mktemp("isolation")) as opened:
        await opened.start("one")
        yield opened


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def theirs(stage: Tenants) -> Tenant:
    tenant = await stage.open("Victim")
    await stage.install(tenant)
    return tenant


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def ours(stage: Tenants) -> Tenant:
    tenant = await stage.open("Forger")
    await stage.install(tenant)
    return tenant


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def victim(stage: Tenants, theirs: Tenant) -> Victim:
    """A recap with an answer and a verdict, in a private channel's worth of care."""
    file_id, ts = await theirs.share(610, "Quokka plans.mp3")
    recap = (await theirs.ended(ts))[0]
    await theirs.ada.post(theirs.general, "When will the lamp be replaced?", ts)
    answer = await theirs.said(ts, "third of March")
    await theirs.ada.press(theirs.general, recap["ts"], "feedback", value=f"good|{_recap_id(recap)}")
    link = await theirs.ada.client.chat_getPermalink(channel=theirs.general, message_ts=ts)
    info = await theirs.ada.client.files_info(file=file_id)
    return Victim(
        team=theirs.team,
        channel=theirs.general,
        user=theirs.ada.id,
        ts=ts,
        recap_ts=recap["ts"],
        recap_id=_recap_id(recap),
        answer_id=_subject(answer),
        file_id=file_id,
        message_link=link["permalink"],
        file_link=info["file"]["permalink"],
        player_link=str(recap["blocks"]).split(f"<{stage.url}/r/")[1].partition("|")[0].join((f"{stage.url}/r/", "")),
    )


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def hook() -> AsyncIterator[tuple[str, list[str]]]:
    """An address for private answers, and what came there."""
    heard: list[str] = []

    async def take(request: web.Request) -> web.Response:
        heard.append(await request.text())
        return web.Response(text="ok")

    port, site = free_port(), web.Application()
    site.router.add_post("/", take)
    runner = web.AppRunner(site, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    yield f"http://127.0.0.1:{port}/", heard
    await runner.cleanup()


def _recap_id(recap: JSON) -> str:
    values = [element.get("value") for block in recap["blocks"] for element in block.get("elements", ())]
    return next(str(value) for value in values if value and value.count(":") == 3)


def _subject(answer: JSON) -> str:
    found = json.dumps(answer).partition("good|")[2].partition('"')[0]
    assert found
    return found


async def _kept(stage: Tenants, tenant: Tenant) -> dict[str, Any]:
    """All that the bot holds of a workspace, and all that is to be seen in it."""
    kept: dict[str, Any] = {}
    for table in tables_of_teams():
        found = await stage.rows(f"SELECT * FROM {table.name} WHERE team = :team", team=tenant.team)  # noqa: S608
        kept[table.name] = sorted(map(str, found))
    answers = await stage.rows("SELECT * FROM exchanges WHERE recap_id LIKE :below", below=f"{tenant.team}:%")
    kept["exchanges"] = sorted(map(str, answers))
    kept["blobs"] = await asyncio.to_thread(stage.blobs, tenant.team)
    state = await tenant.ada.state()
    seen = ("messages", "ephemeral", "views", "home", "statuses", "sessions", "prompts")
    return kept | {name: state[name] for name in seen}


async def _quiet(stage: Tenants) -> bool:
    """Whether the bot has nothing left to do."""
    query = "SELECT count(*) FROM workflow_status WHERE status IN ('ENQUEUED', 'PENDING', 'DELAYED')"
    return not (await stage.engine_rows(query))[0][0]


async def _calls(stage: Tenants, tenant: Tenant, since: float) -> list[JSON]:
    url, params = f"{stage.workspace.url}/sandbox/journal", {"team": tenant.team, "since": str(since)}
    async with stage.workspace.session.get(url, params=params) as answer:
        return [call for call in (await answer.json())["calls"] if call["as"] == "bot"]


async def _now(stage: Tenants) -> float:
    async with stage.workspace.session.get(f"{stage.workspace.url}/sandbox/clock") as answer:
        return float((await answer.json())["now"])


def _forger(tenant: Tenant, address: str) -> Forger:
    return Forger(tenant.team, tenant.general, tenant.ada.id, tenant.bot_user, address)


async def test_every_event_of_the_manifest_is_walked(ours: Tenant, victim: Victim) -> None:
    events = (await asyncio.to_thread(read_manifest))["settings"]["event_subscriptions"]["bot_events"]
    assert set(_forger(ours, "").events(victim)) == set(events)


@pytest.mark.timeout(900)
@pytest.mark.parametrize("every", [6, pytest.param(1, marks=pytest.mark.soak)])
async def test_nothing_of_another_workspace_is_shown_changed_or_deleted(
    stage: Tenants, theirs: Tenant, ours: Tenant, victim: Victim, hook: tuple[str, list[str]], *, every: int
) -> None:
    """All of it takes long; every sixth payload still holds each button and modal, with other ids in each."""
    await until(lambda: _quiet(stage))
    before, began = await _kept(stage, theirs), await _now(stage)
    at_once = asyncio.Semaphore(8)

    async def deliver(payload: JSON) -> tuple[int, str]:
        async with at_once:
            return await stage.deliver(payload)

    payloads = list(_forger(ours, hook[0]).all(victim))[::every]
    assert {p["actions"][0]["action_id"] for p in payloads if "actions" in p} == set(Action)
    assert {p["view"]["callback_id"] for p in payloads if p.get("type") == "view_submission"} == set(View)
    answers = await asyncio.gather(*map(deliver, payloads))
    await until(lambda: _quiet(stage), 300)
    for what, kept in (await _kept(stage, theirs)).items():
        assert kept == before[what], f"{what} of the other workspace changed"
    assert await _calls(stage, theirs, began) == [], "their token was used for us"
    ours_now = await _kept(stage, ours)
    assert not ours_now.pop("blobs"), "a file or transcript of theirs is kept as ours"
    reached = json.dumps([answers, hook[1], await _calls(stage, ours, began), ours_now])
    for mark in _MARKS:
        assert mark not in reached.replace("When will the lamp be replaced?", ""), mark


async def test_the_same_sent_by_the_workspace_itself_is_heard(
    stage: Tenants, theirs: Tenant, victim: Victim, hook: tuple[str, list[str]]
) -> None:
    """Or the test above would prove nothing."""
    began = await _now(stage)
    itself = _forger(theirs, hook[0])
    wanted = {"recap_transcript": "views.open", "recap_ask": "views.open"}
    for action, method in wanted.items():
        payload = next(p for p in itself.actions(victim) if p["actions"][0]["action_id"] == action)
        await stage.deliver(payload)
        opened = [call for call in await _calls(stage, theirs, began) if call["method"] == method]
        assert "Quokka" in json.dumps(opened)
    submission = next(itself.submissions(victim))
    await stage.deliver(submission | {"view": submission["view"] | {"id": f"V{time.time()}"}})
    await until(lambda: _has_answers(stage, victim, 2))
    for payload in itself.actions(victim):
        if payload["actions"][0]["action_id"] == "recap_delete":
            await stage.deliver(payload)

    async def gone() -> bool:
        return not await asyncio.to_thread(stage.blobs, theirs.team)

    assert await until(gone)


async def _has_answers(stage: Tenants, victim: Victim, count: int) -> bool:
    rows = await stage.rows("SELECT id FROM exchanges WHERE recap_id = :id", id=victim.recap_id)
    return len(rows) >= count


@pytest.mark.parametrize("page", ["", "/recap.json", "/audio", "/summary"])
async def test_a_link_of_the_player_cannot_be_made(stage: Tenants, victim: Victim, page: str) -> None:
    for key in (b"1" * 32, victim.team.encode() * 4):
        token = PlayerLinks(key, public_url="").sign(victim.recap_id, time.time())
        async with stage.workspace.session.get(f"{stage.url}/r/{token}{page}") as answer:
            assert answer.status == 404
            assert "Quokka" not in await answer.text()
