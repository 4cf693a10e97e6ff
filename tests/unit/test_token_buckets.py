"""The line for an allowance, in the database that all workers share."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from services.storage.database import migrate, open_database
from services.storage.token_buckets import Place, TokenBuckets
from tests.postgres.server import NoPostgresError, Postgres, postgres_server

NOW = 1_800_000_000.0
FAR = NOW + 10_000


@pytest.fixture(scope="module")
def postgres() -> Iterator[Postgres]:
    try:
        with postgres_server() as server:
            yield server
    except NoPostgresError as error:
        pytest.skip(f"there is no PostgreSQL here: {error}")


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/buckets.sqlite"
    server: Postgres = request.getfixturevalue("postgres")
    return server.database()


@pytest.fixture
async def two(url: str) -> AsyncIterator[tuple[TokenBuckets, TokenBuckets]]:
    """Two workers on one database."""
    await migrate(url)
    engines = [await asyncio.to_thread(open_database, url) for _ in range(2)]
    yield TokenBuckets(engines[0]), TokenBuckets(engines[1])
    for engine in engines:
        await engine.dispose()


async def test_places_follow_each_other_across_workers(two: tuple[TokenBuckets, TokenBuckets]) -> None:
    async def one(index: int) -> Place | None:
        return await two[index % 2].book("m", tokens=10, calls=1, now=NOW, latest=FAR)

    places = [place for place in await asyncio.gather(*(one(index) for index in range(24))) if place]
    assert sorted(place.tokens for place in places) == [NOW + 10 * (n + 1) for n in range(24)]
    assert sorted(place.calls for place in places) == [NOW + n + 1 for n in range(24)]


async def test_names_have_lines_of_their_own(two: tuple[TokenBuckets, TokenBuckets]) -> None:
    for name in ("a", "b"):
        place = await two[0].book(name, tokens=10, calls=1, now=NOW, latest=FAR)
        assert place
        assert place.tokens == NOW + 10


async def test_a_booking_that_would_end_too_late_takes_nothing(two: tuple[TokenBuckets, TokenBuckets]) -> None:
    first, second = two
    assert await first.book("m", tokens=50, calls=1, now=NOW, latest=NOW + 60)
    assert await second.book("m", tokens=50, calls=1, now=NOW, latest=NOW + 60) is None
    assert await second.book("m", tokens=1, calls=61, now=NOW, latest=NOW + 60) is None
    place = await second.book("m", tokens=10, calls=1, now=NOW, latest=NOW + 60)
    assert place
    assert (place.tokens, place.calls) == (NOW + 60, NOW + 2)


async def test_what_is_given_back_makes_room_for_the_others(two: tuple[TokenBuckets, TokenBuckets]) -> None:
    first, second = two
    await first.book("m", tokens=60, calls=1, now=NOW, latest=NOW + 60)
    await first.give_back("m", 45)
    assert await second.returned("m") == 45
    place = await second.book("m", tokens=45, calls=1, now=NOW, latest=NOW + 60)
    assert place
    assert place.tokens - place.returned == NOW + 60


async def test_an_allowance_does_not_pile_up_while_nobody_asks(two: tuple[TokenBuckets, TokenBuckets]) -> None:
    await two[0].book("m", tokens=5, calls=1, now=NOW, latest=FAR)
    place = await two[0].book("m", tokens=5, calls=1, now=NOW + 1000, latest=FAR)
    assert place
    assert place.tokens == NOW + 1005
