"""`/summarize` without words, and the shortcut from anywhere, ask by a modal."""

from __future__ import annotations

from tests.slack.local_workspace import JSON, Person
from tests.workflow.channels import new_channel, recapped, said_in
from tests.workflow.earshot import Earshot, until


async def _view(who: Person, title: str) -> JSON:
    async def look() -> JSON | None:
        views = (await who.state())["views"]
        return views[-1] if views and views[-1]["title"]["text"] == title else None

    found = await until(look)
    assert found is not None
    return found


def _typed(**values: str) -> JSON:
    """The state of a modal in which these were typed or chosen."""
    return {name: {name: _state(name, value)} for name, value in values.items()}


def _state(name: str, value: str) -> JSON:
    match name:
        case "link":
            return {"type": "url_text_input", "value": value}
        case "channel":
            return {"type": "conversations_select", "selected_conversation": value}
        case "audio":
            return {"type": "checkboxes", "selected_options": [{"value": value}] if value else []}
    return {"type": "static_select", "selected_option": {"value": value}}


async def _submit(who: Person, view: JSON, **values: str) -> JSON:
    answer = await who.submit(view["id"], _typed(**values))
    assert answer["ok"], answer
    return answer["response"] or {}


async def _root(bot: Earshot, channel: str) -> str:
    return str((await said_in(bot, channel, "asked me for a recap"))["ts"])


async def test_a_link_with_wishes_becomes_a_recap_in_the_channel(bot: Earshot) -> None:
    channel = await new_channel(bot, "asked")
    await bot.ada.command(channel, "/summarize")
    view = await _view(bot.ada, "Recap a recording")
    link = f"{bot.outside.pages}/sound.mp3"
    await _submit(bot.ada, view, link=link, length="short", audio="")
    ts = await _root(bot, channel)
    recap = await recapped(bot, channel, ts)
    assert "Chapters" not in str(recap["blocks"]), "a short one was asked for"

    async def attached() -> bool:
        return any(m.get("files") for m in await bot.replies(ts, channel))

    await until(attached)
    files = [file["name"] for m in await bot.replies(ts, channel) for file in m.get("files", ())]
    assert not any(name.endswith(".mp3") for name in files), files
    assert not (await bot.ada.state())["views"], "the modal is closed"


async def test_a_recording_of_the_channel_is_chosen_for_a_message_to_the_person_alone(bot: Earshot) -> None:
    channel = await new_channel(bot, "chosen")
    await bot.ada.command(channel, "/summarize", "off")
    await said_in(bot, channel, "set me to")
    await bot.ada.share(channel, b"notes", "notes.txt")
    file_id, shared = await bot.ada.share(channel, await bot.tone(3.0, hertz=1501), "standup.mp3")
    await bot.ada.command(channel, "/summarize")
    view = await _view(bot.ada, "Recap a recording")
    assert "standup" in str(view["blocks"])
    assert "notes" not in str(view["blocks"])
    await _submit(bot.ada, view, recording=file_id, where="me")
    direct = await bot.ada.direct(bot.workspace.info["bot"]["user_id"])
    await recapped(bot, direct, str((await said_in(bot, direct, "You asked me for a recap"))["ts"]))
    assert not await bot.replies(shared, channel)


async def test_what_is_wrong_is_said_beside_its_field(bot: Earshot) -> None:
    channel = await new_channel(bot, "wrong")
    file_id, _ = await bot.ada.share(channel, await bot.tone(3.0, hertz=1502), "talk.mp3")
    await bot.ada.command(channel, "/summarize")
    view = await _view(bot.ada, "Recap a recording")
    assert "Give me a link" in (await _submit(bot.ada, view))["errors"]["link"]
    both = await _submit(bot.ada, view, link="https://vimeo.com/76979871", recording=file_id)
    assert "not both" in both["errors"]["link"]
    refused = await _submit(bot.ada, view, link="https://open.spotify.com/episode/1")
    assert "Spotify" in refused["errors"]["link"]
    assert (await bot.ada.state())["views"], "the modal stays"


async def test_the_shortcut_from_anywhere_asks_for_the_channel_too(bot: Earshot) -> None:
    channel = await new_channel(bot, "anywhere")
    await bot.ada.shortcut("summarize_media")
    view = await _view(bot.ada, "Recap a recording")
    assert "default_to_current_conversation" in str(view["blocks"])
    await _submit(bot.ada, view, link=f"{bot.outside.pages}/hls.m3u8", channel=channel)
    await recapped(bot, channel, await _root(bot, channel))


async def test_the_settings_open_over_the_modal_and_can_be_saved_there(bot: Earshot) -> None:
    channel = await new_channel(bot, "over")
    await bot.ada.command(channel, "/summarize")
    below = await _view(bot.ada, "Recap a recording")
    await bot.ada.act("actions", view_id=below["id"], action_id="channel_settings")
    above = await _view(bot.ada, "Channel settings")
    assert f"<#{channel}>" in str(above["blocks"])
    await _submit(bot.ada, above, manner="mention")
    await said_in(bot, channel, "On mention")


async def test_a_file_of_a_channel_that_the_person_is_not_in_cannot_be_named(bot: Earshot) -> None:
    """What a modal says comes from Slack, but its values are ids that somebody may have put there."""
    research = bot.workspace.channel("research")
    file_id, secret = await bot.ada.share(research, await bot.tone(3.0, hertz=1503), "secret.bin")
    katherine = bot.workspace.person("katherine")
    channel = await new_channel(bot, "named", "katherine")
    _, _ = await katherine.share(channel, await bot.tone(3.0, hertz=1504), "own.mp3")
    await katherine.command(channel, "/summarize")
    view = await _view(katherine, "Recap a recording")
    blocks = bot.workspace.slack.workspace.views[view["id"]].content["blocks"]
    menu = next(block for block in blocks if block["block_id"] == "recording")
    menu["element"]["options"].append({"text": {"type": "plain_text", "text": "x"}, "value": file_id})
    await _submit(katherine, view, recording=file_id)

    async def told() -> bool:
        return "no recording there" in str((await katherine.state())["ephemeral"].get(channel))

    await until(told)
    assert not await bot.replies(secret, research)
