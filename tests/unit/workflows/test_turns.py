"""Writers of one SQLite file take turns, and nobody keeps the turn."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import IntegrityError

from services.workflows.turns import take_turns

_ADD = text("INSERT INTO numbers VALUES (:number)")


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """A file with one table, and no patience with a busy one."""
    engine = create_engine(f"sqlite:///{tmp_path / 'turns.db'}", connect_args={"timeout": 1.0})
    take_turns(engine)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE numbers (number INTEGER PRIMARY KEY)"))
    yield engine
    engine.dispose()


def _count(engine: Engine) -> int:
    with engine.connect() as connection:
        return int(connection.execute(text("SELECT count(*) FROM numbers")).scalar_one())


def test_many_threads_write_one_after_the_other(engine: Engine) -> None:
    writing, most = set[int](), 0
    lock = threading.Lock()

    def write(number: int) -> None:
        nonlocal most
        with engine.begin() as connection:
            for step in range(3):
                connection.execute(_ADD, {"number": 3 * number + step})
                with lock:
                    writing.add(number)
                    most = max(most, len(writing))
            with lock:
                writing.remove(number)

    with ThreadPoolExecutor(12) as threads:
        list(threads.map(write, range(200)))
    assert most == 1
    assert _count(engine) == 600


def test_who_fails_gives_the_turn_on(engine: Engine) -> None:
    with pytest.raises(IntegrityError), engine.begin() as connection:
        connection.execute(_ADD, [{"number": 1}, {"number": 1}])
    with engine.connect() as connection:
        connection.execute(_ADD, {"number": 2})  # and never committed
    with ThreadPoolExecutor(1) as threads:
        threads.submit(_commit, engine, 3).result(timeout=10)
    assert _count(engine) == 1


def _commit(engine: Engine, number: int) -> None:
    with engine.begin() as connection:
        connection.execute(_ADD, {"number": number})
