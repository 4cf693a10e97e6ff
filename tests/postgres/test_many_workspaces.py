"""A hundred workspaces on a web process and a worker: HTTP, PostgreSQL, fifty messages a second."""

from __future__ import annotations

import asyncio
import base64
import re
import time
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import aiohttp
import pytest
from yarl import URL

from benchmarks.bench.gauges import percentile, tree_rss
from sandbox.slack.journal import DeliveryRecord
from tests.fakes.engines import write_tone
from tests.postgres.fleet import ENDED, Fleet, fleet
from tests.postgres.server import Postgres
from tests.slack.local_workspace import LocalWorkspace
from tests.workflow.earshot import free_port, until

pytestmark = [pytest.mark.soak, pytest.mark.timeout(1800)]

_WORKSPACES = 100
_PER_SECOND = 50
_SECONDS = 60
_ONE_IN = 20
_ACK_SECONDS = 0.25
_SLACK_GIVES_UP_SECONDS = 3.0


@dataclass
class _Talk:
    """What people said, and how Slack's deliveries of it went. A share is a workspace and the ts of its message."""

    shares: list[tuple[LocalWorkspace, str]] = field(default_factory=list)
    deliveries: dict[str, DeliveryRecord] = field(default_factory=dict)


async def test_a_hundred_workspaces_are_acked_in_time(postgres: Postgres, tmp_path: Path) -> None:
    async with fleet(tmp_path, postgres.database(), PACE="0") as machines:
        places = await _installed(machines)
        idle = _memory(machines)
        talk = await _talk(machines, places)
        busy = _memory(machines)
        began = time.monotonic()
        await _all_recapped(talk)
        waited = time.monotonic() - began
    acks = [each.acked for each in talk.deliveries.values() if each.acked is not None]
    again = [each for each in talk.deliveries.values() if each.attempt]
    print(  # noqa: T201 - the soak's figures
        f"{len(places)} workspaces, {len(talk.deliveries)} deliveries, acks p50 {percentile(acks, 0.5) * 1000:.0f} ms, "
        f"p95 {percentile(acks, 0.95) * 1000:.0f} ms, p99 {percentile(acks, 0.99) * 1000:.0f} ms, "
        f"max {max(acks) * 1000:.0f} ms, {len(again)} sent again; {len(talk.shares)} recaps, the last {waited:.0f} s "
        f"after the last message; memory of both {idle >> 20} MB idle, {busy >> 20} MB busy"
    )
    assert len(acks) == len(talk.deliveries)
    assert max(acks) < _SLACK_GIVES_UP_SECONDS
    assert percentile(acks, 0.99) < _ACK_SECONDS


def _memory(machines: Fleet) -> int:
    return sum(tree_rss(machine.process.pid) for machine in machines.machines)


async def _installed(machines: Fleet) -> list[LocalWorkspace]:
    """The bot, called over HTTP, in a hundred workspaces where somebody has installed it."""
    keys, port = await machines.workspace.app(), free_port()
    base = f"http://127.0.0.1:{port}"
    machines.settings |= {
        "SLACK_BOT_TOKEN": "",
        "SLACK_APP_TOKEN": "",
        "SLACK_CLIENT_ID": keys["client_id"],
        "SLACK_CLIENT_SECRET": keys["client_secret"],
        "SLACK_SIGNING_SECRET": keys["signing_secret"],
        "TOKEN_KEY": base64.urlsafe_b64encode(bytes(32)).decode(),
        "PUBLIC_URL": base,
    }
    await machines.up(await machines.start("web", port=port), await machines.start("worker"))
    places = [await machines.workspace.another(f"Team {n}", install=False) for n in range(_WORKSPACES)]
    for place in places:
        await _install(place, base)
    await machines.workspace.over_http(f"{base}/slack/events")
    return places


async def _install(place: LocalWorkspace, base: str) -> None:
    """Install by the bot's own page, as a person does, and invite it."""
    ada = place.person("ada")
    # Browsers send a secure cookie to a server on the same machine, too.
    jar = aiohttp.CookieJar(unsafe=True, treat_as_secure_origin=URL(base))
    async with aiohttp.ClientSession(cookie_jar=jar) as browser:
        async with browser.get(f"{base}/slack/install") as page:
            link = re.findall(r'href="([^"]+/oauth/v2/authorize[^"]*)"', await page.text())[0].replace("&amp;", "&")
        async with browser.get(link) as page:
            consent = re.findall(r'name="consent" value="(\w+)"', await page.text())[0]
        form = {"consent": consent, "user": ada.id, "decision": "allow"}
        async with browser.post(f"{place.url}/oauth/v2/authorize", data=form) as page:
            assert page.status == 200, await page.text()
    members = place.slack.workspace.channels[place.channel("general")].members
    if place.slack.workspace.bot.id not in members:
        await ada.client.conversations_invite(channel=place.channel("general"), users=place.slack.workspace.bot.id)


async def _talk(machines: Fleet, places: list[LocalWorkspace]) -> _Talk:
    talk, began, sharing = _Talk(), time.monotonic(), list[asyncio.Task[None]]()
    for number in range(_PER_SECOND * _SECONDS):
        await asyncio.sleep(began + number / _PER_SECOND - time.monotonic())
        place = places[number % len(places)]
        if number % _ONE_IN == 0:
            sharing.append(asyncio.create_task(_share(machines.folder, place, number, talk)))
        else:
            _say(place, f"message {number}")
        if number % _PER_SECOND == 0:
            _note(machines, talk)
    await asyncio.gather(*sharing)
    await asyncio.sleep(_SLACK_GIVES_UP_SECONDS)
    _note(machines, talk)
    return talk


def _say(place: LocalWorkspace, text: str) -> None:
    """Post without the Web API: this machine is busy with what is measured."""
    slack = place.slack
    ada, channel = slack.workspace.users[place.person("ada").id], slack.workspace.channels[place.channel("general")]
    slack.messaging.post(slack.messaging.new_message(channel, ada, text))


async def _share(folder: Path, place: LocalWorkspace, number: int, talk: _Talk) -> None:
    path = folder / f"{number}.wav"
    await asyncio.to_thread(write_tone, path, 1.0, hertz=200.0 + number / 10)
    body = await asyncio.to_thread(path.read_bytes)
    _, ts = await place.person("ada").share(place.channel("general"), body, f"talk {number}.wav")
    talk.shares.append((place, ts))


def _note(machines: Fleet, talk: _Talk) -> None:
    talk.deliveries |= {each.envelope_id: each for each in machines.workspace.slack.journal.deliveries}


async def _all_recapped(talk: _Talk) -> None:
    for place, ts in talk.shares:
        await until(partial(_ended, place, ts), 900)
    assert all("white_check_mark" in _marks(place, ts) for place, ts in talk.shares)


async def _ended(place: LocalWorkspace, ts: str) -> bool:
    return bool(ENDED & _marks(place, ts))


def _marks(place: LocalWorkspace, ts: str) -> set[str]:
    return set(place.slack.workspace.messages[place.channel("general")][ts].reactions)
