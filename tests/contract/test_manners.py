"""The records of manners and of one recap for each recording keep one contract on SQLite and on PostgreSQL."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from services.storage.channels import Channels
from services.storage.claims import LIVING, Claims, NewRecap, Opening
from services.storage.database import migrate, open_database
from services.storage.recaps import Recaps, Status
from services.vocabulary.manner import Manner, Policy
from tests.postgres.server import Postgres


@pytest.fixture(params=["sqlite", "postgres"])
async def database(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[AsyncEngine]:
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path}/records.db"
    else:
        server: Postgres = request.getfixturevalue("postgres")
        url = await asyncio.to_thread(server.database)
    await migrate(url)
    engine = await asyncio.to_thread(open_database, url)
    yield engine
    await engine.dispose()


def new(number: int, status: Status = Status.RUNNING, *, channel: str = "C1", team: str = "T1") -> NewRecap:
    ts = f"{number}.0"
    recap_id = f"{team}:{channel}:{ts}:F{number}"
    return NewRecap(id=recap_id, team=team, channel=channel, thread_ts=ts, user="U1", request={}, status=status)


async def test_a_channel_that_nobody_set_has_the_default(database: AsyncEngine) -> None:
    assert await Channels(database).policy("T1", "C1") == Policy(manner=Manner.AUTOMATIC)


async def test_the_last_choice_stands_with_who_and_when(database: AsyncEngine) -> None:
    channels = Channels(database)
    await channels.choose("T1", "C1", Manner.OFF, by="U1")
    await channels.choose("T1", "C1", Manner.OFFER, by="U2")
    policy = await channels.policy("T1", "C1")
    assert (policy.manner, policy.set_by) == (Manner.OFFER, "U2")
    assert policy.set_at == pytest.approx(datetime.now(UTC).timestamp(), abs=60)
    assert (await channels.policy("T2", "C1")).set_by is None


async def test_many_choices_at_once_leave_one(database: AsyncEngine) -> None:
    channels = Channels(database)
    await asyncio.gather(*(channels.choose("T1", "C1", manner, by="U1") for manner in Manner))
    assert (await channels.policy("T1", "C1")).set_by == "U1"


async def test_a_refusal_of_offers_ends_or_does_not(database: AsyncEngine) -> None:
    channels = Channels(database)
    await channels.refuse_offers("T1", "C1", "U1", until=datetime.now(UTC) + timedelta(days=1))
    assert await channels.refuses_offers("T1", "C1", "U1")
    assert not await channels.refuses_offers("T1", "C2", "U1")
    await channels.refuse_offers("T1", "C1", "U1", until=datetime.now(UTC) - timedelta(seconds=1))
    assert not await channels.refuses_offers("T1", "C1", "U1")
    await channels.refuse_offers("T1", "C1", "U1", until=None)
    assert await channels.refuses_offers("T1", "C1", "U1")
    assert await channels.take_offers("T1", "C1", "U1")
    assert not await channels.take_offers("T1", "C1", "U1")
    assert not await channels.refuses_offers("T1", "C1", "U1")


async def test_many_refusals_at_once_are_one(database: AsyncEngine) -> None:
    channels = Channels(database)
    await asyncio.gather(*(channels.refuse_offers("T1", "C1", "U1", until=None) for _ in range(5)))
    assert await channels.refuses_offers("T1", "C1", "U1")


async def test_the_second_is_told_of_the_first_and_nothing_is_recorded_of_it(database: AsyncEngine) -> None:
    claims, recaps = Claims(database), Recaps(database)
    assert await claims.open(new(1), ["a"]) == Opening(opened=True)
    assert await claims.open(new(1), ["a"]) == Opening(opened=True), "the same act, delivered again"
    assert await claims.open(new(2), ["a"]) == Opening(first=new(1).id)
    assert await recaps.get(new(2).id) is None
    assert (await claims.open(new(3, channel="C2"), ["a"])).opened
    assert (await claims.open(new(4, team="T2"), ["a"])).opened
    assert await claims.first("T1", "C1", "a") == new(1).id
    assert await claims.first("T1", "C9", "a") is None


async def test_of_many_at_once_one_is_first(database: AsyncEngine) -> None:
    claims = Claims(database)
    openings = await asyncio.gather(*(claims.open(new(number), ["a"]) for number in range(1, 7)))
    (first,) = [number for number, opening in enumerate(openings, 1) if opening.opened]
    assert {opening.first for opening in openings} == {None, new(first).id}


@pytest.mark.parametrize("ended", [Status.FAILED, Status.CANCELED, Status.DELETED, Status.REPEATED])
async def test_what_is_no_more_makes_room(database: AsyncEngine, ended: Status) -> None:
    claims, recaps = Claims(database), Recaps(database)
    await claims.open(new(1), ["a"])
    await recaps.change(new(1).id, status=ended)
    openings = await asyncio.gather(*(claims.open(new(number), ["a"]) for number in (2, 3)))
    assert sorted(opening.opened for opening in openings) == [False, True]


@pytest.mark.parametrize("forget", [Recaps.remove, Recaps.erase])
async def test_what_is_forgotten_leaves_no_claim(database: AsyncEngine, forget: object) -> None:
    claims, recaps = Claims(database), Recaps(database)
    await claims.open(new(1), ["a"])
    await (recaps.remove if forget is Recaps.remove else recaps.erase)(new(1).id)
    assert (await claims.open(new(2), ["a"])).opened


async def test_a_wish_of_its_own_is_another_recap_and_is_found_by_both_names_where_it_was_first(
    database: AsyncEngine,
) -> None:
    claims = Claims(database)
    assert (await claims.open(new(1), ["a in german"], ["a"])).opened
    assert await claims.open(new(2), ["a"]) == Opening(first=new(1).id)
    assert (await claims.open(new(3), ["a short"], ["a"])).opened
    assert await claims.first("T1", "C1", "a") == new(1).id
    assert (await claims.open(new(4), [], ["a", "a short"])).opened, "recap anyway"
    assert await claims.first("T1", "C1", "a short") == new(3).id


async def test_more_becomes_known_of_a_recording_while_it_is_worked_on(database: AsyncEngine) -> None:
    claims = Claims(database)
    await claims.open(new(1), ["file 1"])
    await claims.open(new(2), ["file 2"])
    found = await asyncio.gather(*(claims.claim(new(number), "bytes") for number in (1, 2)))
    assert sorted(found, key=str) in ([None, new(1).id], [None, new(2).id][::-1]) or set(found) == {None, new(2).id}
    winner = 1 if found[0] is None else 2
    assert await claims.claim(new(winner), "bytes") is None, "its own claim is no other's"
    await claims.release(new(winner).id)
    assert await claims.first("T1", "C1", "bytes") is None


async def test_an_offer_is_made_once_and_gives_way_to_who_asks(database: AsyncEngine) -> None:
    claims, recaps = Claims(database), Recaps(database)
    living = (*LIVING, Status.OFFERED)
    for _ in range(3):
        assert (await claims.open(new(1, Status.OFFERED), ["a"], living=living)).opened, "the same offer, again"
    assert not (await claims.open(new(2, Status.OFFERED), ["a"], living=living)).opened
    assert await recaps.in_thread("T1", "C1", "1.0") == []
    assert (await claims.open(new(3), ["a"])).opened
    assert await claims.open(new(1), ["a"]) == Opening(first=new(3).id), "accepted too late"
    await recaps.change(new(3).id, status=Status.FAILED)
    assert (await claims.open(new(1), ["a"])).opened
    record = await recaps.get(new(1).id)
    assert record is not None
    assert record.status is Status.RUNNING


async def test_a_repeat_stays_one_when_it_is_delivered_again(database: AsyncEngine) -> None:
    claims, recaps = Claims(database), Recaps(database)
    await claims.open(new(1), ["a"])
    row = new(2).model_dump(exclude={"id", "status"})
    await recaps.open(new(2).id, **row, status=Status.REPEATED)
    await recaps.change(new(1).id, status=Status.DELETED)
    assert await claims.open(new(2), ["a"]) == Opening()
