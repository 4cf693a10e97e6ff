"""What a link looks like in Slack: a card while it is worked on, and its source in the recap."""

from __future__ import annotations

import pytest

from services.publishing.blocks import picture
from services.publishing.message import Message, without_pictures
from services.publishing.naming import media_title, words_from
from services.publishing.progress_blocks import progress_message
from services.publishing.recap_blocks import recap_message
from services.publishing.times import no_link
from services.vocabulary.media import Media
from services.vocabulary.progress import Progress, Stage
from services.vocabulary.recap import Recap
from services.vocabulary.source import Publication
from tests.fakes.recaps import sample_recap
from tests.unit.publishing.slack_rules import buttons, check_message, shown

WATCH = "https://www.youtube.com/watch?v=abcdefghijk"
TALK = Publication(
    title="How paper is *made*",
    author="The Mill & Sons",
    duration=754.0,
    thumbnail="https://i.ytimg.com/vi/abcdefghijk/hqdefault.jpg",
)


def working(publication: Publication | None, url: str | None = WATCH, stage: Stage = Stage.INGEST) -> Message:
    message = progress_message("link", Progress(stage=stage), recap_id="T:C:1:F", publication=publication, url=url)
    check_message(message)
    return message


def linked(**changes: object) -> Recap:
    recap = sample_recap()
    media = Media(
        id="cd" * 32, key=None, name="abcdefghijk", size=0, url=WATCH, identity="youtube:abcdefghijk", publication=TALK
    )
    return recap.model_copy(update={"media": media, **changes})


def engine(recap: Recap, name: str) -> Recap:
    return recap.model_copy(update={"transcript": recap.transcript.model_copy(update={"engine": name})})


@pytest.mark.parametrize("stage", [Stage.INGEST, Stage.QUEUED])
def test_a_link_is_a_card_while_it_is_worked_on(stage: Stage) -> None:
    message = working(TALK, stage=stage)
    card = message.blocks[0]
    assert card["text"]["text"] == f"*<{WATCH}|How paper is ∗made∗>*\nThe Mill &amp; Sons · 13 min"
    assert card["accessory"]["image_url"] == TALK.thumbnail
    assert card["accessory"]["alt_text"] == "Picture of “How paper is *made*”"
    assert "recap_cancel" in buttons(message)
    assert message.text.startswith(("Working on How paper is ∗made∗: getting", "How paper is ∗made∗ is waiting"))


def test_before_anything_is_known_the_card_is_the_link() -> None:
    card = working(None).blocks[0]
    assert card["text"]["text"] == f"*<{WATCH}|link>*"
    assert "accessory" not in card


def test_a_shared_file_has_no_card() -> None:
    assert shown(working(None, url=None)).startswith("Working on *link*\n")


@pytest.mark.parametrize(
    "url", [None, "", "http://i.example/a.jpg", "data:image/png;base64,AA", "https:///a.jpg", "https://" + "a" * 2_000]
)
def test_a_picture_is_fetched_over_https_or_not_at_all(url: str | None) -> None:
    assert picture(url, "words") is None
    assert "accessory" not in working(TALK.model_copy(update={"thumbnail": url})).blocks[0]


def test_a_hostile_title_and_address_stay_text() -> None:
    hostile = Publication(title="<!channel> *x* " * 40, author="<@U1>" * 60, duration=-1.0, thumbnail="https://x/ <>|")
    text = shown(working(hostile, url="javascript:alert(1)"))
    assert "javascript" not in text
    assert "<!channel>" not in text


@pytest.mark.parametrize("tail", ["&" * 900, "|" * 600, " " * 900])
def test_an_address_that_grows_too_long_is_left_out(tail: str) -> None:
    assert working(TALK, url=f"https://e.example/{tail}").blocks[0]["text"]["text"].startswith("*How paper is")


def test_the_recap_of_a_link_leads_to_its_source() -> None:
    message = recap_message(linked(), link=no_link)
    check_message(message)
    card = message.blocks[0]
    assert card["text"]["text"] == f"*<{WATCH}|How paper is ∗made∗>*\nThe Mill &amp; Sons"
    assert card["accessory"]["image_url"] == TALK.thumbnail
    assert message.text.startswith("Recap of How paper is ∗made∗: ")


def test_the_recap_of_a_file_keeps_its_heading() -> None:
    assert recap_message(sample_recap(), link=no_link).blocks[0]["type"] == "header"


def test_a_message_can_go_without_its_pictures() -> None:
    message = recap_message(linked(), link=no_link)
    bare = without_pictures(message)
    assert "accessory" not in bare.blocks[0]
    assert bare.blocks[0]["text"] == message.blocks[0]["text"]
    assert bare.blocks[1:] == message.blocks[1:]


@pytest.mark.parametrize(
    ("start", "line"),
    [
        (42.0, "You linked *0:42*, in _Why the paper is late_: With the lighter stock we could deliver"),
        (78.0, "You linked *1:18*, in _Choosing the lighter stock and the date_: "),
    ],
)
def test_the_linked_second_is_answered_with_what_is_said_there(start: float, line: str) -> None:
    words = shown(recap_message(linked(start=start), link=no_link))
    assert line in words
    assert words.index("launch on the 27th") < words.index("You linked") < words.index("*Key points*")


def test_far_from_every_point_the_words_themselves_are_shown() -> None:
    recap = linked(start=42.0)
    bare = recap.model_copy(update={"summary": recap.summary.model_copy(update={"points": (), "chapters": ()})})
    segment = next(each for each in recap.transcript.segments if each.end > 42.0)
    assert f"You linked *0:42*: “{segment.text}”" in shown(recap_message(bare, link=no_link))


@pytest.mark.parametrize("start", [None, 0.0, -3.0, 1e6])
def test_no_second_was_linked(start: float | None) -> None:
    assert "You linked" not in shown(recap_message(linked(start=start), link=no_link))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("captions:human", "captions by the publisher"),
        ("captions:auto/json3", "automatic captions"),
        ("transcript:publisher", "publisher's transcript"),
        ("transcript:attached", "transcript attached by hand"),
        ("faster-whisper-base", "heard by Earshot"),
    ],
)
def test_the_footer_says_where_the_words_came_from(name: str, words: str) -> None:
    recap = engine(linked(), name)
    assert words_from(recap.transcript) == words
    footer = shown(recap_message(recap, link=no_link))
    assert words in footer
    assert (name in footer) is (words == "heard by Earshot")


def test_nobody_s_words_came_from_nowhere() -> None:
    assert words_from(sample_recap().transcript.model_copy(update={"segments": ()})) == ""


def test_unknown_speakers_are_not_mentioned() -> None:
    recap = linked()
    alone = tuple(segment.model_copy(update={"speaker": 0}) for segment in recap.transcript.segments)
    transcript = recap.transcript.model_copy(update={"speakers": (), "segments": alone})
    words = shown(recap_message(recap.model_copy(update={"transcript": transcript}), link=no_link))
    assert "peaker" not in words


@pytest.mark.parametrize(("title", "expected"), [("A talk.mp3", "A talk.mp3"), (" \n ", "abcdefghijk")])
def test_the_publisher_s_title_wins(title: str, expected: str) -> None:
    media = linked().media.model_copy(update={"publication": Publication(title=title)})
    assert media_title(media) == expected
