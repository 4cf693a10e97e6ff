"""The agent's side of Slack: decoration that never stands in the way."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from services.publishing import Prompt, Session
from services.publishing.agent import at_work
from tests.contract.publisher_places import SlackPlace, slack_place
from tests.fakes.publisher import MemoryAgent
from tests.fakes.times import FakeTime, settle
from tests.workflow.earshot import until


@pytest.fixture
async def slack() -> AsyncIterator[SlackPlace]:
    async with slack_place() as found:
        yield found


async def calls(place: SlackPlace, method: str) -> list[dict[str, Any]]:
    return [call["args"] for call in (await place.workspace.journal(method))["calls"] if call["as"] == "bot"]


async def shown(place: SlackPlace, kind: str) -> list[dict[str, Any]]:
    state = await place.workspace.person("ada").state()
    return [each for each in state[kind] if each["thread_ts"] == place.thread]


async def test_people_see_what_we_do_and_may_stop_it_as_long_as_we_do_it(slack: SlackPlace) -> None:
    agent = slack.publisher.agent

    async def said() -> bool:
        return any(s["status"] for s in await shown(slack, "statuses"))

    async with at_work(agent, slack.channel, slack.thread, "is listening …"):
        await until(said)
        assert [s["status"] for s in await shown(slack, "sessions")] == ["processing"]
    assert not [s for s in await shown(slack, "statuses") if s["status"]]
    assert [s["status"] for s in await shown(slack, "sessions")] == ["active"]


async def test_a_status_is_said_again_before_its_two_minutes_are_over() -> None:
    time, agent, said = FakeTime(), MemoryAgent(), list[float]()

    class Listening(MemoryAgent):
        async def status(self, channel: str, thread_ts: str, words: str) -> None:
            await agent.status(channel, thread_ts, words)
            said.append(time.now() - 1_000)

    async def work() -> None:
        async with at_work(Listening(), "C1", "1.1", "is listening …", sleep=time.sleep):
            await time.sleep(300)

    working = asyncio.create_task(work())
    await time.advance(299)
    assert said == [0, 90, 180, 270]
    assert agent.statuses["C1", "1.1"] == "is listening …"
    await time.advance(2)
    await working
    assert agent.statuses["C1", "1.1"] == ""


async def test_a_failure_of_the_work_passes_and_clears_the_status() -> None:
    agent = MemoryAgent()

    async def work() -> None:
        async with at_work(agent, "C1", "1.1", "is listening …"):
            await settle()
            raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        await work()
    assert agent.statuses["C1", "1.1"] == ""
    assert agent.sessions["C1", "1.1"] is Session.ACTIVE


async def test_a_workspace_without_sessions_is_asked_once_and_gets_titles_in_the_older_way(slack: SlackPlace) -> None:
    await slack.workspace.fault(method="agents.sessions.setStatus", error="feature_disabled", times=0)
    agent = slack.publisher.agent
    for _ in range(3):
        await agent.session(slack.channel, slack.thread, Session.PROCESSING)
    await agent.name(slack.channel, slack.thread, "weekly")
    assert len(await calls(slack, "agents.sessions.setStatus")) <= 1
    assert not await calls(slack, "agents.sessions.rename")
    assert [call["title"] for call in await calls(slack, "assistant.threads.setTitle")] == ["weekly"]


async def test_without_room_no_stop_button_is_shown_but_one_is_always_taken_away(slack: SlackPlace) -> None:
    for _ in range(22):
        await slack.publisher.budget.room("agents.sessions.setStatus")
    await slack.publisher.agent.session(slack.channel, slack.thread, Session.PROCESSING)
    assert not await shown(slack, "sessions")
    await slack.publisher.agent.session(slack.channel, slack.thread, Session.ACTIVE)
    assert [s["status"] for s in await shown(slack, "sessions")] == ["active"]


async def test_prompts_are_set_for_the_chat_and_not_for_a_thread(slack: SlackPlace) -> None:
    ada = slack.workspace.person("ada")
    chat = await ada.direct(slack.workspace.info["bot"]["user_id"])
    await slack.publisher.agent.suggest(chat, [Prompt(title=f"P{n}", message=f"M{n}") for n in range(6)])
    (offer,) = (await ada.state())["prompts"]
    assert [prompt["title"] for prompt in offer["prompts"]] == ["P0", "P1", "P2", "P3"]
    (call,) = await calls(slack, "assistant.threads.setSuggestedPrompts")
    assert "thread_ts" not in call


async def test_what_slack_refuses_of_it_is_never_in_the_way(slack: SlackPlace) -> None:
    agent = slack.publisher.agent
    for method in ("assistant.threads.setStatus", "agents.sessions.rename", "assistant.threads.setTitle"):
        await slack.workspace.fault(method=method, error="internal_error")
    await agent.status(slack.channel, slack.thread, "is listening …")
    await agent.name(slack.channel, slack.thread, "x" * 300)
    await agent.suggest("C0NOWHERE99", [Prompt(title="P", message="M")])
