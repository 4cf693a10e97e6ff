"""The real publisher, and what networks, crashes and workspaces do to it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from services.publishing import Edit, Mark, Message
from services.publishing.answer_blocks import answer_message
from services.publishing.failure_blocks import canceled_message, failure_message
from services.publishing.help_text import help_message
from services.publishing.progress_blocks import progress_message
from services.publishing.recap_blocks import recap_message
from services.publishing.times import no_link
from services.publishing.views import transcript_view
from services.vocabulary.errors import OperatorError, RetryableError, UserError
from services.vocabulary.progress import Progress, Stage
from services.vocabulary.question import Answer
from tests.contract.publisher_places import (
    NOTES,
    SUBJECT,
    SUMMARY,
    SlackPlace,
    post,
    publisher_in,
    slack_place,
    upload,
    words,
)
from tests.fakes.posts import Killed
from tests.fakes.recaps import sample_recap


@pytest.fixture
async def slack() -> AsyncIterator[SlackPlace]:
    async with slack_place() as found:
        yield found


@pytest.fixture(autouse=True)
def _looks_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """The local Slack shares a file within a tenth of a second."""
    monkeypatch.setattr("services.publishing.slack_files._LOOKS", (0.0, 0.2))


async def calls(place: SlackPlace, method: str) -> list[dict[str, Any]]:
    """The bot's own calls."""
    return [call for call in (await place.workspace.journal(method))["calls"] if call["as"] == "bot"]


@pytest.mark.parametrize("drop", ["before", "after"])
@pytest.mark.parametrize("in_thread", [True, False])
async def test_a_cut_connection_never_makes_a_second_post(slack: SlackPlace, drop: str, *, in_thread: bool) -> None:
    """Whether the message had arrived or not, the next try finds out before it writes."""
    thread = slack.thread if in_thread else None
    key = f"{SUBJECT}:recap"
    await slack.workspace.fault(method="chat.postMessage", drop=drop)
    with pytest.raises(RetryableError):
        await slack.publisher.post(key, channel=slack.channel, thread_ts=thread, message=words("working"))
    ts = await slack.publisher.post(key, channel=slack.channel, thread_ts=thread, message=words("working"))
    top = [(message["ts"], message["text"]) for message in await slack.workspace.person("ada").messages(slack.channel)]
    found = await slack.replies() if in_thread else top
    assert [each for each in found if each[1] == "working"] == [(ts, "working")]


async def test_a_crash_between_the_post_and_its_record_makes_no_second_post(slack: SlackPlace) -> None:
    slack.posts.dies_at.add(f"{SUBJECT}:recap")
    with pytest.raises(Killed):
        await post(slack)
    slack.publisher = publisher_in(slack.workspace, slack.posts)
    ts = await post(slack)
    assert await slack.replies() == [(ts, "working")]
    assert slack.posts.rows[f"{SUBJECT}:recap"].ts == ts


async def test_an_edited_post_is_still_found_after_a_crash(slack: SlackPlace) -> None:
    ts = await post(slack)
    await slack.publisher.update(slack.channel, ts, words("done"))
    row = slack.posts.rows[f"{SUBJECT}:recap"]
    slack.posts.rows[row.key] = row.model_copy(update={"ts": None})
    assert await post(slack) == ts


async def test_the_lookup_reads_on_over_many_replies(slack: SlackPlace) -> None:
    ada = slack.workspace.person("ada")
    for number in range(230):
        await ada.post(slack.channel, f"chatter {number}", slack.thread)
    await slack.workspace.fault(method="chat.postMessage", drop="after")
    with pytest.raises(RetryableError):
        await post(slack)
    await post(slack)
    assert len(await calls(slack, "chat.postMessage")) == 1
    assert len(await calls(slack, "conversations.replies")) == 2


async def test_a_refusal_leaves_nothing_to_look_for(slack: SlackPlace) -> None:
    """Reading history is scarce, so it is read only when a post may be there."""
    await slack.workspace.fault(method="chat.postMessage", error="restricted_action")
    with pytest.raises(UserError):
        await post(slack)
    await post(slack)
    assert len(await slack.replies()) == 1
    assert not await calls(slack, "conversations.replies")


async def test_a_picture_that_slack_cannot_fetch_costs_no_message(slack: SlackPlace) -> None:
    image = {"type": "image", "image_url": "https://pictures.example/gone.jpg", "alt_text": "a talk"}
    block = {"type": "section", "text": {"type": "mrkdwn", "text": "A talk"}, "accessory": image}
    pictured = Message(text="A talk", blocks=(block,))
    await slack.workspace.fault(method="chat.postMessage", error="invalid_blocks")
    key = f"{SUBJECT}:recap"
    ts = await slack.publisher.post(key, channel=slack.channel, thread_ts=slack.thread, message=pictured)
    await slack.workspace.fault(method="chat.update", error="invalid_blocks")
    assert await slack.publisher.update(slack.channel, ts, pictured) is Edit.MADE
    assert await slack.replies() == [(ts, "A talk")]
    taken = [*await calls(slack, "chat.postMessage"), *await calls(slack, "chat.update")]
    assert [[*call["args"]["blocks"][0]] for call in taken] == [["type", "text"]] * 2


async def test_blocks_that_slack_refuses_without_a_picture_are_our_mistake(slack: SlackPlace) -> None:
    await slack.workspace.fault(method="chat.postMessage", error="invalid_blocks")
    with pytest.raises(SlackApiError):
        await post(slack)
    assert await slack.replies() == []


async def test_a_rate_limit_is_waited_out(slack: SlackPlace) -> None:
    await slack.workspace.fault(method="chat.postMessage", status=429, retry_after=0)
    ts = await post(slack)
    assert await slack.replies() == [(ts, "working")]


@pytest.mark.parametrize("drop", ["before", "after"])
async def test_a_cut_connection_while_sharing_makes_no_second_share(slack: SlackPlace, drop: str) -> None:
    await slack.workspace.fault(method="files.completeUploadExternal", drop=drop)
    with pytest.raises(RetryableError):
        await upload(slack, SUMMARY, NOTES)
    await upload(slack, SUMMARY, NOTES)
    assert len(await slack.files()) == 2
    assert len(await calls(slack, "files.getUploadURLExternal")) == 2
    assert len(await calls(slack, "files.completeUploadExternal")) == 1  # cut before: never heard


async def test_a_retry_before_the_share_is_seen_makes_no_second_share(
    slack: SlackPlace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Slack shares a moment after the call; a ticket that is used up says so."""
    monkeypatch.setattr("services.publishing.slack_files._LOOKS", (0.0,))
    first = await upload(slack, SUMMARY)
    assert await upload(slack, SUMMARY) == first
    assert len(await slack.files()) == 1


@pytest.mark.parametrize("number", [0, 1])
async def test_a_crash_before_the_file_is_on_record_makes_no_second_share(slack: SlackPlace, number: int) -> None:
    slack.posts.dies_at.add(f"{SUBJECT}:audio:{number}")
    with pytest.raises(Killed):
        await upload(slack, SUMMARY, NOTES)
    await upload(slack, SUMMARY, NOTES)
    assert [title for title, _ in await slack.files()] == ["Spoken summary", "notes.md"]


async def test_lost_bytes_are_sent_anew(slack: SlackPlace) -> None:
    await slack.workspace.fault(method="files.completeUploadExternal", drop="before")
    with pytest.raises(RetryableError):
        await upload(slack, SUMMARY)
    row = slack.posts.rows[f"{SUBJECT}:audio:0"]
    slack.posts.rows[row.key] = row.model_copy(update={"file_id": "F0LONGGONE1"})
    with pytest.raises(RetryableError):
        await upload(slack, SUMMARY)
    await upload(slack, SUMMARY)
    assert len(await slack.files()) == 1


async def test_a_failing_upload_host_is_worth_another_try(slack: SlackPlace) -> None:
    await slack.workspace.fault(method="upload", status=503)
    with pytest.raises(RetryableError):
        await upload(slack, SUMMARY)
    await upload(slack, SUMMARY)
    assert len(await slack.files()) == 1


async def test_a_workspace_without_uploads_is_a_sentence(slack: SlackPlace) -> None:
    await slack.workspace.fault(method="files.getUploadURLExternal", error="file_uploads_disabled")
    with pytest.raises(UserError, match="does not take files from apps"):
        await upload(slack, SUMMARY)


async def test_a_missing_scope_spoils_no_reaction_but_stops_a_post(slack: SlackPlace) -> None:
    ts = await post(slack)
    await slack.workspace.fault(method="reactions.add", error="missing_scope")
    await slack.publisher.react(slack.channel, ts, Mark.DONE)
    await slack.workspace.fault(method="chat.postMessage", error="missing_scope")
    with pytest.raises(OperatorError, match="scope"):
        await post(slack, key=f"{SUBJECT}:other")


async def test_a_view_that_comes_too_late_asks_to_press_again(slack: SlackPlace) -> None:
    await slack.workspace.fault(method="views.open", error="expired_trigger_id")
    with pytest.raises(UserError, match="once more"):
        await slack.publisher.open_view("1.2.stale", transcript_view(sample_recap(), link=no_link))


def linked(seconds: float) -> str:
    return f"https://earshot.example/r/{'x' * 90}#t={int(seconds)}"


RENDERED = {
    "recap": recap_message(sample_recap(), link=linked, notes=["One thing is missing."], retry=True),
    "plain recap": recap_message(sample_recap(), link=no_link),
    "progress": progress_message("a.mp3", Progress(stage=Stage.TRANSCRIBE, fraction=0.4), recap_id=SUBJECT),
    "waiting": progress_message("a.mp3", Progress(stage=Stage.QUEUED), recap_id=SUBJECT),
    "failure": failure_message("It broke.", media_name="a.mp3", retry=SUBJECT, reference="ab12cd34"),
    "canceled": canceled_message("a.mp3", recap_id=SUBJECT),
    "answer": answer_message(
        Answer(found=True, sentences=sample_recap().summary.points), subject="q", recap_id=SUBJECT, link=linked
    ),
    "no answer": answer_message(Answer(found=False), subject="q", recap_id=SUBJECT, link=linked),
    "help": help_message(),
}


@pytest.mark.parametrize("name", RENDERED)
async def test_what_we_render_is_taken_posted_and_edited(slack: SlackPlace, name: str) -> None:
    """The local Slack checks blocks by itself, without a table of ours."""
    first = await slack.publisher.post(
        f"{SUBJECT}:{name}", channel=slack.channel, thread_ts=slack.thread, message=RENDERED[name]
    )
    edit = await slack.publisher.update(slack.channel, first, RENDERED[name])
    assert edit is Edit.MADE
