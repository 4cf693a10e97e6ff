"""Recordings on pages that yt-dlp does not know by name, and pages that are built to harm: bounded in every way."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path
from typing import Any

from services.media.sites import Found, Reason
from services.vocabulary.errors import RetryableError, UserError
from services.vocabulary.source import Publication
from tests.replay import Outside, outside


def _children() -> list[str]:
    """The command lines of our living children that run yt-dlp, and of theirs."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue
        if "sites.job" in command and f"PPid:\t{os.getpid()}\n" in (process / "status").read_text():
            found.append(command)
    return found


async def _two_at_a_time(work: Callable[[str], Awaitable[Any]], paths: Iterable[str]) -> dict[str, Any]:
    turns = asyncio.Semaphore(2)

    async def one(path: str) -> tuple[str, Any]:
        async with turns:
            return path, await work(path)

    return dict(await asyncio.gather(*(one(path) for path in paths)))


async def _looks(out: Outside, paths: Iterable[str]) -> dict[str, Any]:
    return await _two_at_a_time(lambda path: out.outcome(f"{out.web.pages}/{path}"), paths)


async def _sound(out: Outside, found: Found, folder: Path) -> Any:
    """The file's name and size, or the error and the seconds that it took."""
    await asyncio.to_thread(folder.mkdir, exist_ok=True)
    began = time.monotonic()
    try:
        path = await out.sites.audio(found, folder, limit=3 << 20)
    except (UserError, RetryableError) as error:
        return error, time.monotonic() - began
    return path.relative_to(folder).stem, path.stat().st_size


async def test_media_of_every_ordinary_kind_is_found_and_fetched(tmp_path: Path) -> None:
    paths = ("sound.mp3", "hls.m3u8", "dash.mpd", "og.html")
    async with outside(tmp_path) as out:
        found = await _looks(out, paths)
        assert {path: type(each) for path, each in found.items()} == dict.fromkeys(paths, Found)
        sounds = await _two_at_a_time(lambda path: _sound(out, found[path], tmp_path / path), paths[1:3])
    assert found["og.html"].publication.title == "../../../tmp/pwn $(touch x)", "said, but never a path"
    assert {name for name, _ in sounds.values()} == {"sound"}
    assert all(size > 10_000 for _, size in sounds.values())


async def test_pages_that_lead_astray_are_refused_with_a_reason(tmp_path: Path) -> None:
    refused = {
        "nothing.html": Reason.GONE,
        "file-redirect": Reason.FORBIDDEN,
        "metadata-redirect": Reason.FORBIDDEN,
        "og-file.html": Reason.UNSUPPORTED,
    }
    async with outside(tmp_path) as out:
        errors = await _looks(out, refused)
        assert {path: getattr(error, "reason", error) for path, error in errors.items()} == refused
        playlist = await out.outcome(f"{out.web.pages}/file.m3u8")
        error, _ = await _sound(out, playlist, tmp_path / "file")
        assert error.reason is Reason.FORBIDDEN
    assert not list((tmp_path / "file").iterdir())


async def test_a_bomb_is_stopped_at_its_limit(tmp_path: Path) -> None:
    async with outside(tmp_path, probe=4) as out:
        began = time.monotonic()
        error = await out.outcome(f"{out.web.pages}/bomb.html")
        assert time.monotonic() - began < 3 * 4, "idle within a second of it; a busy machine takes longer to kill"
        assert error.reason in (Reason.TOO_SLOW, Reason.BROKEN)
        assert not await asyncio.to_thread(_children)


async def _fetched(out: Outside, path: str, folder: Path) -> Any:
    found = Found(url=f"{out.web.pages}/{path}", publication=Publication(title="x"))
    return await _sound(out, found, folder)


async def test_endless_huge_and_many_are_bounded_in_bytes(tmp_path: Path) -> None:
    paths = ("endless.mp3", "huge.mp3", "many.m3u8")
    async with outside(tmp_path) as out:
        outcomes = await _two_at_a_time(lambda path: _fetched(out, path, tmp_path / "out"), paths)
        assert not await asyncio.to_thread(_children)
    assert {path: error.reason for path, (error, _) in outcomes.items()} == dict.fromkeys(paths, Reason.TOO_LARGE)
    assert sum("/segment" in request for request in out.web.requests) < 1000
    assert not list((tmp_path / "out").iterdir())
    assert not list((tmp_path / "scratch").iterdir())


async def test_a_trickle_is_stopped_within_a_second_of_its_limit(tmp_path: Path) -> None:
    async with outside(tmp_path, audio=4) as out:
        error, seconds = await _fetched(out, "trickle.mp3", tmp_path / "out")
        assert not await asyncio.to_thread(_children)
    assert error.reason is Reason.TOO_SLOW
    assert seconds < 5
