"""Workspaces install the app by themselves, over HTTP: each gets its own recap, and leaves with all that is its own."""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.slack.local_workspace import JSON
from tests.workflow.earshot import until
from tests.workflow.tenants import Tenant, Tenants, tenants

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def stage(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Tenants]:
    async with tenants(tmp_path_factory.mktemp("tenants")) as opened:
        await opened.start("one")
        yield opened


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def acme(stage: Tenants) -> Tenant:
    tenant = await stage.open("Acme")
    page = await stage.install(tenant)
    assert "Earshot is in Acme now" in page
    return tenant


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bolt(stage: Tenants) -> Tenant:
    tenant = await stage.open("Bolt & <Sons>")
    assert "Earshot is in Bolt &amp; &lt;Sons&gt; now" in await stage.install(tenant)
    return tenant


async def test_each_workspace_gets_its_own_recap_with_its_own_token(stage: Tenants, acme: Tenant, bolt: Tenant) -> None:
    shares = [await tenant.share(400 + 10 * n, f"Talk of {n}.mp3") for n, tenant in enumerate((acme, bolt))]
    for n, tenant in enumerate((acme, bolt)):
        replies = await tenant.ended(shares[n][1])
        assert replies[0]["text"].startswith(f"Recap of Talk of {n}:")
    tokens = [await _journal(stage, tenant, "chat.postMessage") for tenant in (acme, bolt)]
    assert all(
        calls and {call["user"] for call in calls} == {tenant.bot_user}
        for calls, tenant in zip(tokens, (acme, bolt), strict=True)
    )


async def _journal(stage: Tenants, tenant: Tenant, method: str) -> list[JSON]:
    url = f"{stage.workspace.url}/sandbox/journal"
    async with stage.workspace.session.get(url, params={"method": method, "team": tenant.team}) as answer:
        return list((await answer.json())["calls"])


async def test_everything_works_over_http(stage: Tenants, acme: Tenant) -> None:
    """Share, recap, question, answer, buttons, a modal."""
    _, ts = await acme.share(450, "Sample.mp3")
    recap = (await acme.ended(ts))[0]
    await acme.ada.post(acme.general, "When will the lamp be replaced?", ts)
    await acme.said(ts, "third of March")
    pressed = await acme.ada.press(acme.general, recap["ts"], "recap_transcript")
    assert pressed["ok"], pressed
    assert await until(lambda: _modal(acme, "transcript"))
    await acme.ada.press(acme.general, recap["ts"], "recap_ask")
    view = await until(lambda: _modal(acme, "ask"))
    question = {"question": {"question": {"type": "plain_text_input", "value": "What is replaced in March?"}}}
    assert (await acme.ada.submit(view["id"], question))["ok"]
    await acme.said(ts, "What is replaced in March?")
    await acme.ada.press(acme.general, recap["ts"], "recap_delete")

    async def gone() -> bool:
        return not await acme.replies(ts)

    assert await until(gone)


async def _modal(tenant: Tenant, callback: str) -> JSON:
    views: list[JSON] = (await tenant.ada.state())["views"]
    return views[-1] if views and views[-1]["callback_id"] == callback else {}


async def test_tokens_are_nowhere_to_be_read(stage: Tenants, acme: Tenant, bolt: Tenant) -> None:
    def written() -> bytes:
        files = [path for path in stage.folder.rglob("*") if path.is_file() and "blobs" not in path.parts]
        return b"".join(path.read_bytes() for path in files)

    everything = await asyncio.to_thread(written)
    assert b"Acme" in everything
    assert not re.search(rb"xox[abpe][.-]", everything)
    for warned in ("token is unused", "As you gave", "will be unused", "Although the app should be installed"):
        assert warned not in stage.log


async def test_a_token_that_is_about_to_run_out_is_renewed_once(stage: Tenants, acme: Tenant, bolt: Tenant) -> None:
    soon = time.time() + 1800
    await stage.rows("UPDATE installations SET expires_at = :soon WHERE team = :team", soon=soon, team=bolt.team)
    before = len(await _renewals(stage, bolt))
    _, ts = await bolt.share(470, "Later.mp3")
    await bolt.ended(ts)
    assert len(await _renewals(stage, bolt)) == before + 1
    rows = await stage.rows("SELECT expires_at FROM installations WHERE team = :team", team=bolt.team)
    assert rows[0][0] > time.time() + 40_000


async def _renewals(stage: Tenants, tenant: Tenant) -> list[str]:
    lines = [json.loads(line) for line in (await asyncio.to_thread(lambda: stage.log)).splitlines()]
    return [line["team"] for line in lines if line["event"] == "token renewed" and line["team"] == tenant.team]


@pytest.mark.parametrize(
    ("what", "status"), [("good", 200), ("forged", 401), ("old", 401), ("unsigned", 401), ("of a stranger", 200)]
)
async def test_only_slack_is_heard_and_only_where_we_are_installed(
    stage: Tenants, acme: Tenant, what: str, status: int
) -> None:
    payload = _message(acme, f"hello {what}")
    if what == "of a stranger":
        payload |= {"team_id": "T0STRANGER", "authorizations": [{"team_id": "T0STRANGER", "is_bot": True}]}
    old = str(int(time.time()) - 400)
    changes = {
        "forged": {"X-Slack-Signature": "v0=" + "0" * 64},
        "old": {"X-Slack-Request-Timestamp": old},
        "unsigned": {"X-Slack-Signature": ""},
    }
    assert (await stage.deliver(payload, **changes.get(what, {})))[0] == status


def _message(tenant: Tenant, text: str) -> JSON:
    ts = f"{time.time():.6f}"
    event = {"type": "message", "user": tenant.ada.id, "channel": tenant.general, "channel_type": "channel"}
    return {
        "type": "event_callback",
        "team_id": tenant.team,
        "api_app_id": "A0EARSHOT01",
        "event_id": f"Ev{ts}",
        "event_time": int(time.time()),
        "authorizations": [{"team_id": tenant.team, "user_id": tenant.bot_user, "is_bot": True}],
        "event": {**event, "text": text, "ts": ts},
    }


async def test_what_is_delivered_again_is_done_once(stage: Tenants, acme: Tenant) -> None:
    await stage.workspace.fault(delivery="duplicate", times=4)
    _, ts = await acme.share(480, "Once.mp3")
    replies = await acme.ended(ts)
    await stage.workspace.control("faults", reset=True)
    assert sum(reply["text"].startswith("Recap of") for reply in replies) == 1


async def test_who_says_no_or_comes_back_twice_or_from_elsewhere_installs_nothing(stage: Tenants) -> None:
    tenant = await stage.open("Nobody")
    assert "You chose not to let Earshot in" in await stage.install(tenant, allow=False)
    async with stage.browser() as one, stage.browser() as other:
        consent = await stage.consent_page(one)
        assert "not the browser" in await stage.answer_consent(other, consent, tenant.ada.id)
        async with one.get(f"{stage.url}/slack/oauth_redirect?state=invented&code=1") as answer:
            assert answer.status == 400
        consent = await stage.consent_page(one)
        states = await stage.rows("SELECT state FROM oauth_states")
        await stage.rows("DELETE FROM oauth_states")
        assert states
        assert "took too long" in await stage.answer_consent(one, consent, tenant.ada.id)
    assert not await stage.rows("SELECT 1 FROM installations WHERE team = :team", team=tenant.team)


async def test_who_uninstalls_is_forgotten_and_nobody_else(stage: Tenants, acme: Tenant, bolt: Tenant) -> None:
    _, kept = await acme.share(500, "Kept.mp3")
    _, gone = await bolt.share(510, "Gone.mp3")
    await acme.ended(kept)
    await bolt.ended(gone)
    assert await asyncio.to_thread(stage.blobs, bolt.team)
    await _uninstall(stage, bolt)
    await until(lambda: _erased(stage, bolt))
    assert await asyncio.to_thread(stage.blobs, acme.team)
    assert await stage.rows("SELECT 1 FROM installations WHERE team = :team", team=acme.team)
    await acme.ada.post(acme.general, "When will the lamp be replaced?", kept)
    await acme.said(kept, "third of March")
    receipts = [json.loads(line) for line in stage.log.splitlines() if '"workspace erased"' in line]
    assert any(receipt["team"] == bolt.team and receipt["recaps"] and receipt["blobs"] for receipt in receipts)
    assert not any(receipt["team"] == acme.team for receipt in receipts)


async def _uninstall(stage: Tenants, tenant: Tenant) -> None:
    async with stage.workspace.session.post(
        f"{stage.workspace.url}/sandbox/uninstall", json={"team": tenant.team}
    ) as answer:
        assert (await answer.json())["ok"]


async def _erased(stage: Tenants, tenant: Tenant) -> bool:
    for table in ("recaps", "posts", "installations", "media_claims"):
        if await stage.rows(f"SELECT 1 FROM {table} WHERE team = :team", team=tenant.team):  # noqa: S608
            return False
    return not await asyncio.to_thread(stage.blobs, tenant.team)


@pytest.mark.soak
async def test_work_under_way_ends_when_the_workspace_goes_and_it_can_come_back(stage: Tenants) -> None:
    tenant = await stage.open("Fickle")
    await stage.install(tenant)
    await tenant.share(520, "Under way.mp3")

    async def begun() -> bool:
        return bool(await stage.rows("SELECT 1 FROM recaps WHERE team = :team", team=tenant.team))

    await until(begun)
    await _uninstall(stage, tenant)
    await until(lambda: _erased(stage, tenant))
    await stage.install(tenant)
    _, ts = await tenant.share(530, "Back again.mp3")
    assert (await tenant.ended(ts))[0]["text"].startswith("Recap of Back again:")


@pytest.mark.soak
async def test_an_event_of_before_takes_nothing_from_who_is_back(stage: Tenants, acme: Tenant) -> None:
    """Slack may say late that the app was taken out, or say it again."""
    users_only = _message(acme, "") | {"event": {"type": "tokens_revoked", "tokens": {"oauth": ["U1"], "bot": []}}}
    assert (await stage.deliver(users_only))[0] == 200
    late = _message(acme, "") | {"event": {"type": "app_uninstalled"}, "event_time": 1_000_000_000}
    assert (await stage.deliver(late))[0] == 200
    _, ts = await acme.share(540, "Still here.mp3")
    await acme.ended(ts)

    async def settled() -> bool:
        return "workspace is back" in await asyncio.to_thread(lambda: stage.log)

    await until(settled)
    assert (await acme.replies(ts))[0]["text"].startswith("Recap of Still here:")
    assert await stage.rows("SELECT 1 FROM installations WHERE team = :team", team=acme.team)
