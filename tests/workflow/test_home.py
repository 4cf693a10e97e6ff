"""Home: what a person finds there, and what they can do."""

from __future__ import annotations

import asyncio
import json
import re

from tests.slack.local_workspace import JSON, Person
from tests.workflow.channels import new_channel, recapped
from tests.workflow.earshot import Earshot, until
from tests.workflow.tables import engine_rows, tables


async def _open(bot: Earshot, person: Person, words: str) -> JSON:
    """Open Home, again and again until it shows the words; the view."""

    async def look() -> JSON | None:
        await person.act("home", tab="home")
        for _ in range(20):
            view: JSON | None = (await person.state())["home"]
            if words in str(view):
                return view
            await asyncio.sleep(0.05)
        return None

    view = await until(look)
    assert view is not None
    return view


async def _shows(person: Person, words: str) -> JSON:
    async def look() -> JSON | None:
        view: JSON | None = (await person.state())["home"]
        return view if words in str(view) else None

    view = await until(look)
    assert view is not None
    return view


async def _publishes(bot: Earshot) -> int:
    return len((await bot.workspace.journal("views.publish"))["calls"])


async def _dm(bot: Earshot, person: Person, hertz: float, name: str) -> str:
    channel = await person.direct(bot.workspace.info["bot"]["user_id"])
    _, ts = await person.share(channel, await bot.tone(3.0, hertz=hertz), name)

    async def recapped_there() -> bool:
        thread = await person.thread(channel, ts)
        return any(m["text"].startswith("Recap of") for m in thread[1:])

    await until(recapped_there)
    return ts


async def test_everybody_sees_only_the_recaps_of_their_channels_and_their_own_chat(bot: Earshot) -> None:
    outing = await new_channel(bot, "home-outing", "grace")
    _, ts = await bot.ada.share(outing, await bot.tone(3.0, hertz=611), "Outing.mp3")
    await recapped(bot, outing, ts)
    await _dm(bot, bot.ada, 612, "Diary.mp3")
    grace, alan = bot.workspace.person("grace"), bot.workspace.person("alan")
    await _open(bot, bot.ada, "Outing")
    home = str(await _open(bot, bot.ada, "Diary"))
    assert f"<#{outing}>" in home
    assert f"{bot.settings.public_url}/r/" in home
    home = str(await _open(bot, grace, "Outing"))
    assert "Diary" not in home
    home = str(await _open(bot, alan, "What I keep"))
    assert "Outing" not in home
    assert "Diary" not in home


async def test_a_home_in_which_nothing_changed_is_not_published_again(bot: Earshot) -> None:
    katherine = bot.workspace.person("katherine")
    await _open(bot, katherine, "What I keep")
    before = await _publishes(bot)
    done = await _visits(bot, katherine)
    await katherine.act("home", tab="home")
    await until(lambda: _visited(bot, katherine, done + 1))
    assert await _publishes(bot) == before


async def _visits(bot: Earshot, person: Person) -> int:
    prefix = f"{bot.workspace.team}:{person.id}:home:%"
    statement = "SELECT count(*) FROM ~workflow_status WHERE status = 'SUCCESS' AND workflow_uuid LIKE :prefix"
    return int((await engine_rows(bot, statement, prefix=prefix))[0][0])


async def _visited(bot: Earshot, person: Person, times: int) -> bool:
    return await _visits(bot, person) >= times


async def test_what_is_searched_is_found_among_what_one_may_see(bot: Earshot) -> None:
    garden = await new_channel(bot, "home-garden")
    _, ts = await bot.ada.share(garden, await bot.tone(3.0, hertz=613), "Rhododendron.mp3")
    await recapped(bot, garden, ts)
    view = await _open(bot, bot.ada, "Rhododendron")
    await bot.ada.act("actions", view_id=view["id"], action_id="home_search", value="RHODO")
    found = await _shows(bot.ada, "Found")
    assert "Rhododendron" in str(found)
    await bot.ada.act("actions", view_id=found["id"], action_id="home_clear")
    await _shows(bot.ada, "Newest recaps")
    alan = bot.workspace.person("alan")
    view = await _open(bot, alan, "What I keep")
    await alan.act("actions", view_id=view["id"], action_id="home_search", value="rhododendron")
    assert "Rhododendron" not in str(await _shows(alan, "No recap that you can see"))


async def _menu(person: Person, name: str) -> JSON:
    blocks: list[JSON] = (await person.state())["home"]["blocks"]
    return next(block["accessory"] for block in blocks if block.get("accessory", {}).get("action_id") == name)


async def _speaks(person: Person, language: str) -> bool:
    return bool((await _menu(person, "home_language"))["initial_option"]["value"] == language)


async def _silent(person: Person) -> bool:
    return not (await _menu(person, "home_audio")).get("initial_options")


async def test_what_a_person_prefers_holds_for_what_they_ask_for(bot: Earshot) -> None:
    grace = bot.workspace.person("grace")
    view = await _open(bot, grace, "What I keep")
    await grace.act("actions", view_id=view["id"], action_id="home_language", selected_option="de")
    await until(lambda: _speaks(grace, "de"))
    await grace.act("actions", view_id=view["id"], action_id="home_audio", selected_options=[])
    await until(lambda: _silent(grace))
    try:
        ts = await _dm(bot, grace, 614, "Preferred.mp3")
        asked = await tables(bot, "SELECT request FROM recaps WHERE id LIKE :ts", ts=f"%{ts}%")
        request = asked[0][0] if isinstance(asked[0][0], dict) else json.loads(asked[0][0])
        assert (request["language"], request["audio"]) == ("de", False)
        plans = await new_channel(bot, "home-plans", "grace")
        _, ts = await grace.share(plans, await bot.tone(3.0, hertz=615), "For all.mp3")
        await recapped(bot, plans, ts)
        asked = await tables(bot, "SELECT request FROM recaps WHERE id LIKE :ts", ts=f"%{ts}%")
        assert "de" not in str(asked[0][0]), "what is recapped for a channel is nobody's own request"
    finally:
        await tables(bot, 'DELETE FROM preferences WHERE "user" = :user', user=grace.id)


async def test_everything_that_one_shared_can_be_deleted_and_nothing_else(bot: Earshot) -> None:
    mixed = await new_channel(bot, "home-mixed", "alan")
    alan = bot.workspace.person("alan")
    _, mine = await alan.share(mixed, await bot.tone(3.0, hertz=616), "Alans.mp3")
    _, other = await bot.ada.share(mixed, await bot.tone(3.0, hertz=617), "Adas.mp3")
    await recapped(bot, mixed, mine)
    await recapped(bot, mixed, other)
    view = await _open(bot, alan, "Alans")
    kept = re.findall(r"\*(\d+ recaps?)\*", str(view))  # whatever other tests let Alan share counts, too
    await alan.act("actions", view_id=view["id"], action_id="home_erase")
    home = str(await _shows(alan, f"Deleted for good: {kept[0]}"))
    assert "Alans" not in home
    assert "Alans" not in str(await _open(bot, alan, "Adas"))
    assert not await bot.replies(mine, mixed)
    assert await bot.replies(other, mixed)
    assert not await tables(bot, "SELECT 1 FROM recaps WHERE title = 'Alans'")
