"""The reader of Slack's files against a server that behaves, and misbehaves, as Slack's file host does."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient

from services.media.slack_answers import download_url
from services.media.slack_files import SlackFiles
from services.media.slack_hosts import is_file_host
from services.vocabulary.errors import EarshotError, OperatorError, RetryableError, UserError

TOKEN = "xoxb-local"
BYTES = bytes(range(256)) * 4096
Serve = Callable[[web.Request], Awaitable[web.StreamResponse]]


class FileHost:
    """One file, told of by `files.info` and delivered by `serve`. It remembers the requests for the bytes."""

    def __init__(self) -> None:
        self.answer: dict[str, Any] = {}
        self.status = 200
        self.changes: dict[str, Any] = {}
        self.serve: Serve = self.whole
        self.requests: list[web.Request] = []
        self.url = ""

    async def info(self, request: web.Request) -> web.Response:
        assert request.headers["Authorization"] == f"Bearer {TOKEN}"
        if self.status != 200:
            return web.Response(status=self.status, text="<html>Server Error</html>", content_type="text/html")
        file = {
            "id": request.query["file"],
            "name": "meeting.mp3",
            "mimetype": "audio/mpeg",
            "mode": "hosted",
            "size": len(BYTES),
            "url_private": f"{self.url}/bytes",
            "url_private_download": f"{self.url}/bytes",
            "permalink": f"{self.url}/files/U1/F1",
        }
        return web.json_response(self.answer or {"ok": True, "file": file | self.changes})

    async def bytes(self, request: web.Request) -> web.StreamResponse:
        self.requests.append(request)
        return await self.serve(request)

    async def whole(self, request: web.Request) -> web.StreamResponse:
        if request.headers.get("Authorization") != f"Bearer {TOKEN}":
            return web.Response(text="<html>log in</html>", content_type="text/html")
        return web.Response(body=BYTES, content_type="audio/mpeg")


@asynccontextmanager
async def served(host: FileHost) -> AsyncIterator[str]:
    app = web.Application()
    app.router.add_route("*", "/api/files.info", host.info)
    app.router.add_get("/{path:.*}", host.bytes)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield host.url
    finally:
        await runner.cleanup()


@pytest.fixture
async def host() -> AsyncIterator[FileHost]:
    host = FileHost()
    async with served(host):
        yield host


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def files(host: FileHost, session: aiohttp.ClientSession) -> SlackFiles:
    return reader(host, session)


def reader(host: FileHost, session: aiohttp.ClientSession, **bounds: Any) -> SlackFiles:
    client = AsyncWebClient(token=TOKEN, base_url=f"{host.url}/api/", session=session)
    return SlackFiles(client, session=session, **({"max_bytes": 10 << 20, "idle": 0.5, "pause": 0.01} | bounds))


async def test_a_file_is_fetched_with_its_name_hash_and_link(host: FileHost, files: SlackFiles, tmp_path: Path) -> None:
    heard: list[float | None] = []

    file = await files.fetch("F1", tmp_path / "media", on_progress=heard.append)

    assert (tmp_path / "media").read_bytes() == BYTES
    assert file.sha256 == hashlib.sha256(BYTES).hexdigest()
    assert (file.id, file.name, file.size, file.mimetype) == ("F1", "meeting.mp3", len(BYTES), "audio/mpeg")
    assert file.permalink == f"{host.url}/files/U1/F1"
    assert heard == sorted(heard, key=lambda fraction: fraction or 0)
    assert heard[-1] == 1.0


async def test_a_name_that_deceives_is_cleaned_and_a_type_that_is_no_sound_is_not_passed_on(
    host: FileHost, files: SlackFiles, tmp_path: Path
) -> None:
    host.changes = {"name": "../\u202egnp.3pm", "mimetype": "text/html"}

    file = await files.fetch("F1", tmp_path / "media")

    assert (file.name, file.mimetype) == ("gnp.3pm", "application/octet-stream")


async def test_an_empty_file_is_fetched_as_empty(host: FileHost, files: SlackFiles, tmp_path: Path) -> None:
    async def nothing(_: web.Request) -> web.StreamResponse:
        return web.Response(body=b"", content_type="audio/mpeg")

    host.serve, host.changes = nothing, {"size": 0}

    assert (await files.fetch("F1", tmp_path / "media")).size == 0


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        ("file_not_found", UserError),
        ("file_deleted", UserError),
        ("access_denied", UserError),
        ("not_visible", UserError),
        ("missing_scope", OperatorError),
        ("invalid_auth", OperatorError),
        ("token_revoked", OperatorError),
        ("internal_error", RetryableError),
        ("ratelimited", RetryableError),
    ],
)
async def test_errors_of_files_info_are_sorted_by_who_acts(
    host: FileHost, files: SlackFiles, tmp_path: Path, error: str, kind: type[EarshotError]
) -> None:
    host.answer = {"ok": False, "error": error}

    with pytest.raises(kind):
        await files.fetch("F1", tmp_path / "media")


@pytest.mark.parametrize("status", [500, 502, 503])
async def test_a_server_that_stumbles_before_slack_answers_is_asked_again(
    host: FileHost, files: SlackFiles, tmp_path: Path, status: int
) -> None:
    host.status = status

    with pytest.raises(RetryableError):
        await files.fetch("F1", tmp_path / "media")


@pytest.mark.parametrize(
    ("file", "words"),
    [
        ({"mode": "tombstone"}, "no longer"),
        ({"mode": "hidden_by_limit"}, "limit"),
        ({"mode": "external", "is_external": True}, "somewhere else"),
        ({"is_external": True, "url_private": "https://drive.example.com/x"}, "somewhere else"),
        ({"mode": "canvas"}, "not a recording"),
        ({"file_access": "access_denied"}, "may not open"),
        ({"file_access": "file_not_found"}, "no longer"),
    ],
)
def test_files_without_bytes_for_us_get_a_sentence_of_their_own(file: dict[str, Any], words: str) -> None:
    with pytest.raises(UserError, match=words):
        download_url(file)


@pytest.mark.parametrize("file", [{"file_access": "check_file_info"}, {"mode": "hosted"}, {}])
def test_a_file_that_slack_is_still_working_on_is_tried_again(file: dict[str, Any]) -> None:
    with pytest.raises(RetryableError):
        download_url(file)


def test_the_address_for_downloading_goes_before_the_one_for_looking() -> None:
    assert download_url({"url_private": "a", "url_private_download": "b"}) == "b"
    assert download_url({"url_private": "a"}) == "a"


async def test_a_file_that_says_it_is_too_large_is_not_downloaded(
    host: FileHost, session: aiohttp.ClientSession, tmp_path: Path
) -> None:
    with pytest.raises(UserError, match="larger than 0 MB"):
        await reader(host, session, max_bytes=1000).fetch("F1", tmp_path / "media")

    assert not host.requests


async def test_a_file_that_hides_its_size_is_stopped_at_the_bound(
    host: FileHost, session: aiohttp.ClientSession, tmp_path: Path
) -> None:
    host.changes = {"size": 10}

    with pytest.raises(UserError, match="larger"):
        await reader(host, session, max_bytes=600_000).fetch("F1", tmp_path / "media")

    assert (tmp_path / "media").stat().st_size <= 600_000


async def test_the_login_page_in_place_of_the_file_is_the_operators_matter(
    host: FileHost, files: SlackFiles, tmp_path: Path
) -> None:
    async def login(_: web.Request) -> web.StreamResponse:
        return web.Response(text="<!doctype html><title>Sign in</title>", content_type="text/html")

    host.serve = login

    with pytest.raises(OperatorError, match="files:read"):
        await files.fetch("F1", tmp_path / "media")


@pytest.mark.parametrize(
    ("status", "kind"),
    [(401, OperatorError), (403, OperatorError), (404, UserError), (429, RetryableError), (503, RetryableError)],
)
async def test_statuses_of_the_file_host_are_sorted_by_who_acts(
    host: FileHost, files: SlackFiles, tmp_path: Path, status: int, kind: type[EarshotError]
) -> None:
    async def refuse(_: web.Request) -> web.StreamResponse:
        return web.Response(status=status)

    host.serve = refuse

    with pytest.raises(kind):
        await files.fetch("F1", tmp_path / "media")


async def test_a_redirect_within_the_host_is_followed(host: FileHost, files: SlackFiles, tmp_path: Path) -> None:
    async def move(request: web.Request) -> web.StreamResponse:
        if request.path == "/bytes":
            return web.Response(status=302, headers={"Location": "/elsewhere"})
        return await host.whole(request)

    host.serve = move

    assert (await files.fetch("F1", tmp_path / "media")).size == len(BYTES)


async def test_the_token_never_follows_a_redirect_to_another_host(
    host: FileHost, files: SlackFiles, tmp_path: Path
) -> None:
    thief = FileHost()
    async with served(thief):

        async def move(_: web.Request) -> web.StreamResponse:
            return web.Response(status=302, headers={"Location": f"{thief.url}/steal"})

        host.serve = move
        with pytest.raises(OperatorError, match="not a file host"):
            await files.fetch("F1", tmp_path / "media")

    assert not thief.requests


async def test_a_file_said_to_be_on_another_host_is_not_asked_for(
    host: FileHost, files: SlackFiles, tmp_path: Path
) -> None:
    host.changes = {"url_private_download": "http://127.0.0.1:1/bytes"}

    with pytest.raises(OperatorError):
        await files.fetch("F1", tmp_path / "media")


async def test_redirects_without_end_are_given_up(host: FileHost, files: SlackFiles, tmp_path: Path) -> None:
    async def round_and_round(_: web.Request) -> web.StreamResponse:
        return web.Response(status=302, headers={"Location": "/bytes"})

    host.serve = round_and_round

    with pytest.raises(RetryableError):
        await files.fetch("F1", tmp_path / "media")
    assert len(host.requests) == 5


async def test_a_broken_download_goes_on_where_it_broke(host: FileHost, files: SlackFiles, tmp_path: Path) -> None:
    async def break_once(request: web.Request) -> web.StreamResponse:
        if "Range" not in request.headers:
            return await half(request)
        start = int(request.headers["Range"].removeprefix("bytes=").removesuffix("-"))
        headers = {"Content-Range": f"bytes {start}-{len(BYTES) - 1}/{len(BYTES)}"}
        return web.Response(status=206, body=BYTES[start:], content_type="audio/mpeg", headers=headers)

    host.serve = break_once

    file = await files.fetch("F1", tmp_path / "media")

    assert (tmp_path / "media").read_bytes() == BYTES
    assert file.sha256 == hashlib.sha256(BYTES).hexdigest()
    assert len(host.requests) == 2


async def half(request: web.Request) -> web.StreamResponse:
    """Half of the bytes, then the connection is gone."""
    response = web.StreamResponse(headers={"Content-Length": str(len(BYTES)), "Content-Type": "audio/mpeg"})
    await response.prepare(request)
    await response.write(BYTES[: len(BYTES) // 2])
    assert request.transport
    request.transport.abort()
    return response


async def test_a_host_that_cannot_go_on_delivers_anew(host: FileHost, files: SlackFiles, tmp_path: Path) -> None:
    async def break_once(request: web.Request) -> web.StreamResponse:
        return await (half(request) if len(host.requests) == 1 else host.whole(request))

    host.serve = break_once

    file = await files.fetch("F1", tmp_path / "media")

    assert (tmp_path / "media").read_bytes() == BYTES
    assert file.sha256 == hashlib.sha256(BYTES).hexdigest()


async def test_a_connection_that_never_holds_is_tried_again_later(
    host: FileHost, files: SlackFiles, tmp_path: Path
) -> None:
    host.serve = half

    with pytest.raises(RetryableError):
        await files.fetch("F1", tmp_path / "media")
    assert 1 < len(host.requests) < 10


async def test_another_length_than_slack_said_is_tried_again_later(
    host: FileHost, files: SlackFiles, tmp_path: Path
) -> None:
    host.changes = {"size": len(BYTES) - 1}

    with pytest.raises(RetryableError, match="delivered"):
        await files.fetch("F1", tmp_path / "media")


async def test_a_host_that_stalls_is_given_up(host: FileHost, session: aiohttp.ClientSession, tmp_path: Path) -> None:
    async def trickle(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "audio/mpeg"})
        await response.prepare(request)
        while request.transport and not request.transport.is_closing():
            await response.write(b"x")
            await asyncio.sleep(0.05)
        return response

    host.serve = trickle

    with pytest.raises(RetryableError, match="within"):
        await reader(host, session, total=0.5).fetch("F1", tmp_path / "media")


@pytest.mark.parametrize(
    "url",
    [
        "https://files.slack.com/files-pri/T1-F1/download/a.mp3",
        "https://acme.slack.com/files/x",
        "https://slack.com/x",
    ],
)
def test_slacks_own_hosts_may_see_the_token(url: str) -> None:
    assert is_file_host(url, api_url="https://slack.com/api/")


@pytest.mark.parametrize(
    "url",
    [
        "http://files.slack.com/a",
        "https://files.slack.com:8443/a",
        "https://files.slack.com.evil.example/a",
        "https://evilslack.com/a",
        "https://files.slack.com@evil.example/a",
        "https://user:pass@files.slack.com/a",
        "https://evil.example\\.slack.com/a",
        "https://127.0.0.1/a",
        "file:///etc/passwd",
        "//files.slack.com/a",
        "https://files.slack-gov.com/a",
        "https://[broken/a",
        "https://files.slack.com:99999/a",
        "",
    ],
)
def test_no_other_host_may_see_the_token(url: str) -> None:
    assert not is_file_host(url, api_url="https://slack.com/api/")


def test_with_another_api_address_only_that_very_place_may_see_the_token() -> None:
    api = "http://127.0.0.1:8080/api/"

    assert is_file_host("http://127.0.0.1:8080/files/a", api_url=api)
    assert not is_file_host("http://127.0.0.1:8081/files/a", api_url=api)
    assert not is_file_host("https://127.0.0.1:8080/files/a", api_url=api)
    assert not is_file_host("https://files.slack.com/a", api_url=api)
