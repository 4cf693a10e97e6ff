from __future__ import annotations

import asyncio

import aiohttp

from sandbox.slack.manifest import Manifest
from tests.slack.local_workspace import JSON, LocalWorkspace, eventually, local_workspace
from tests.slack.sandbox.app import connected, new_app


async def _open(sandbox: LocalWorkspace) -> aiohttp.ClientWebSocketResponse:
    headers = {"Authorization": "Bearer xapp-sandbox"}
    async with sandbox.session.post(f"{sandbox.api_url}apps.connections.open", headers=headers) as response:
        url = (await response.json())["url"]
    return await sandbox.session.ws_connect(url)


async def _next(socket: aiohttp.ClientWebSocketResponse) -> JSON:
    return await socket.receive_json(timeout=5)  # type: ignore[no-any-return]


async def test_a_connection_is_greeted_and_its_ticket_works_once(sandbox: LocalWorkspace) -> None:
    socket = await _open(sandbox)
    hello = await _next(socket)
    assert hello["type"] == "hello"
    assert hello["connection_info"] == {"app_id": sandbox.info["bot"]["app_id"]}
    async with sandbox.session.get(str(socket._response.url)) as response:
        assert response.status == 401
    await socket.close()


async def test_only_the_app_token_opens_connections(sandbox: LocalWorkspace) -> None:
    answers = []
    for headers in ({"Authorization": "Bearer xoxb-sandbox"}, {"Authorization": "Bearer xapp-wrong"}, {}):
        async with sandbox.session.post(f"{sandbox.api_url}apps.connections.open", headers=headers) as response:
            answers.append((await response.json())["error"])
    assert answers == ["not_allowed_token_type", "invalid_auth", "not_authed"]


async def test_what_is_not_acked_comes_again_three_times(sandbox: LocalWorkspace) -> None:
    socket = await _open(sandbox)
    await _next(socket)
    await sandbox.person("ada").post(sandbox.channel("general"), "hello")
    received = []
    for _ in range(4):
        received.append(await _next(socket))
        await asyncio.sleep(0.02)
        sandbox.clock.advance(3.1)
    assert [envelope["retry_attempt"] for envelope in received] == [0, 1, 2, 3]
    assert [envelope["retry_reason"] for envelope in received] == ["", "timeout", "timeout", "timeout"]
    assert len({envelope["envelope_id"] for envelope in received}) == 4
    assert len({envelope["payload"]["event_id"] for envelope in received}) == 1
    await socket.send_json({"envelope_id": received[-1]["envelope_id"]})
    await socket.close()


async def test_events_come_in_the_order_in_which_they_happened(sandbox: LocalWorkspace) -> None:
    socket = await _open(sandbox)
    await _next(socket)
    ada, general = sandbox.person("ada"), sandbox.channel("general")
    written = [await ada.post(general, f"number {number}") for number in range(20)]
    received = [(await _next(socket))["payload"]["event"]["ts"] for _ in written]
    assert received == written
    await socket.close()


async def test_an_ack_may_come_on_another_connection(sandbox: LocalWorkspace) -> None:
    first, second = await _open(sandbox), await _open(sandbox)
    await _next(first)
    await _next(second)
    await sandbox.person("ada").post(sandbox.channel("general"), "hello")
    done, pending = await asyncio.wait(
        {asyncio.create_task(_next(first)), asyncio.create_task(_next(second))}, return_when=asyncio.FIRST_COMPLETED
    )
    envelope = done.pop().result()
    taken = await sandbox.journal()
    other = second if taken["deliveries"][0]["envelope_id"] == envelope["envelope_id"] else first
    await other.send_json({"envelope_id": envelope["envelope_id"]})
    await eventually(lambda: sandbox.slack.journal.deliveries[0].acked is not None)
    for task in pending:
        task.cancel()
    await first.close()
    await second.close()


async def test_an_app_that_acks_hears_everything_once(sandbox: LocalWorkspace) -> None:
    heard = new_app(sandbox)
    async with connected(sandbox, heard.app):
        await sandbox.person("ada").post(sandbox.channel("general"), "hello")
        await heard.one("message")
        await eventually(lambda: sandbox.slack.journal.deliveries[0].acked is not None)
        sandbox.clock.advance(10)
        await asyncio.sleep(0.1)
    assert len(heard.events) == 1


async def test_after_a_disconnect_the_app_comes_back_and_hears_on(sandbox: LocalWorkspace) -> None:
    heard = new_app(sandbox)
    general = sandbox.channel("general")
    async with connected(sandbox, heard.app):
        assert (await sandbox.control("disconnect"))["connections"] == 1
        await sandbox.person("ada").post(general, "between two connections")
        await heard.one("message")
        assert sandbox.slack.socket_mode.connections == 1


async def test_after_its_sockets_were_cut_the_app_comes_back_and_hears_on(sandbox: LocalWorkspace) -> None:
    heard = new_app(sandbox)
    async with connected(sandbox, heard.app):
        await sandbox.control("disconnect", hard=True)
        await sandbox.person("ada").post(sandbox.channel("general"), "while nobody is there")
        await heard.one("message")


async def test_events_wait_for_an_app_that_is_not_there_yet(sandbox: LocalWorkspace) -> None:
    await sandbox.person("ada").post(sandbox.channel("general"), "too early")
    heard = new_app(sandbox)
    async with connected(sandbox, heard.app):
        assert (await heard.one("message"))["text"] == "too early"


async def test_faults_of_delivery_make_the_app_hear_twice(sandbox: LocalWorkspace) -> None:
    for kind in ("duplicate", "lost_ack", "drop"):
        heard = new_app(sandbox)
        async with connected(sandbox, heard.app):
            await sandbox.fault(delivery=kind)
            await sandbox.person("ada").post(sandbox.channel("general"), kind)
            await asyncio.sleep(0.1)
            sandbox.clock.advance(3.1)
            await asyncio.sleep(0.2)
        texts = [event["text"] for event in heard.events]
        assert texts == ([kind] if kind == "drop" else [kind, kind])
        assert heard.retries[-1] == "1"


async def test_only_subscribed_events_are_delivered() -> None:
    manifest = Manifest(events=frozenset({"app_mention", "message.im"}), scopes=frozenset({"app_mentions:read"}))
    async with local_workspace(manifest=manifest) as narrow:
        heard = new_app(narrow)
        ada, bot = narrow.person("ada"), narrow.info["bot"]["user_id"]
        async with connected(narrow, heard.app):
            await ada.post(await ada.direct(bot), "subscribed, but the scope is missing")
            await ada.post(narrow.channel("general"), "not subscribed")
            await ada.post(narrow.channel("general"), f"<@{bot}> subscribed")
            await heard.one("app_mention")
    assert [event["type"] for event in heard.events] == ["app_mention"]
