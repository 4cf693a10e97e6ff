"""Whatever a recording holds, what we send keeps Slack's limits and says nothing but its words."""

from __future__ import annotations

import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.publishing.answer_blocks import answer_message
from services.publishing.failure_blocks import canceled_message, deleted_message, failure_message
from services.publishing.help_text import help_message
from services.publishing.progress_blocks import progress_message
from services.publishing.recap_blocks import recap_message
from services.publishing.times import Link, no_link
from services.publishing.views import ask_view, transcript_view
from services.vocabulary.progress import Progress, Stage
from services.vocabulary.question import Answer
from services.vocabulary.recap import Recap
from services.vocabulary.source import Publication
from tests.unit.publishing.recaps import ADDRESSES, ATTACK, WORDS, answers, publications, recaps
from tests.unit.publishing.slack_rules import check_message, check_view, texts

many = settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def long_link(seconds: float) -> str:
    return f"https://earshot.example.com/r/{'x' * 120}#t={int(seconds)}"


LINKS = st.sampled_from([no_link, long_link, lambda _seconds: f"https://e.example/{ATTACK}"])


@many
@given(recaps(), LINKS, st.lists(WORDS, max_size=12), st.booleans())
def test_every_recap_fits(recap: Recap, link: Link, notes: list[str], retry: bool) -> None:  # noqa: FBT001 - drawn by hypothesis
    check_message(recap_message(recap, link=link, notes=notes, retry=retry))


@many
@given(answers(), LINKS, st.lists(WORDS, max_size=4))
def test_every_answer_fits(answer: Answer, link: Link, names: list[str]) -> None:
    check_message(answer_message(answer, subject="T1:C1:1.2:question", recap_id="T1:C1:1.2:F1", link=link))


@many
@given(
    WORDS,
    st.builds(Progress, stage=st.sampled_from(Stage), fraction=st.none() | st.floats(-1, 2), detail=st.none() | WORDS),
    st.none() | st.floats(0, 1e6),
    st.none() | publications(),
    ADDRESSES,
)
def test_every_progress_fits(
    name: str, progress: Progress, remaining: float | None, publication: Publication | None, url: str | None
) -> None:
    act = "T1:C1:1.2:F1"
    check_message(progress_message(name, progress, recap_id=act, remaining=remaining, publication=publication, url=url))


@many
@given(WORDS, WORDS, st.none() | WORDS)
def test_every_failure_fits(sentence: str, name: str, reference: str | None) -> None:
    check_message(failure_message(sentence, media_name=name, retry="T1:C1:1.2:F1", reference=reference))
    check_message(canceled_message(name, recap_id="T1:C1:1.2:F1"))
    check_message(deleted_message(name))


@many
@given(recaps(), LINKS)
def test_every_view_fits(recap: Recap, link: Link) -> None:
    check_view(transcript_view(recap, link=link))
    check_view(ask_view(recap.id, recap.media.name))


def test_the_help_fits() -> None:
    check_message(help_message())


_LINKED = re.compile(r"<https?://[^<>|]*\|")
"""The address of a link, in which Slack looks for no marks."""


@many
@given(recaps())
def test_no_word_of_a_recording_is_taken_for_markup(recap: Recap) -> None:
    message = recap_message(recap, link=no_link, notes=[ATTACK])
    said = [_LINKED.sub("<", text["text"]) for text in texts(list(message.blocks)) if text["type"] == "mrkdwn"]
    marks = ("*MARK*", "_MARK_", "`MARK`", "~MARK~", "<!channel>", "<@U0", ":tada:", "\u202e")
    assert not [text for text in [*said, message.text] if any(mark in text for mark in marks)]
