from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from tests.slack.local_workspace import JSON, LocalWorkspace, Person, eventually
from tests.slack.transports.greeters import ERRORS, GREETERS, Life

_WAIT = 60.0


def _typed(text: str) -> JSON:
    return {"link": {"link": {"type": "plain_text_input", "value": text}}}


async def _reply(person: Person, channel: str, ts: str, text: str) -> str:
    """Wait for a reply in a thread and return its ts."""
    while True:
        for message in await person.thread(channel, ts):
            if message["text"] == text:
                return str(message["ts"])
        await asyncio.sleep(0.02)


@pytest.mark.timeout(120)
@pytest.mark.parametrize("greeter", GREETERS, ids=lambda greeter: greeter.__name__)
async def test_every_official_client_lives_here(
    sandbox: LocalWorkspace, greeter: Callable[[LocalWorkspace], Life]
) -> None:
    ada, general = sandbox.person("ada"), sandbox.channel("general")
    async with greeter(sandbox):
        ts = await ada.post(general, "hello")
        button = await _reply(ada, general, ts, "hello to you")
        assert (await ada.press(general, button, "go"))["ok"]
        await eventually(lambda: sandbox.slack.views.stack(ada.id), _WAIT)
        view = sandbox.slack.views.stack(ada.id)[0].id
        assert (await ada.submit(view, _typed("bad")))["response"] == ERRORS
        assert sandbox.slack.views.stack(ada.id)
        assert (await ada.submit(view, _typed("a link")))["response"] is None
        assert not sandbox.slack.views.stack(ada.id)
        await _reply(ada, general, ts, "thanks for a link")
        assert (await ada.command(general, "/summarize", "this & that"))["response"]["text"] == "heard this & that"
    transports = {each.transport for each in sandbox.slack.journal.deliveries}
    assert transports == {"http" if "http" in greeter.__name__ else "socket_mode"}
