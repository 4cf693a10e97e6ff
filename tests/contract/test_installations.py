"""Installations keep one contract on SQLite and on PostgreSQL: tokens are sealed, renewed by one, and go for good."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncEngine

from services.storage.database import migrate, open_database
from services.storage.installations import Installations
from services.storage.oauth_states import OAuthStates
from services.storage.schema import installations, metadata, oauth_states
from services.storage.sealing import Seal
from services.storage.team_rows import TeamRows, tables_of_teams
from services.vocabulary.errors import OperatorError
from services.vocabulary.installation import Installation
from tests.postgres.server import Postgres

_OLD, _NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()
_A = Installation(
    team="T1",
    team_name="Ännchens",
    app="A1",
    bot="B1",
    bot_user="U1",
    scopes=("chat:write", "files:read"),
    installed_by="U7",
    token="xoxb-secret-one",
    refresh_token="xoxe-1-secret",
    expires_at=2_000_000_000.25,
)
_B = Installation(team="T2", bot_user="U2", token="xoxb-secret-two")


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


async def test_an_installation_comes_back_as_it_was_and_a_later_one_replaces_it(database: AsyncEngine) -> None:
    kept = Installations(database, Seal([_NEW]))
    await kept.keep(_A)
    await kept.keep(_B)
    assert await kept.of("T1") == _A
    assert await kept.of("T2") == _B
    again = _A.model_copy(update={"token": "xoxb-another", "refresh_token": None, "expires_at": None})
    await kept.keep(again)
    assert await kept.of("T1") == again
    assert sorted(await kept.teams()) == ["T1", "T2"]
    assert await kept.of("T3") is None


async def test_no_token_is_on_disk_or_in_what_is_printed(database: AsyncEngine) -> None:
    await Installations(database, Seal([_NEW])).keep(_A)
    async with database.connect() as connection:
        row = str((await connection.execute(select(installations))).one())
    for words in (row, repr(_A), str(_A)):
        assert "secret" not in words


async def test_a_key_is_replaced_by_putting_the_new_one_in_front(database: AsyncEngine) -> None:
    await Installations(database, Seal([_OLD])).keep(_A)
    await Installations(database, Seal([_OLD])).keep(_B)
    both = Installations(database, Seal([_NEW, _OLD]))
    assert await both.of("T1") == _A
    assert await both.reseal() == 2
    assert await both.reseal() == 0
    assert await Installations(database, Seal([_NEW])).of("T1") == _A
    unreadable = Installations(database, Seal([_OLD]))
    assert await unreadable.reseal() == 0, "one workspace that cannot be read must not keep the others from work"
    with pytest.raises(OperatorError, match="TOKEN_KEY"):
        await unreadable.of("T1")
    await unreadable.keep(_A)
    assert await unreadable.of("T1") == _A


async def test_tokens_put_into_another_workspaces_row_are_refused(database: AsyncEngine) -> None:
    kept = Installations(database, Seal([_NEW]))
    await kept.keep(_A)
    await kept.keep(_B)
    stolen = select(installations.c.sealed).where(installations.c.team == "T1").scalar_subquery()
    async with database.begin() as connection:
        await connection.execute(update(installations).where(installations.c.team == "T2").values(sealed=stolen))
    with pytest.raises(RuntimeError, match="another workspace"):
        await kept.of("T2")


@pytest.mark.parametrize("key", ["", "short", _NEW[:-1], "ü" * 44], ids=["none", "short", "cut", "no-bytes"])
def test_a_key_that_is_none_is_said_with_the_way_to_make_one(key: str) -> None:
    with pytest.raises(OperatorError, match="openssl rand"):
        Seal([key])


async def test_of_many_that_want_to_refresh_one_does(database: AsyncEngine) -> None:
    """Each process has an object of its own. On SQLite there is one process only."""
    postgres = database.dialect.name == "postgresql"
    one = Installations(database, Seal([_NEW]))
    await one.keep(_A)
    used = []

    async def refresh(held: Installation) -> Installation | None:
        if held.token != _A.token:
            return None
        await OAuthStates(database).issue()  # others go on writing meanwhile
        await asyncio.sleep(0.05)
        used.append(held.refresh_token)
        return held.model_copy(update={"token": "xoxe.xoxb-fresh", "refresh_token": "xoxe-2"})

    processes = [Installations(database, Seal([_NEW])) if postgres else one for _ in range(4)]
    results = await asyncio.gather(*(each.renew("T1", refresh) for each in processes))
    assert used == ["xoxe-1-secret"]
    assert {each.token for each in results if each} == {"xoxe.xoxb-fresh"}
    assert await one.renew("T9", refresh) is None


async def test_a_refresh_that_fails_leaves_what_was_there(database: AsyncEngine) -> None:
    kept = Installations(database, Seal([_NEW]))
    await kept.keep(_A)

    async def refresh(held: Installation) -> Installation | None:
        raise OperatorError("refused")

    with pytest.raises(OperatorError):
        await kept.renew("T1", refresh)
    assert await kept.of("T1") == _A


async def test_a_state_answers_once_and_in_time(database: AsyncEngine) -> None:
    here, there = OAuthStates(database), OAuthStates(database)
    state = await here.issue()
    assert await there.consume(state)
    assert not await here.consume(state)
    assert not await here.consume("invented")
    late = await here.issue()
    async with database.begin() as connection:
        await connection.execute(update(oauth_states).values(expires_at=time.time() - 1))
    assert not await here.consume(late)
    await here.issue()
    async with database.connect() as connection:
        assert len((await connection.execute(select(oauth_states))).all()) == 1, "old ones go by themselves"


# What belongs to no workspace. A new table either has a column `team` or stands here with its reason.
_OF_NOBODY = {
    "exchanges",  # hangs on recaps, by their id
    "token_buckets",  # allowances of models
    "executors",  # our own processes
    "oauth_states",  # nobody has installed yet
}


def test_every_table_belongs_to_a_workspace_or_to_nobody() -> None:
    assert {table.name for table in tables_of_teams()} == set(metadata.tables) - _OF_NOBODY


async def test_all_rows_of_a_workspace_go_and_no_others(database: AsyncEngine) -> None:
    kept = Installations(database, Seal([_NEW]))
    await kept.keep(_A)
    await kept.keep(_A.model_copy(update={"team": "T10"}))
    async with database.begin() as connection:
        for team in ("T1", "T10"):
            for table in tables_of_teams():
                if table is not installations:
                    values = {c.name: _filler(c, team) for c in table.c if not c.nullable and c.server_default is None}
                    await connection.execute(insert(table).values(**values))
            await connection.execute(
                insert(metadata.tables["exchanges"]).values(
                    id=f"{team}:q", recap_id=f"{team}:id", user="U1", question="?", answer={}
                )
            )
    gone = await TeamRows(database).forget("T1")
    assert set(gone.values()) == {1}, gone
    assert set(gone) == {table.name for table in tables_of_teams()} | {"exchanges"}
    assert set((await TeamRows(database).forget("T1")).values()) == {0}
    assert await kept.of("T10") is not None
    async with database.connect() as connection:
        for name in gone:
            assert (await connection.execute(text(f"SELECT count(*) FROM {name}"))).scalar() == 1, name  # noqa: S608


def _filler(column: object, team: str) -> object:
    name, kind = column.name, column.type.python_type  # type: ignore[attr-defined]
    if name == "team":
        return team
    if name in {"id", "key", "subject", "recap_id"}:
        return f"{team}:id"
    fillers = {"str": "x", "object": {}, "int": 0, "float": 0.0, "bool": False}
    return fillers[kind.__name__] if kind.__name__ in fillers else kind(2026, 1, 1)
