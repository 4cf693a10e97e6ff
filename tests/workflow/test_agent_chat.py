"""The agent chat: a person and Earshot alone."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from sandbox.slack.tokens import Grant
from tests.fakes.engines import LINES
from tests.slack.local_workspace import Person
from tests.workflow.earshot import Earshot, until

_RECAP = "Recap of"


async def _chat(bot: Earshot, name: str) -> tuple[Person, str]:
    """A person of one test alone, and their chat."""
    person = bot.workspace.person(name)
    return person, await person.direct(bot.workspace.info["bot"]["user_id"])


async def _replies(bot: Earshot, person: Person, chat: str, ts: str) -> list[dict[str, Any]]:
    thread = await person.thread(chat, ts)
    return [m for m in thread[1:] if m["user"] == bot.workspace.info["bot"]["user_id"]]


async def _reply(bot: Earshot, person: Person, chat: str, ts: str, words: str) -> dict[str, Any]:
    async def look() -> dict[str, Any] | None:
        said = await _replies(bot, person, chat, ts)
        return next((m for m in said if words in m["text"] and (_RECAP in words or _RECAP not in m["text"])), None)

    found = await until(look)
    assert found is not None
    return found


async def _recapped(bot: Earshot, person: Person, chat: str, hertz: float, name: str) -> str:
    _, ts = await person.share(chat, await bot.tone(3.0, hertz=hertz), name)
    await _reply(bot, person, chat, ts, "Recap of")
    return ts


async def _prompts(person: Person, chat: str) -> list[dict[str, str]]:
    state = await person.state()
    return next((offer["prompts"] for offer in state["prompts"] if offer["channel"] == chat), [])


def _statuses(state: dict[str, Any], ts: str) -> list[str]:
    return [s["status"] for s in state["statuses"] if s["thread_ts"] == ts and s["status"]]


def _newcomer(bot: Earshot) -> Person:
    """Somebody who is in no channel yet, and so has never seen a recap, whatever other tests did."""
    slack = bot.workspace.slack
    grace = slack.workspace.users[bot.workspace.person("grace").id]
    slack.workspace.users["U0EMMY00001"] = replace(grace, id="U0EMMY00001", name="emmy", token="xoxp-emmy")
    slack.directory.tokens.add(Grant("xoxp-emmy", "user", slack.workspace.team.id, "U0EMMY00001"))
    client = AsyncWebClient(token="xoxp-emmy", base_url=bot.workspace.api_url, session=bot.workspace.session)
    return Person("U0EMMY00001", "emmy", "xoxp-emmy", client, bot.workspace.session, bot.workspace.url)


async def test_a_stranger_is_told_how_to_begin(bot: Earshot) -> None:
    emmy = _newcomer(bot)
    chat = await emmy.direct(bot.workspace.info["bot"]["user_id"])
    await emmy.act("home", tab="messages")

    async def suggested() -> list[dict[str, str]]:
        return await _prompts(emmy, chat)

    assert [prompt["title"] for prompt in await until(suggested)] == ["What can you do?", "How do I get a recap?"]
    for words in ("What can you do?", "hi there!", "what was decided last week?"):
        ts = await emmy.post(chat, words)
        await _reply(bot, emmy, chat, ts, "Paste a link or share a file")


async def test_a_recording_is_recapped_in_its_thread_and_names_it(bot: Earshot) -> None:
    alan, chat = await _chat(bot, "alan")
    _, ts = await alan.share(chat, await bot.tone(30.0, hertz=1110), "harbour plans.mp3")

    await _reply(bot, alan, chat, ts, "Recap of")

    async def named() -> bool:
        state = await alan.state()
        sessions = [(s["status"], s["title"]) for s in state["sessions"] if s["thread_ts"] == ts]
        return sessions == [("active", "harbour plans")] and not _statuses(state, ts)

    await until(named)
    told = {
        (c.method, c.args.get("status")) for c in bot.workspace.slack.journal.calls if c.args.get("thread_ts") == ts
    }
    assert ("agents.sessions.setStatus", "processing") in told
    assert ("assistant.threads.setStatus", "is listening to the recording …") in told
    await alan.post(chat, "the tower?", ts)
    await _reply(bot, alan, chat, ts, "We decided to paint the tower white")
    await alan.post(chat, "thanks a lot!", ts)
    await alan.post(chat, "and the lamp?", ts)
    await _reply(bot, alan, chat, ts, "The lamp will be replaced")
    said = [m["text"] for m in await _replies(bot, alan, chat, ts) if m["text"] and "canvas" not in m["text"]]
    assert len(said) == 3, "nothing was said to the thanks"


async def test_a_question_without_a_thread_is_about_the_newest_recap_or_the_one_it_names(bot: Earshot) -> None:
    katherine, chat = await _chat(bot, "katherine")
    await _recapped(bot, katherine, chat, 1120, "budget.mp3")
    await _recapped(bot, katherine, chat, 1130, "weekly.mp3")
    ts = await katherine.post(chat, "When will the lamp be replaced?")
    answer = await _reply(bot, katherine, chat, ts, "third of March")
    assert "From *weekly*" in str(answer["blocks"])
    await katherine.act("home", tab="messages")

    async def suggested() -> list[dict[str, str]]:
        return await _prompts(katherine, chat)

    prompts = await until(suggested)
    assert prompts[0]["message"] == "What are the key points of “weekly”?"
    assert prompts[3]["message"] == "What is “budget” about?"
    ts = await katherine.post(chat, "Which lamp is meant in “budget”?")
    answer = await _reply(bot, katherine, chat, ts, "The lamp")
    assert "From *budget*" in str(answer["blocks"])
    await katherine.post(chat, "And who will order it tomorrow?", ts)

    async def followed() -> bool:
        answers = [m for m in await _replies(bot, katherine, chat, ts) if "From *budget*" in str(m["blocks"])]
        return len(answers) == 2

    assert await until(followed), "the thread stays with its recording"


async def test_stop_ends_a_recap_as_cancel_does(bot: Earshot) -> None:
    ada, chat = await _chat(bot, "ada")
    _, ts = await ada.share(chat, await bot.tone(60.0, hertz=1140), "long talk.mp3")
    await _reply(bot, ada, chat, ts, "listening")
    await ada.act("stop", channel=chat, thread_ts=ts)
    await _reply(bot, ada, chat, ts, "Stopped, as you asked.")

    async def quiet() -> bool:
        state = await ada.state()
        sessions = [s["status"] for s in state["sessions"] if s["thread_ts"] == ts]
        return sessions == ["active"] and not _statuses(state, ts)

    await until(quiet)
    await asyncio.sleep(1)
    (message,) = await _replies(bot, ada, chat, ts)
    assert "Stopped" in message["text"], "no late edit, and no second word"


async def test_stop_before_the_first_word_says_so(bot: Earshot) -> None:
    ada, chat = await _chat(bot, "ada")
    ts = await _recapped(bot, ada, chat, 1150, "short talk.mp3")
    _, busy = await ada.share(chat, await bot.tone(30.0, hertz=1160), "busy.mp3")
    await ada.post(chat, "When will the lamp be replaced?", busy)
    await asyncio.sleep(0.5)
    await ada.act("stop", channel=chat, thread_ts=busy)
    await _reply(bot, ada, chat, busy, "Stopped, as you asked.")
    await ada.post(chat, "When will the lamp be replaced?", ts)
    await _reply(bot, ada, chat, ts, "third of March")
    said = " ".join(m["text"] for m in await _replies(bot, ada, chat, busy))
    assert LINES[1] not in said
