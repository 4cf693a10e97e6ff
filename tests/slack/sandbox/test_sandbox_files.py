from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from slack_sdk.errors import SlackApiError

from sandbox.slack.manifest import Manifest
from tests.slack.local_workspace import LocalWorkspace, eventually, local_workspace
from tests.slack.sandbox.app import connected, new_app

SOUND = bytes(range(256)) * 40


async def test_a_shared_file_comes_with_its_message_and_can_be_downloaded(sandbox: LocalWorkspace) -> None:
    heard = new_app(sandbox)
    ada, general = sandbox.person("ada"), sandbox.channel("general")
    async with connected(sandbox, heard.app):
        file_id, ts = await ada.share(general, SOUND, "Team Meeting.m4a", comment="from today")
        message = await heard.one("message", "file_share")
        shared = await heard.one("file_shared")
    [file] = message["files"]
    assert message["ts"] == ts
    assert message["text"] == "from today"
    assert shared["file_id"] == file_id == file["id"]
    assert shared["channel_id"] == general
    assert (file["mimetype"], file["filetype"], file["size"], file["mode"]) == (
        "audio/mp4",
        "m4a",
        len(SOUND),
        "hosted",
    )
    assert file["shares"]["public"][general][0]["ts"] == ts
    async with sandbox.session.get(file["permalink"], allow_redirects=False) as response:
        assert response.headers["Location"] == file["url_private"]
    headers = {"Authorization": "Bearer xoxb-sandbox"}
    async with sandbox.session.get(file["url_private_download"], headers=headers) as response:
        assert response.status == 200
        assert response.content_type == "audio/mp4"
        assert await response.read() == SOUND


async def test_a_bad_token_gets_a_login_page_with_status_200(sandbox: LocalWorkspace) -> None:
    ada, general = sandbox.person("ada"), sandbox.channel("general")
    file_id, _ = await ada.share(general, SOUND, "talk.mp3")
    file = (await sandbox.bot.files_info(file=file_id))["file"]
    for headers in ({"Authorization": "Bearer xoxb-wrong"}, {}):
        async with sandbox.session.get(file["url_private"], headers=headers) as response:
            assert response.status == 200
            assert response.content_type == "text/html"


async def test_the_page_plays_files_by_its_cookie_and_in_ranges(sandbox: LocalWorkspace) -> None:
    ada, general = sandbox.person("ada"), sandbox.channel("general")
    file_id, _ = await ada.share(general, SOUND, "talk.mp3")
    file = (await ada.client.files_info(file=file_id))["file"]
    async with sandbox.session.get(f"{sandbox.url}/sandbox/state") as response:
        cookie = response.headers["Set-Cookie"].split(";")[0]
    headers = {"Cookie": cookie, "Range": "bytes=100-199"}
    async with sandbox.session.get(file["url_private"], headers=headers) as response:
        assert response.status == 206
        assert await response.read() == SOUND[100:200]


async def test_a_file_of_a_private_channel_is_hidden_from_those_outside(sandbox: LocalWorkspace) -> None:
    ada, alan, plans = sandbox.person("ada"), sandbox.person("alan"), sandbox.channel("plans")
    file_id, _ = await ada.share(plans, SOUND, "secret.wav")
    file = (await ada.client.files_info(file=file_id))["file"]
    assert list(file["shares"]) == ["private"]
    for outsider in (alan.client, sandbox.bot):
        with pytest.raises(SlackApiError, match="file_not_found"):
            await outsider.files_info(file=file_id)
    async with sandbox.session.get(file["url_private"], headers={"Authorization": "Bearer xoxb-sandbox"}) as response:
        assert response.content_type == "text/html"


async def test_without_the_scope_the_app_may_not_download(sandbox: LocalWorkspace) -> None:
    manifest = Manifest(scopes=frozenset({"chat:write"}))
    async with local_workspace(manifest=manifest) as narrow:
        file_id, _ = await narrow.person("ada").share(narrow.channel("general"), SOUND, "talk.mp3")
        with pytest.raises(SlackApiError) as raised:
            await narrow.bot.files_info(file=file_id)
    assert raised.value.response["error"] == "missing_scope"
    assert raised.value.response["needed"] == "files:read"
    assert raised.value.response["provided"] == "chat:write"


async def test_the_length_of_an_upload_must_be_what_was_announced(sandbox: LocalWorkspace) -> None:
    ada = sandbox.person("ada")
    ticket = await ada.client.files_getUploadURLExternal(filename="a.mp3", length=10)
    for body in (b"123456789", b"12345678901"):
        async with sandbox.session.post(ticket["upload_url"], data=body) as response:
            assert response.status == 400
    with pytest.raises(SlackApiError, match="file_not_found"):
        await ada.client.files_completeUploadExternal(files=[{"id": ticket["file_id"]}])
    async with sandbox.session.post(ticket["upload_url"], data=b"1234567890") as response:
        assert await response.text() == "OK - 10"
        assert response.content_type == "text/plain"
    await ada.client.files_completeUploadExternal(files=[{"id": ticket["file_id"], "title": "A"}])
    assert (await ada.client.files_info(file=ticket["file_id"]))["file"]["title"] == "A"


async def test_an_empty_file_can_be_shared(sandbox: LocalWorkspace) -> None:
    ada = sandbox.person("ada")
    file_id, _ = await ada.share(sandbox.channel("general"), b"", "empty.mp3")
    assert (await ada.client.files_info(file=file_id))["file"]["size"] == 0


async def test_too_large_uploads_and_no_lengths_are_refused(sandbox: LocalWorkspace) -> None:
    ada = sandbox.person("ada")
    with pytest.raises(SlackApiError, match="file_upload_size_restricted"):
        await ada.client.files_getUploadURLExternal(filename="a.mp3", length=1024**3 + 1)
    with pytest.raises(SlackApiError, match="invalid_arguments"):
        await ada.client.files_getUploadURLExternal(filename="a.mp3", length=-1)


async def test_the_clients_own_upload_works_into_a_thread(sandbox: LocalWorkspace) -> None:
    heard = new_app(sandbox)
    ada, general = sandbox.person("ada"), sandbox.channel("general")
    async with connected(sandbox, heard.app):
        parent = await ada.post(general, "listen to this")
        await sandbox.bot.files_upload_v2(
            channel=general,
            thread_ts=parent,
            filename="recap.mp3",
            content=SOUND,
            initial_comment="spoken",
            title="Recap",
        )
        event = await heard.one("message", "file_share")
    assert event["thread_ts"] == parent
    assert event["bot_id"] == sandbox.info["bot"]["bot_id"]
    assert event["files"][0]["title"] == "Recap"
    assert event["files"][0]["shares"]["public"][general][0]["thread_ts"] == parent


async def test_several_files_make_one_message(sandbox: LocalWorkspace) -> None:
    general = sandbox.channel("general")
    uploads = [{"filename": "a.srt", "content": "1"}, {"filename": "b.vtt", "content": "2"}]
    await sandbox.bot.files_upload_v2(channel=general, file_uploads=uploads)
    ada = sandbox.person("ada")
    await eventually(lambda: sandbox.slack.workspace.messages[general])
    [message] = await ada.messages(general)
    assert [file["name"] for file in message["files"]] == ["a.srt", "b.vtt"]


async def test_a_deleted_file_leaves_a_tombstone(sandbox: LocalWorkspace) -> None:
    heard = new_app(sandbox)
    ada, general = sandbox.person("ada"), sandbox.channel("general")
    async with connected(sandbox, heard.app):
        file_id, _ = await ada.share(general, SOUND, "talk.mp3")
        address = (await ada.client.files_info(file=file_id))["file"]["url_private"]
        with pytest.raises(SlackApiError, match="cant_delete_file"):
            await sandbox.bot.files_delete(file=file_id)
        await ada.client.files_delete(file=file_id)
        event = await heard.one("file_deleted")
        changed = await heard.one("message", "message_changed")
    assert changed["message"]["files"] == [{"id": file_id, "mode": "tombstone"}]
    assert changed["previous_message"]["files"][0]["name"] == "talk.mp3"
    assert event["file_id"] == file_id
    [message] = await ada.messages(general)
    assert message["files"] == [{"id": file_id, "mode": "tombstone"}]
    with pytest.raises(SlackApiError, match="file_deleted"):
        await ada.client.files_info(file=file_id)
    async with sandbox.session.get(address, headers={"Authorization": f"Bearer {ada.token}"}) as response:
        assert response.status == 404


async def test_a_completed_upload_is_shared_only_a_moment_later(sandbox: LocalWorkspace) -> None:
    ada, general = sandbox.person("ada"), sandbox.channel("general")
    ticket = await ada.client.files_getUploadURLExternal(filename="a.mp3", length=3)
    async with sandbox.session.post(ticket["upload_url"], data=b"abc") as response:
        assert response.status == 200
    await ada.client.files_completeUploadExternal(files=[{"id": ticket["file_id"]}], channel_id=general)
    assert (await ada.client.files_info(file=ticket["file_id"]))["file"]["shares"] == {}
    sandbox.clock.advance(1)
    await asyncio.sleep(0.05)
    assert general in (await ada.client.files_info(file=ticket["file_id"]))["file"]["shares"]["public"]


async def test_a_large_upload_goes_to_disk_in_pieces(sandbox: LocalWorkspace, tmp_path: Path) -> None:
    ada = sandbox.person("ada")
    size = 24 * 1024 * 1024
    big = tmp_path / "big.wav"
    await asyncio.to_thread(big.write_bytes, b"\0" * size)
    file_id, _ = await ada.share(sandbox.channel("general"), big, "big.wav")
    assert (await ada.client.files_info(file=file_id))["file"]["size"] == size


async def test_strange_names_survive(sandbox: LocalWorkspace) -> None:
    ada, general = sandbox.person("ada"), sandbox.channel("general")
    for name in ('"quoted"\r\nX: y.mp3', "تسجيل 🎧.mp3", "n" * 300 + ".mp3"):
        file_id, _ = await ada.share(general, SOUND, name)
        file = (await ada.client.files_info(file=file_id))["file"]
        assert file["name"] == name
        headers = {"Authorization": f"Bearer {ada.token}"}
        async with sandbox.session.get(file["url_private_download"], headers=headers) as response:
            assert await response.read() == SOUND
            assert response.headers["Content-Disposition"].startswith("attachment;")
