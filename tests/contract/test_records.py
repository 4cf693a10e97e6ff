"""Our tables keep one contract on SQLite and on PostgreSQL."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, insert, inspect, select, text, update
from sqlalchemy.exc import StatementError
from sqlalchemy.ext.asyncio import AsyncEngine

from services.storage.database import answers, migrate, open_database
from services.storage.exchanges import Exchanges
from services.storage.executors import Executors
from services.storage.posts import Posts
from services.storage.recaps import Recaps, Status
from services.storage.schema import exchanges, metadata, recaps
from services.vocabulary.media import Media
from services.vocabulary.question import Answer
from tests.postgres.server import Postgres

_ID = "T1:C1:1.1:F1"
_MEDIA = Media(id="abc", key="T1/media/abc", name="talk.mp3", size=3)


@pytest.fixture(params=["sqlite", "postgres"])
async def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/records.db"
    server: Postgres = request.getfixturevalue("postgres")
    return await asyncio.to_thread(server.database)


@pytest.fixture
async def database(url: str) -> AsyncIterator[AsyncEngine]:
    await migrate(url)
    engine = await asyncio.to_thread(open_database, url)
    yield engine
    await engine.dispose()


async def _open(database: AsyncEngine, recap_id: str = _ID) -> Recaps:
    records = Recaps(database)
    assert await records.open(recap_id, team="T1", channel="C1", thread_ts="1.1", user="U1", request={"name": "é\x00"})
    return records


async def _age(database: AsyncEngine, recap_id: str, **ages: timedelta) -> None:
    moments = {f"{column}_at": datetime.now(UTC) - age for column, age in ages.items()}
    async with database.begin() as connection:
        await connection.execute(update(recaps).where(recaps.c.id == recap_id).values(**moments))


async def test_the_migrations_make_the_tables_of_the_code_and_can_run_again(database: AsyncEngine, url: str) -> None:
    await migrate(url)

    def differences(connection: Connection) -> list[object]:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        found = compare_metadata(context, metadata)
        return [each for each in found if "dbos" not in str(each)]

    async with database.connect() as connection:
        assert await connection.run_sync(differences) == []
        assert "executors" in await connection.run_sync(lambda c: inspect(c).get_table_names())
    assert await answers(database)


async def test_a_recap_is_opened_once(database: AsyncEngine) -> None:
    records = await _open(database)
    assert not await records.open(_ID, team="T2", channel="C2", thread_ts="2.2", user="U2", request={})
    record = await records.get(_ID)
    assert record is not None
    assert (record.team, record.request, record.status) == ("T1", {"name": "é\x00"}, Status.RUNNING)
    assert [each.id for each in await records.in_thread("T1", "C1", "1.1")] == [_ID]


async def test_an_attempt_begins_once_and_only_after_the_one_before(database: AsyncEngine) -> None:
    records = await _open(database)
    await records.begin_attempt(_ID, 1)
    assert (record := await records.get(_ID)) is not None
    assert record.attempt == 0, "it runs"
    await records.change(_ID, status=Status.FAILED)
    for _ in range(2):
        await records.begin_attempt(_ID, 1)
    assert (record := await records.get(_ID)) is not None
    assert (record.attempt, record.status) == (1, Status.RUNNING)


async def test_recaps_of_the_same_bytes_find_each_other_until_they_are_erased(database: AsyncEngine) -> None:
    records = await _open(database)
    await _open(database, "T1:C1:2.2:F2")
    for each in (_ID, "T1:C1:2.2:F2"):
        await records.change(each, media=_MEDIA)
    assert set(await records.sharing("T1", "abc")) == {_ID, "T1:C1:2.2:F2"}
    assert await records.sharing("T2", "abc") == []
    await records.erase(_ID)
    assert await records.sharing("T1", "abc") == ["T1:C1:2.2:F2"]
    assert (record := await records.get(_ID)) is not None
    assert (record.request, record.media, record.status) == ({}, None, Status.DELETED)


async def test_what_does_not_move_is_found_until_it_moves(database: AsyncEngine) -> None:
    records = await _open(database)
    assert await records.still(10) == []
    await _age(database, _ID, changed=timedelta(minutes=11))
    assert await records.still(10) == [_ID]
    await records.touch({_ID})
    assert await records.still(10) == []
    await _age(database, _ID, changed=timedelta(minutes=11))
    await records.change(_ID, status=Status.DONE)
    assert await records.still(0.0) == [], "what has ended need not move"


async def test_what_is_old_and_has_ended_is_removed_with_all_that_hangs_on_it(database: AsyncEngine) -> None:
    records, exchanges = await _open(database), Exchanges(database)
    month = datetime.now(UTC) - timedelta(days=30)
    await _age(database, _ID, created=timedelta(days=31))
    assert await records.ended_before("T1", month, 10) == [], "it is being worked on"
    await records.change(_ID, status=Status.DONE)
    assert [each.id for each in await records.ended_before("T1", month, 10)] == [_ID]
    assert await records.ended_before("T1", month - timedelta(days=2), 10) == []
    assert await records.teams() == ["T1"]
    await exchanges.add("T1:C1:9:question", recap_id=_ID, user="U1", question="Why?", answer=Answer(found=False))
    await exchanges.rate(_ID, team="T1", user="U1", value="good")
    await exchanges.forget_ratings([_ID])
    await records.remove(_ID)
    assert await records.get(_ID) is None
    assert await exchanges.ids(_ID) == []


async def test_an_answer_is_kept_with_what_it_cost_and_older_ones_stay_readable(database: AsyncEngine) -> None:
    await _open(database)
    records = Exchanges(database)
    answer = Answer(found=True, prompt="answer-1-abc", model="claude", calls=1, input_tokens=900, cost=0.002)
    await records.add("q1", recap_id=_ID, user="U1", question="Why?", answer=answer)
    older = {"found": True, "sentences": [{"text": "Because.", "citations": []}], "language": "en", "engine": "x"}
    async with database.begin() as connection:
        (kept,) = (await connection.execute(select(exchanges.c.answer))).scalars()
        row = {"id": "q0", "recap_id": _ID, "user": "U1", "question": "When?", "answer": older}
        await connection.execute(insert(exchanges).values(**row))
    assert Answer.model_validate(kept) == answer
    assert {each.answer for each in await records.of(_ID)} == {"", "Because."}


async def test_exchanges_come_in_order_and_once(database: AsyncEngine) -> None:
    await _open(database)
    exchanges = Exchanges(database)
    for number in (1, 2, 2):
        await exchanges.add(f"q{number}", recap_id=_ID, user="U1", question=f"{number}?", answer=Answer(found=True))
    assert [each.question for each in await exchanges.of(_ID)] == ["1?", "2?"]


async def test_the_records_of_posts_go_by_subject(database: AsyncEngine) -> None:
    posts = Posts(database)
    for key in ("R:recap", "R:audio:0", "R_:recap"):
        await posts.intend(key, team="T1", channel="C1", thread_ts=None, kind="message")
    await posts.forget_all("R")
    assert await posts.of("R") == []
    assert len(await posts.of("R_")) == 1


async def test_an_id_is_held_until_it_is_taken_or_given_up(database: AsyncEngine) -> None:
    executors = Executors(database)
    await executors.arrive("a", "first", "all")
    await executors.arrive("b", "other", "web")
    assert await executors.beat("a", "first")
    assert await executors.living(["all", "worker"]) == {"a"}
    await executors.arrive("a", "second", "worker")
    assert not await executors.beat("a", "first"), "a later process of that name took it"
    await executors.give_up(60)
    assert await executors.beat("a", "second"), "it has not been silent"
    await executors.give_up(-1, sparing="a")
    assert await executors.beat("a", "second"), "nobody gives up itself"
    await executors.give_up(-1)
    assert not await executors.beat("a", "second")
    assert await executors.living(["worker"]) == set()
    await executors.leave("b", "not mine")
    await executors.arrive("b", "other", "web")
    await executors.leave("b", "other")
    assert await executors.living(["web"]) == set()


async def test_errors_of_the_database_do_not_show_what_people_said(database: AsyncEngine) -> None:
    with pytest.raises(StatementError) as caught:
        async with database.begin() as connection:
            await connection.execute(text("INSERT INTO nowhere VALUES (:words)"), {"words": "the lighthouse"})
    assert "lighthouse" not in str(caught.value)
