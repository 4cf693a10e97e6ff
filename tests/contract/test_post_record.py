"""The record of posts in memory and in the database keep one contract."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from services.publishing.record import Post, PostRecord
from services.storage.database import migrate, open_database
from services.storage.posts import Posts
from tests.fakes.posts import MemoryPosts


@pytest.fixture(params=["memory", "database"])
async def posts(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[PostRecord]:
    if request.param == "memory":
        yield MemoryPosts()
        return
    url = f"sqlite:///{tmp_path}/posts.sqlite"
    await migrate(url)
    engine = await asyncio.to_thread(open_database, url)
    yield Posts(engine)
    await engine.dispose()


async def intend(posts: PostRecord, key: str) -> Post:
    return await posts.intend(key, team="T1", channel="C1", thread_ts="1.1", kind="message")


async def test_only_the_first_intent_is_fresh(posts: PostRecord) -> None:
    assert (await intend(posts, "R:recap")).fresh
    again = await intend(posts, "R:recap")
    assert (again.fresh, again.ts, again.channel) == (False, None, "C1")


async def test_results_are_found_with_the_intent(posts: PostRecord) -> None:
    await intend(posts, "R:recap")
    await posts.posted("R:recap", file_id="F1")
    await posts.posted("R:recap", ts="2.2")
    again = await intend(posts, "R:recap")
    assert (again.ts, again.file_id) == ("2.2", "F1")


async def test_a_subject_has_its_own_posts_only(posts: PostRecord) -> None:
    for key in ("R:recap", "R:audio:0", "R2:recap", "R_:recap"):
        await intend(posts, key)
    assert {post.key for post in await posts.of("R")} == {"R:recap", "R:audio:0"}


async def test_a_forgotten_intent_is_fresh_again(posts: PostRecord) -> None:
    await intend(posts, "R:recap")
    for _ in range(2):
        await posts.forget("R:recap")
    assert (await intend(posts, "R:recap")).fresh
