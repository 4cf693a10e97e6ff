from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from services.storage.database import migrate, open_database
from services.storage.executors import Executors
from services.vocabulary.role import Role
from services.workflows.presence import Presence


@pytest.fixture
async def executors(tmp_path: Path) -> AsyncIterator[Executors]:
    url = f"sqlite:///{tmp_path}/records.db"
    await migrate(url)
    engine = await asyncio.to_thread(open_database, url)
    yield Executors(engine)
    await engine.dispose()


def presence_of(executors: Executors) -> Presence:
    return Presence(executors, executor="web-1", role=Role.WEB, share=lambda _workers: None)


async def test_a_process_holds_its_id_from_arriving_to_leaving(executors: Executors) -> None:
    told = asyncio.Event()
    presence = Presence(executors, executor="web-1", role=Role.WEB, share=lambda _workers: told.set())
    assert not presence.holds()
    await presence.arrive()
    presence.begin()
    await asyncio.wait_for(told.wait(), 5)
    assert presence.holds()
    assert await executors.living(["web"]) == {"web-1"}
    await presence.leave()
    assert not presence.holds()
    assert await executors.living(["web"]) == set()
    assert not presence.lost.is_set()


async def test_a_process_that_was_given_up_learns_of_it_and_holds_nothing(executors: Executors) -> None:
    presence = presence_of(executors)
    await presence.arrive()
    await executors.give_up(-1)
    presence.begin()
    await asyncio.wait_for(presence.lost.wait(), 5)
    assert not presence.holds()
    await presence.leave()


async def test_of_two_with_one_id_the_later_one_stays(executors: Executors) -> None:
    first, second = presence_of(executors), presence_of(executors)
    await first.arrive()
    await second.arrive()
    first.begin()
    second.begin()
    await asyncio.wait_for(first.lost.wait(), 5)
    assert second.holds()
    for each in (first, second):
        await each.leave()
