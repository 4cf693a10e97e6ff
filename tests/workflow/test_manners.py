"""How the bot behaves in a channel: who may choose it, and what each choice does."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest_asyncio

from services.vocabulary.manner import Manner
from services.workflows.rows import ids_below
from tests.slack.local_workspace import JSON, Person
from tests.workflow.channels import new_channel, recapped, said_in
from tests.workflow.earshot import Earshot, until
from tests.workflow.tables import tables


async def _choose(bot: Earshot, channel: str, manner: Manner) -> None:
    """Choose it as a person does, and wait for the line that says so."""
    await bot.ada.command(channel, "/summarize", manner.value)
    await said_in(bot, channel, "set me to")
    await until(lambda: _is(bot, channel, manner))


async def _is(bot: Earshot, channel: str, manner: Manner) -> bool:
    team = (await bot.ada.state())["team"]["id"]
    policy = await bot.inside.do(bot.inside.parts.desk.policy(team, channel))
    return policy.manner is manner and policy.set_by == bot.ada.id


async def _share(bot: Earshot, channel: str, hertz: float, who: Person | None = None) -> str:
    sound = await bot.tone(3.0, hertz=hertz)
    _, ts = await (who or bot.ada).share(channel, sound, f"talk {hertz:.0f}.mp3")
    return ts


async def _shown(who: Person, channel: str, words: str) -> JSON:
    """The private message with these words, when this person sees it."""

    async def look() -> JSON | None:
        shown = (await who.state())["ephemeral"].get(channel, [])
        return next((m for m in shown if words in str(m)), None)

    found = await until(look)
    assert found is not None
    return found


async def _offers(who: Person, channel: str) -> list[JSON]:
    return [m for m in (await who.state())["ephemeral"].get(channel, []) if "Shall I recap" in m["text"]]


async def _quiet(bot: Earshot, channel: str, ts: str) -> None:
    """Nothing comes of a message: what it leads to is on record before its event is acked."""
    await until(lambda: _all_heard(bot))
    rows = await tables(
        bot, "SELECT id FROM recaps WHERE channel = :channel AND thread_ts = :ts", channel=channel, ts=ts
    )
    assert not rows
    assert not await bot.replies(ts, channel)


async def _all_heard(bot: Earshot) -> bool:
    sent = (await bot.workspace.journal())["deliveries"]
    return all(each["acked"] is not None or each["failed"] for each in sent)


async def test_off_hears_only_those_who_ask(bot: Earshot) -> None:
    channel = await new_channel(bot, "off", "grace")
    first = await _share(bot, channel, 1401)
    await recapped(bot, channel, first)
    await _choose(bot, channel, Manner.OFF)
    await bot.ada.post(channel, "When will the lamp be replaced?", first)
    shared = await _share(bot, channel, 1402)
    await bot.ada.client.reactions_add(channel=channel, timestamp=shared, name="ear")
    await _quiet(bot, channel, shared)
    await bot.ada.shortcut("summarize_message", channel, shared)
    await recapped(bot, channel, shared)
    me = bot.workspace.info["bot"]["user_id"]
    await bot.ada.post(channel, f"<@{me}> when will the lamp be replaced?", first)
    await until(lambda: _answers(bot, channel, first))
    assert await _answers(bot, channel, first) == 1, "the question that was put to nobody stays unanswered"


async def _answers(bot: Earshot, channel: str, ts: str) -> int:
    return sum(m["text"].startswith("The lamp will be replaced") for m in await bot.replies(ts, channel))


async def test_on_reaction_an_ear_on_a_message_is_enough(bot: Earshot) -> None:
    channel = await new_channel(bot, "reaction", "grace")
    await _choose(bot, channel, Manner.REACTION)
    shared = await _share(bot, channel, 1403)
    grace = bot.workspace.person("grace")
    await grace.client.reactions_add(channel=channel, timestamp=shared, name="tada")
    await _quiet(bot, channel, shared)
    await bot.workspace.fault(delivery="duplicate", times=2)
    await grace.client.reactions_add(channel=channel, timestamp=shared, name="headphones")
    await recapped(bot, channel, shared)
    assert not await _offers(bot.ada, channel)


async def test_an_offer_is_made_once_and_in_private(bot: Earshot) -> None:
    channel = await new_channel(bot, "offer", "grace")
    grace = bot.workspace.person("grace")
    await _choose(bot, channel, Manner.OFFER)
    await bot.workspace.fault(delivery="duplicate", times=3)
    file_id, shared = await grace.share(channel, await bot.tone(3.0, hertz=1404), "talk 1404.mp3")
    offer = await _shown(grace, channel, "Shall I recap")
    assert "talk 1404" in offer["text"]
    await bot.ada.post(channel, "another", shared)
    permalink = (await grace.client.files_info(file=file_id))["file"]["permalink"]
    await grace.post(channel, f"once more: {permalink}")
    await grace.press(channel, offer["ts"], "offer_take")
    await recapped(bot, channel, shared)
    assert not await _offers(bot.ada, channel), "only who shared it was asked"
    assert len(await _offers(grace, channel)) == 0, "what was answered is not asked again"


async def test_who_refuses_offers_gets_no_more_until_they_change_their_mind(bot: Earshot) -> None:
    channel = await new_channel(bot, "refusals", "grace")
    grace = bot.workspace.person("grace")
    await _choose(bot, channel, Manner.OFFER)
    refused = await _share(bot, channel, 1405, grace)
    offer = await _shown(grace, channel, "Shall I recap")
    await grace.press(channel, offer["ts"], "offer_never")
    await _shown(grace, channel, "any more")
    next_one = await _share(bot, channel, 1406, grace)
    await _share(bot, channel, 1407)
    await _shown(bot.ada, channel, "Shall I recap")
    await _quiet(bot, channel, next_one)
    assert not await _offers(grace, channel)
    await grace.command(channel, "/summarize", "offer")
    await _shown(grace, channel, "offer recaps to you again")
    await _share(bot, channel, 1408, grace)
    await _shown(grace, channel, "talk 1408")
    assert not await bot.replies(refused, channel)


async def test_not_now_keeps_quiet_for_a_while(bot: Earshot) -> None:
    channel = await new_channel(bot, "not-now")
    await _choose(bot, channel, Manner.OFFER)
    await _share(bot, channel, 1409)
    offer = await _shown(bot.ada, channel, "Shall I recap")
    await bot.ada.press(channel, offer["ts"], "offer_later")
    await _shown(bot.ada, channel, "for a day")
    await _quiet(bot, channel, await _share(bot, channel, 1410))
    assert not await _offers(bot.ada, channel)


async def test_an_offer_is_nobody_elses_to_take(bot: Earshot) -> None:
    channel = await new_channel(bot, "others-offer", "grace")
    await _choose(bot, channel, Manner.OFFER)
    shared = await _share(bot, channel, 1411)
    offer = await _shown(bot.ada, channel, "Shall I recap")
    recap_id = offer["blocks"][1]["elements"][0]["value"]
    grace = bot.workspace.person("grace")
    await bot.inside.do(bot.inside.parts.desk.take_offer(recap_id, grace.id))
    await until(lambda: _ended(bot, f"{recap_id}:take"))
    assert not await bot.replies(shared, channel)


async def _ended(bot: Earshot, workflow_id: str) -> bool:
    return workflow_id in await bot.inside.do(ids_below([workflow_id]))


async def test_the_choice_is_told_to_the_channel_and_kept_with_who_made_it(bot: Earshot) -> None:
    channel = await new_channel(bot, "record", "grace")
    await bot.workspace.fault(delivery="duplicate", times=2)
    await _choose(bot, channel, Manner.MENTION)
    line = await said_in(bot, channel, "set me to")
    assert f"<@{bot.ada.id}>" in str(line["blocks"])
    grace = bot.workspace.person("grace")
    await grace.command(channel, "/summarize", "settings")
    view = await _view(grace)
    shown = str(view["blocks"])
    assert f"<@{bot.ada.id}>" in shown
    assert "<!date^" in shown
    await grace.command(channel, "/summarize", "mention")
    await _shown(grace, channel, "already")
    told = [m for m in await bot.ada.messages(channel) if "set me to" in str(m)]
    assert len(told) == 1


async def _view(who: Person) -> JSON:
    async def look() -> JSON | None:
        views = (await who.state())["views"]
        return views[-1] if views else None

    found = await until(look)
    assert found is not None
    return found


async def test_the_settings_are_saved_by_their_modal(bot: Earshot) -> None:
    channel = await new_channel(bot, "modal")
    await bot.ada.command(channel, "/summarize", "settings")
    view = await _view(bot.ada)
    choice = {"manner": {"manner": {"type": "radio_buttons", "selected_option": {"value": "reaction"}}}}
    assert (await bot.ada.submit(view["id"], choice))["ok"]
    await said_in(bot, channel, "On reaction")
    await until(lambda: _is(bot, channel, Manner.REACTION))


Change = Callable[..., Awaitable[None]]


@pytest_asyncio.fixture
async def changed(bot: Earshot) -> AsyncIterator[Change]:
    """Let the workspace make somebody a guest, or of another organization, for as long as a test lasts."""
    before: list[tuple[Person, JSON]] = []

    async def change(person: Person, **fields: object) -> None:
        before.append((person, {name: type(value)() for name, value in fields.items()}))
        await person.act("people", **fields)
        await _forget_people(bot)

    yield change
    for person, fields in before:
        await person.act("people", **fields)
    await _forget_people(bot)


async def _forget_people(bot: Earshot) -> None:
    async def forget() -> None:
        team = bot.workspace.info["team"]["id"]
        (await bot.inside.parts.workspaces.of(team)).directory._people.clear()

    await bot.inside.do(forget())


async def test_guests_and_outsiders_cannot_choose(bot: Earshot, changed: Change) -> None:
    channel = await new_channel(bot, "guests", "grace", "alan")
    grace, alan = bot.workspace.person("grace"), bot.workspace.person("alan")
    await changed(grace, is_restricted=True, is_ultra_restricted=True)
    await changed(alan, home_team="T0ELSEWHERE")
    await grace.command(channel, "/summarize", "off")
    await _shown(grace, channel, "full members")
    await alan.command(channel, "/summarize", "off")
    await _shown(alan, channel, "organization")
    katherine = bot.workspace.person("katherine")
    await katherine.command(channel, "/summarize", "off")
    await _shown(katherine, channel, "Only members")
    shared = await _share(bot, channel, 1412, grace)
    await recapped(bot, channel, shared)
    assert "set me to" not in str(await bot.ada.messages(channel))


async def test_between_organizations_somebody_at_home_has_to_choose_first(bot: Earshot, changed: Change) -> None:
    channel = await new_channel(bot, "abroad", "grace")
    grace = bot.workspace.person("grace")
    await changed(grace, home_team="T0ELSEWHERE")
    await bot.workspace.control("channels", channel=channel, is_ext_shared=True)
    unasked = await _share(bot, channel, 1413, grace)
    me = bot.workspace.info["bot"]["user_id"]
    await grace.post(channel, f"<@{me}> {bot.outside.pages}/sound.mp3")
    await _shown(grace, channel, "shared between organizations")
    await recapped(bot, channel, await _share(bot, channel, 1414))
    assert not await bot.replies(unasked, channel)
    await _choose(bot, channel, Manner.AUTOMATIC)
    await recapped(bot, channel, await _share(bot, channel, 1415, grace))


async def test_where_the_bot_is_missing_the_way_to_invite_it_is_told(bot: Earshot) -> None:
    channel = await new_channel(bot, "missing", with_bot=False)
    await bot.ada.command(channel, "/summarize", f"{bot.outside.pages}/sound.mp3")
    await _shown(bot.ada, channel, "/invite @Earshot")
    await bot.ada.command(channel, "/summarize", "off")

    async def told_twice() -> bool:
        return str((await bot.ada.state())["ephemeral"].get(channel)).count("/invite @Earshot") == 2

    await until(told_twice)
    team = (await bot.ada.state())["team"]["id"]
    assert (await bot.inside.do(bot.inside.parts.desk.policy(team, channel))).set_by is None


async def test_in_a_direct_message_there_is_nothing_to_choose(bot: Earshot) -> None:
    direct = await bot.ada.direct(bot.workspace.info["bot"]["user_id"])
    for words in ("off", "settings"):
        await bot.ada.command(direct, "/summarize", words)
        await _shown(bot.ada, direct, "between you and me")


async def test_who_leaves_a_channel_alone_writes_nothing_there(bot: Earshot) -> None:
    """Other apps, edits, previews and code are no requests."""
    channel = await new_channel(bot, "alone")
    link = f"{bot.outside.pages}/sound.mp3"
    said = [await bot.ada.post(channel, f"`{link}`"), await bot.ada.post(channel, f"```\n{link}\n```")]
    edited = await bot.ada.post(channel, "to be edited")
    await bot.ada.client.chat_update(channel=channel, ts=edited, text=link)
    for ts in (*said, edited):
        await _quiet(bot, channel, ts)
